#!/usr/bin/env python3
"""Writes the seeds of the fuzz tests: small files of every kind, sound ones and broken ones.

Run it from this folder: `python3 seeds.py`. It needs Python alone and writes the same bytes each time.
Inputs that broke a parser once lie beside the seeds; their names begin with `crash-`, and this script
leaves them alone.
"""

import gzip
import io
import json
import struct
import zlib
from pathlib import Path

ROOT = Path(__file__).parent / "src/test/resources/dev/superpose"


def write(test, method, **seeds):
    folder = ROOT / f"{test}FuzzTestInputs" / method
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds.items():
        (folder / name.replace("_", "-")).write_bytes(data.encode() if isinstance(data, str) else data)


# safetensors


def tensors(*entries):
    """A header and the size of its data; an entry is (name, dtype, shape, bytes)."""
    header, at = {}, 0
    for name, dtype, shape, size in entries:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    return json.dumps(header, separators=(",", ":")), at


def safetensors(header, size):
    text = header.encode()
    return struct.pack("<Q", len(text)) + text + bytes(i % 251 for i in range(size))


MODELS = {
    "tied": [("model.embed_tokens.weight", "F32", [3, 2], 24)],
    "untied": [
        ("transformer.wte.weight", "F16", [4, 3], 24),
        ("lm_head.weight", "BF16", [4, 3], 24),
        ("lm_head.bias", "F32", [4], 16),
    ],
    "one_matrix": [("W", "F64", [2, 3], 48), ("b", "I64", [2], 16)],
    "bytes": [("a", "U8", [3, 3], 9), ("b", "I8", [3, 3], 9), ("c", "BOOL", [3], 3), ("d", "F8_E4M3", [3, 1], 3)],
    "scalars": [("s", "F32", [], 4), ("none", "F32", [0, 5], 0), ("deep", "I16", [1, 1, 2, 1], 4)],
    "scaled": [("model.embed_tokens.weight", "F8_E4M3", [2, 4], 8), ("model.embed_tokens.weight_scale_inv", "F32", [1, 1], 4)],
    "packed": [("model.embed_tokens.qweight", "I32", [2, 4], 32), ("model.embed_tokens.scales", "F16", [2, 4], 16)],
    "sub_byte": [("w", "F4", [2, 4], 4)],
    "bits": [("w", "F6_E2M3", [2, 4], 6), ("u", "U64", [2], 16), ("v", "C64", [1], 8)],
}
HOSTILE_HEADERS = {
    "hole": ('{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8),
    "overlap": ('{"t":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"u":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}', 6),
    "overflow": ('{"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}', 0),
    "big": ('{"t":{"dtype":"F32","shape":[1e400,-1,9223372036854775808],"data_offsets":[0,0]}}', 0),
    "twice": ('{"__metadata__":{"a":"b","a":"c"},"t":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}', 1),
    "nested": ('{"t":' + "[" * 40 + "]" * 40 + "}", 0),
    "long_name": ('{"%s":1}' % ("n" * 3000), 0),
    "escape": ('{"\\u001b[31m\\r\\n":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":{"a":[1]}}}  ', 1),
}


def write_safetensors():
    headers = {name: tensors(*entries) for name, entries in MODELS.items()} | HOSTILE_HEADERS
    headers["metadata"] = ('{"__metadata__":{"format":"pt"},' + tensors(*MODELS["tied"])[0][1:], 24)
    write("checkpoint/Safetensors", "headersAreReadOrRefused", **{n: h.encode() + bytes([s]) for n, (h, s) in headers.items()})
    write(
        "checkpoint/Safetensors",
        "filesAreReadOrRefused",
        **{n: safetensors(*headers[n]) for n in ("tied", "untied", "one_matrix", "bytes", "metadata", "hole")},
        too_long=struct.pack("<Q", 1 << 63) + b"{}",
        pointer="version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    )
    shards = {"metadata": {"total_size": 8}, "weight_map": {"x": "a.safetensors", "y": "b.safetensors"}}
    indexes = {"sound": shards}
    for name, place in {
        "up": "../a.safetensors",
        "absolute": "/etc/a.safetensors",
        "drive": "C:\\a.safetensors",
        "url": "https://a/b.safetensors",
        "missing": "c.safetensors",
        "wrong": "b.safetensors",
        "empty": "",
    }.items():
        indexes[name] = {"weight_map": {"x": place}}
    indexes["number"] = {"weight_map": {"x": 1}}
    write("checkpoint/Shards", "indexesAreReadOrRefused", **{n: json.dumps(v) for n, v in indexes.items()})


# pickles


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def whole(value):
    return b"\x8a\x08" + struct.pack("<q", value)


def numbers(*values):
    return b"(" + b"".join(whole(v) for v in values) + b"t"


def tensor(key="0", storage="torch\nFloatStorage", count=16, offset=0, shape=(4, 2), strides=(2, 1)):
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + b"c" + storage.encode() + b"\n" + text(key)
        + text("cpu") + whole(count) + b"tQ" + whole(offset) + numbers(*shape) + numbers(*strides)
        + b"\x89ccollections\nOrderedDict\n)RtR"
    )


def pickle(body):
    return b"\x80\x02" + body + b"."


def table(*items):
    return b"}q\x00(" + b"".join(text(name) + value for name, value in items) + b"u"


PICKLES = {
    "sound": pickle(table(("model.embed_tokens.weight", tensor()))),
    "untied": pickle(table(("wte.weight", tensor()), ("lm_head.weight", tensor("1", "torch\nHalfStorage", 12, 0, (4, 3), (3, 1))))),
    "wrapped": pickle(table(("state_dict", table(("module.w", tensor(shape=(2, 4), strides=(1, 2))))), ("step", b"K\x05"))),
    "parameter": pickle(table(("w", b"ctorch._utils\n_rebuild_parameter\n(" + tensor() + b"\x88NtR"))),
    "subclass": pickle(table(("w", b"ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\nctorch\nTensor\n" + tensor()[33:-1] + b"}tR"))),
    "version_3": pickle(table(("w", b"ctorch._utils\n_rebuild_tensor_v3\n" + tensor("0", "torch.storage\nUntypedStorage", 64)[33:-2] + b"ctorch\nfloat32\ntR"))),
    "protocol_4": b"\x80\x04\x95\x30\0\0\0\0\0\0\0}\x94\x8c\x01w\x94\x8c\x0ctorch._utils\x94\x8c\x12_rebuild_tensor_v2\x94\x93\x94Ns.",
    "numbers": pickle(b"(J\xff\xff\xff\xffM\xff\xffK\x01G" + struct.pack(">d", 0.5) + b"\x8b\x02\0\0\0\x01\x02NC\x01aB\x01\0\0\0aU\x01aT\x01\0\0\0at"),
    "lists": pickle(b"](K\x01K\x02e(K\x01K\x02lK\x03a\x8f(K\x01\x90(K\x01\x91\x85\x86"),
    "memo": pickle(b"}q\x01h\x01r\x02\0\0\0j\x02\0\0\0" + text("a") + b"h\x012010"),
    "class": pickle(b"cos\nsystem\n(" + text("id") + b"tR"),
    "object": pickle(b"c__main__\nModel\n)\x81}" + text("weight") + tensor() + b"sb"),
    "itself": pickle(b"}q\x00" + text("model") + b"h\x00s"),
    "stride": pickle(table(("w", tensor(strides=(1 << 62, 1 << 62))))),
    "repeated": pickle(table(("w", tensor(shape=(1 << 40, 4), strides=(0, 1))))),
    "outside": pickle(table(("w", tensor(offset=9)))),
    "way_up": pickle(table(("w", tensor(key="../../x")))),
    "count": pickle(table(("w", tensor(count=(1 << 62) + 16)))),
    "prefixes": pickle(table(("module." * 400 + "w", tensor()))),
    "long_key": pickle(table(("x" * 4097, tensor()))),
    "long": b"\x80\x02\x8b\xff\xff\xff\x7f.",
    "marks": pickle(b"((((1((t0"),
}


def archive(entries, deflated=()):
    """A zip archive of (name, data), stored unless named in `deflated`; the dates are zero, unlike zipfile's."""
    local, central = io.BytesIO(), io.BytesIO()
    for name, data in entries:
        method = 8 if name in deflated else 0
        packed = raw_deflate(data) if method else data
        fields = struct.pack("<HHHHIIIHH", 0, method, 0, 0, zlib.crc32(data), len(packed), len(data), len(name), 0)
        central.write(struct.pack("<IHH", 0x02014B50, 20, 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, local.tell()) + name.encode())
        local.write(struct.pack("<IH", 0x04034B50, 20) + fields + name.encode() + packed)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), central.tell(), local.tell(), 0)
    return local.getvalue() + central.getvalue() + end


def raw_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def write_torch():
    storages = [("m/data/0", bytes(range(64))), ("m/data/1", bytes(24))]
    files = {name: archive([("m/data.pkl", PICKLES[name])] + storages) for name in ("sound", "untied", "wrapped")}
    files["big_endian"] = archive([("m/data.pkl", PICKLES["sound"]), ("m/byteorder", b"big")] + storages)
    files["script"] = archive([("m/data.pkl", PICKLES["sound"]), ("m/constants.pkl", b"")])
    files["twice"] = archive([("m/data.pkl", PICKLES["sound"])] * 2)
    files["deflated"] = archive([("m/data.pkl", PICKLES["sound"])], ("m/data.pkl",))
    files["other"] = archive([("a.txt", b"a")])
    files["zip64"] = zip64(files["sound"])
    write("checkpoint/Torch", "picklesAreReadOrRefused", **PICKLES)
    write("checkpoint/Torch", "archivesAreReadOrRefused", **files)


def zip64(file):
    """The same archive with the end of its directory told in 64 bits."""
    count, size, offset = struct.unpack("<HII", file[-12:-2])
    at = len(file) - 22
    end = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<IIQI", 0x07064B50, 0, at, 1)
    return file[:-22] + end + locator + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


# NumPy


def dictionary(descr="'<f4'", fortran="False", shape="(3, 2)"):
    return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n" % (descr, fortran, shape)


def npy(version=1, size=24, **header):
    said = dictionary(**header).encode()
    length = struct.pack("<H" if version == 1 else "<I", len(said))
    return b"\x93NUMPY" + bytes([version, 0]) + length + said + bytes(i % 251 for i in range(size))


def write_numpy():
    headers = {
        "sound": (1, {}),
        "columns": (1, {"fortran": "True"}),
        "big_endian": (2, {"descr": "'>f8'"}),
        "half": (3, {"descr": "'<f2'"}),
        "byte": (1, {"descr": "'|i1'"}),
        "unsigned": (1, {"descr": '"|u1"'}),
        "short": (1, {"descr": "'>i2'", "fortran": "True"}),
        "objects": (1, {"descr": "'|O'"}),
        "raw": (1, {"descr": "'|V2'"}),
        "structured": (1, {"descr": "[('a', '<f4')]"}),
        "vector": (1, {"shape": "(3,)"}),
        "huge": (1, {"shape": "(1099511627776, 1099511627776)"}),
        "negative": (1, {"shape": "(-1,)"}),
        "code": (1, {"shape": "__import__('os').system('id')"}),
    }
    write(
        "checkpoint/Numpy",
        "headersAreReadOrRefused",
        **{name: bytes([version]) + dictionary(**header).encode() for name, (version, header) in headers.items()},
    )
    sound = npy()
    files = {
        "sound": sound,
        "columns": npy(fortran="True"),
        "big_endian": npy(2, 48, descr="'>f8'"),
        "half": npy(3, 12, descr="'<f2'"),
        "short": npy(size=12, descr="'>i2'", fortran="True"),
        "cut": sound[:-1],
        "version_9": npy(9),
    }
    write("checkpoint/Numpy", "filesAreReadOrRefused", **files)
    entry = ("embedding.npy", sound)
    write(
        "checkpoint/Numpy",
        "archivesAreReadOrRefused",
        stored=archive([entry]),
        deflated=archive([entry], ("embedding.npy",)),
        several=archive([entry, ("b.npy", files["half"]), ("c.npy", npy(size=4, shape="(1,)"))], ("b.npy",)),
        objects=archive([("a.npy", npy(descr="'|O'"))]),
        text=archive([("a.txt", b"a")]),
        many=archive([("%d.npy" % i, npy(size=4, shape="(1,)")) for i in range(20)], ["%d.npy" % i for i in range(20)]),
        long_names=archive([(c * 900 + ".npy", npy(size=4, shape="(1, 1)")) for c in "abc"]),
    )
    bomb = npy(size=0, descr="'|u1'", shape="(1000, 60)") + bytes(60000)
    write(
        "checkpoint/Numpy",
        "arraysInArchivesAreReadOrRefused",
        stored=b"\0\0\0" + sound,
        deflated=b"\1" + struct.pack("<H", len(sound)) + raw_deflate(sound),
        fewer=b"\1" + struct.pack("<H", len(sound) + 1) + raw_deflate(sound),
        bomb=b"\1" + struct.pack("<H", len(bomb)) + raw_deflate(bomb),
    )


# Word vectors


def write_words():
    lines = {
        "glove": "the 0.418 0.24968 -0.41242\nof 0.70853 1.5e-3 -.4\n, 1 2. +3\n",
        "word2vec": "2 3\nthe 1 2 3\nof 4 5 6\n",
        "blank_words": "a b 1 2\n  1 2\n\t\t3 4\n\n",
        "crlf": "\ufeffthe 1 2\r\nof 3 4\r\n",
        "ragged": "the 1 2 3\nof 1 2\n",
        "wide": "1 524288\nthe 1\n",
        "numbers": "a 1e999 -1e-999 1e+1 nan\nb 0x1 1. .1 -\n",
    }
    write("checkpoint/WordVectors", "linesAreReadOrRefused", **lines, not_utf8=b"\xff\xfe 1 2\n\xc3 3 4\n")
    rows = b"".join(word.encode() + b" " + struct.pack("<2f", 1, -2) + b"\n" for word in ("the", "of", "\u00e9"))
    binary = {
        "sound": b"3 2\n" + rows,
        "no_line_feeds": b"2 1\na " + bytes(4) + b"b " + bytes(4),
        "too_many": b"999999999999999999 2\n" + rows,
        "wide": b"1 524288\na ",
        "not_utf8": b"1 1\n\xff " + bytes(4),
    }
    write("checkpoint/WordVectors", "binaryRowsAreReadOrRefused", **binary)
    write(
        "checkpoint/WordVectors",
        "compressedFilesAreReadOrRefused",
        text=gzip.compress(lines["glove"].encode(), mtime=0),
        binary=gzip.compress(binary["sound"], mtime=0),
        bomb=gzip.compress(bytes(1 << 21), mtime=0),
        cut=gzip.compress(lines["glove"].encode(), mtime=0)[:-9],
    )
    return lines, binary


# llama2.c


def write_llama():
    def floats(n):
        return struct.pack("<%df" % n, *(i / 8 for i in range(n)))

    def sizes(vocabulary):
        # width, hidden, layers, heads, key heads, vocabulary, context
        return struct.pack("<7i", 4, 2, 1, 2, 1, vocabulary, 2)

    norms, body = (2 + 1) * 4, 2 * 16 + 2 * 4 * 2 + 3 * 4 * 2
    version_0 = floats(12 + norms + body + 4)
    head = struct.pack("<Ii", 0x616B3432, 1) + sizes(3) + b"\1"
    quantised = struct.pack("<Ii", 0x616B3432, 2) + sizes(3) + b"\1" + struct.pack("<i", 2)
    models = {
        "version_0": sizes(3) + version_0,
        "version_0_untied": sizes(-3) + version_0 + floats(12),
        "version_1": head.ljust(256, b"\0") + floats(norms + 12 + body),
        "version_2": quantised.ljust(256, b"\0") + floats(norms) + bytes(range(12)) + floats(6) + bytes(body) + floats(body // 2),
        "version_3": struct.pack("<Ii", 0x616B3432, 3) + bytes(248),
    }
    write("checkpoint/Llama", "modelsAreReadOrRefused", **models)
    tokens = [b"<unk>", b"<s>", b"</s>", b"<0x00>", b" the", b"\xff", b"", b"a", b"b", "\u00e9".encode()]
    sound = struct.pack("<i", 6) + b"".join(struct.pack("<fi", -1.5, len(t)) + t for t in tokens)
    write(
        "checkpoint/Llama",
        "tokenizersAreReadOrRefused",
        sound=sound,
        more=sound + b"\0",
        long=struct.pack("<ifi", 6, 0, 1 << 30),
        fewer=sound[:40],
    )
    return models


# GGUF


def gguf(keys, entries, version=3, alignment=32):
    """A file of (key, type, value) and (name, type, dimensions, bytes); offsets follow from the sizes."""

    def string(value):
        return struct.pack("<Q", len(value.encode())) + value.encode()

    head = b"GGUF" + struct.pack("<Iqq", version, len(entries), len(keys))
    for key, kind, value in keys:
        head += string(key) + struct.pack("<I", kind) + (string(value) if kind == 8 else value)
    data = b""
    for name, kind, dimensions, size in entries:
        head += string(name) + struct.pack("<I%dq" % len(dimensions), len(dimensions), *dimensions)
        head += struct.pack("<IQ", kind, len(data))
        data += bytes((7 * i) % 120 for i in range(size)).ljust(-(-size // alignment) * alignment, b"\0")
    return head.ljust(-(-len(head) // alignment) * alignment, b"\0") + data


def write_gguf():
    def strings(*values):
        items = b"".join(struct.pack("<Q", len(v.encode())) + v.encode() for v in values)
        return struct.pack("<IQ", 8, len(values)) + items

    named = ("general.architecture", 8, "llama")
    tokens = [
        named,
        ("tokenizer.ggml.model", 8, "gpt2"),
        ("tokenizer.ggml.tokens", 9, strings("a", "\u0120b", "[PAD2]")),
        ("tokenizer.ggml.scores", 9, struct.pack("<IQ3f", 6, 3, 0, -1, -2)),
    ]
    embedding = ("token_embd.weight", 0, [4, 3], 48)
    # Type, numbers and bytes of a block.
    blocks = [(1, 1, 2), (2, 32, 18), (3, 32, 20), (6, 32, 22), (7, 32, 24), (8, 32, 34), (10, 256, 84), (11, 256, 110)]
    blocks += [(12, 256, 144), (13, 256, 176), (14, 256, 210), (20, 32, 18), (23, 256, 136), (30, 1, 2), (39, 32, 17)]
    scalars = [
        ("bool", 7, b"\1"),
        ("byte", 0, b"\xff"),
        ("short", 3, b"\1\0"),
        ("double", 12, bytes(8)),
        ("general.alignment", 4, struct.pack("<I", 64)),
    ]
    files = {
        "tied": gguf([named], [embedding]),
        "tokens": gguf(tokens, [embedding]),
        "untied": gguf(tokens, [("token_embd.weight", 2, [32, 3], 54), ("output.weight", 14, [256, 2], 420), ("output.bias", 0, [2], 8)]),
        "aligned": gguf(scalars, [embedding], alignment=64),
        "version_2": gguf([named], [embedding], version=2),
        "version_1": gguf([named], [embedding], version=1),
        "part": gguf([("split.no", 2, b"\0\0"), ("split.count", 2, b"\2\0")], [embedding]),
        "nested": gguf([("a", 9, struct.pack("<IQ", 9, 1))], []),
        "long": gguf([("a", 9, struct.pack("<IQ", 0, 1 << 40))], []),
        "twice": gguf([named, named], [embedding]),
        "removed": gguf([], [("token_embd.weight", 4, [32, 1], 18)]),
        "overflow": gguf([], [("token_embd.weight", 0, [1 << 62, 4], 0)]),
        "text": gguf(tokens, []),
    }
    for kind, count, size in blocks:
        files["type_%d" % kind] = gguf([], [("token_embd.weight", kind, [count, 1], size)])
    write("checkpoint/Gguf", "contentsAreReadOrRefused", **files)
    write("checkpoint/Gguf", "modelsAreReadOrRefused", **{n: files[n] for n in ("tied", "tokens", "untied", "part", "text")})


# What lies beside weights


def write_beside():
    added = [{"id": 4, "content": "<|end|>", "special": True}]
    bpe = {"type": "BPE", "vocab": {"a": 0, "b": 1, "\u0120ab": 2}, "merges": ["a b"]}
    tokenizers = {
        "bpe": {"version": "1.0", "added_tokens": added, "pre_tokenizer": {"type": "ByteLevel"}, "model": bpe},
        "unigram": {"decoder": {"type": "Metaspace"}, "model": {"type": "Unigram", "vocab": [["<unk>", 0.0], ["\u2581a", -1.5]]}},
        "far": {"model": {"vocab": {"a": 2147483647}}},
        "negative": {"model": {"vocab": {"a": -1}}},
        "empty": {"model": {}},
        "nested": {"decoder": {"decoders": [{"type": "Replace", "content": "\u2581"}, [[]]]}, "model": bpe},
    }
    write("checkpoint/Vocabulary", "tokenizersAreReadOrRefused", **{n: json.dumps(v, ensure_ascii=False) for n, v in tokenizers.items()})
    write(
        "checkpoint/Vocabulary",
        "flatVocabulariesAreReadOrRefused",
        sound='{"a":0,"\u0120b":1,"\u00c3\u00a9":2}',
        holes='{"a":0,"b":1000}',
        twice='{"a":0,"a":1,"b":1}',
        string='{"a":"0"}',
    )
    write(
        "checkpoint/Vocabulary",
        "listsAreReadOrRefused",
        sound="a\nb\r\n\n \nthe\u2028end",
        empty="",
        not_utf8=b"\xff\n\xc3(\n",
    )
    configs = {
        "gpt2": {"model_type": "gpt2", "vocab_size": 50257, "n_embd": 768, "tie_word_embeddings": True},
        "nested": {"text_config": {"model_type": "gemma3_text", "hidden_size": 640}, "model_type": "gemma3"},
        "strings": {"vocab_size": "32000", "tie_word_embeddings": "yes", "model_type": 3, "hidden_size": 1e99},
        "deep": {"a": [[[[{"b": [{}]}]]]], "vocab_size": 99999999999999999999},
    }
    write(
        "checkpoint/ModelConfig",
        "isReadOrRefused",
        **{n: json.dumps(v) for n, v in configs.items()},
        twice='{"vocab_size":1,"vocab_size":2}',
        cut='{"model_type":"gpt2"',
    )


# Tables and studies


def write_tables():
    tables = {
        "plain": "N,D,loss\n1e9,2e10,2.5\n2e9,4e10,2.25\n",
        "quoted": '"a ""b""",c\r\n"line\nbreak",2\r\n\r\n,\r\n',
        "ragged": "a,b\n1\n",
        "twice": "a,a\n1,2\n",
        "open": 'a\n"1\n',
        "mark": "\ufeffa,b\n1,2",
    }
    write("result/Csv", "isReadOrRefused", **tables)
    rows = {
        "lines": '{"N":1e9,"config":{"width":8},"loss":2.5}\n{"N":2,"loss":NaN,"tags":[1,{"a":2}]}\n',
        "array": '[{"a":1},{"b":null}]',
        "twice": '{"a.b":1,"a":{"b":2}}',
        "sparse": "{}\n" * 300 + "{" + ",".join('"%d":1' % i for i in range(200)) + "}\n" + "{}\n" * 300,
        "deep": '{"a":' * 60 + "1" + "}" * 60,
        "cut": '{"a":',
    }
    write("runs/TextTable", "jsonRowsAreReadOrRefused", **rows)
    write(
        "runs/TextTable",
        "isReadOrRefused",
        **tables,
        lines=rows["lines"],
        semicolons="N;loss\n1,5;2,5\n",
        tabs="N\tloss\n1\t2\n",
        packed=gzip.compress(tables["plain"].encode(), mtime=0),
        parquet="PAR1",
    )


def write_frequencies():
    write(
        "checkpoint/Frequencies",
        "isReadOrRefused",
        array=npy(shape="(3,)", descr="'<i8'"),
        objects=npy(shape="(3,)", descr="'|O'"),
        tokens='{"counts":{"the":5,"of":3.5}}',
        rows='{"0":1,"7":2}',
        far='{"1048575":1}',
        list="[1,2,3e2]",
        table="token,count\nthe,5\n\"a,b\",3\n",
        numbered="row\tfrequency\n0\t0.5\n2\t1e-3\n",
        lines="the 5\nof 3\n",
        numbers="5\n3\nnan\n",
        twice="the 5\nthe 3\n",
    )


def write_studies():
    write(
        "study/Study",
        "studyFilesAreReadOrRefused",
        sound="name: small\nfeatures: 200\nwidths: [10, 20]\nalpha: [0, 1.5]\ndensity: 0.05\ndecay: [-1, 1]\nseeds: 2\nsteps: 100\nbatch: 64\n",
        geometric="features: 1000\nwidths: {from: 10, to: 100, count: 5}\nschedule: cosine\nlearning_rate: 1e-2\n",
        samples="name: a\nfeatures: 10\nwidths: 3\nsamples: [a, ../b]\n",
        alias="a: &a [1]\nwidths: [*a, *a]\n",
        laughs="a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n",
        tag="features: !!java.net.URL [http://a]\n",
        unknown="widths: [1]\nwidth: 2\n",
    )
    write("study/Study", "recordsAreReadOrRefused", empty="{}", cut='{"id":"a","config":{"features":')


def write_any(lines, binary, models):
    named = ["safetensors", "bin", "pt", "npy", "npz", "txt", "vec.gz", "gguf"]
    sound = archive([("m/data.pkl", PICKLES["sound"]), ("m/data/0", bytes(64)), ("m/data/1", bytes(24))])
    files = {
        "safetensors": ("safetensors", safetensors(*tensors(*MODELS["untied"]))),
        "torch": ("pt", sound),
        "torch_bin": ("bin", sound),
        "array": ("npy", npy()),
        "arrays": ("npz", archive([("embedding.npy", npy())], ("embedding.npy",))),
        "glove": ("txt", lines["glove"].encode()),
        "packed": ("vec.gz", gzip.compress(lines["word2vec"].encode(), mtime=0)),
        "word2vec": ("bin", binary["sound"]),
        "llama": ("bin", models["version_1"]),
        "page": ("bin", b"<!DOCTYPE html><html></html>"),
        "tar": ("pt", b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."),
        "hdf5": ("safetensors", b"\x89HDF\r\n\x1a\n"),
    }
    write(
        "checkpoint/Checkpoint",
        "filesOfAnyKindAreReadOrRefused",
        **{name: bytes([named.index(kind)]) + data for name, (kind, data) in files.items()},
    )


write_safetensors()
write_torch()
write_numpy()
vectors = write_words()
write_any(*vectors, write_llama())
write_gguf()
write_beside()
write_tables()
write_frequencies()
write_studies()
