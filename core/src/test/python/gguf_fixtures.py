"""Writes the small GGUF files of ../resources/dev/superpose/checkpoint/gguf, and what the gguf package reads in them.

Run from anywhere: python gguf_fixtures.py. Needs gguf 0.19.0 and numpy (made with 2.4).

blocks.gguf          one tensor per type, named like it, of blocks whose bits are all random; the scales of the first
                     blocks are special float16 numbers. blocks.f32 has the numbers of all of them in order
untied.gguf          a Q6_K unembedding and a Q4_K embedding, 14 rows, the last two of which stand for no token
tied.gguf            a BF16 embedding without unembedding, byte-level tokens
version-2.gguf       tied.gguf as version 2, which is laid out alike
part-0000?-of-2.gguf untied.gguf, a tensor in each part
big-endian.gguf      tied.gguf for big-endian machines
stories-Q8_0.gguf    the embedding and tokens of ../stories260K-q8.bin; stories.txt has measures of it in float64
*.f32                the numbers of a file's matrices, unembedding first, as little-endian float32

A number that is not one is written as the bits 7fc00000, since IEEE 754 leaves its sign and payload open.
"""

import pathlib
import struct

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as T, GGUFEndian, GGUFWriter, TokenType
from gguf.quants import dequantize, quantize

CHECKPOINT = pathlib.Path(__file__).resolve().parents[1] / "resources/dev/superpose/checkpoint"
FOLDER = CHECKPOINT / "gguf"
FOLDER.mkdir(exist_ok=True)
random = np.random.default_rng(20261126)

# Where the float16 scales stand in a block.
SCALES = {
    T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0], T.IQ4_NL: [0], T.IQ4_XS: [0],
    T.Q2_K: [80, 82], T.Q3_K: [108], T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208], T.MXFP4: [],
}
SPECIAL = [0x7C00, 0xFC00, 0x7E01, 0x0001, 0x83FF, 0x0000, 0x8000, 0x7BFF]


def write_numbers(name, arrays):
    with open(FOLDER / name, "wb") as out:
        for array in arrays:
            numbers = np.ascontiguousarray(array, dtype="<f4")
            bits = numbers.view("<u4").copy()
            bits[np.isnan(numbers)] = 0x7FC00000
            out.write(bits.tobytes())


def writer(name, arch="llama", **options):
    made = GGUFWriter(FOLDER / name, arch, **options)
    made.add_name(name.split(".")[0] + " model")
    return made


def finish(made):
    made.write_header_to_file()
    made.write_kv_data_to_file()
    made.write_tensors_to_file()
    made.close()


def add(made, name, stored, kind):
    """Adds rows of stored bytes; the package derives the shape from their type."""
    made.add_tensor(name, stored, raw_dtype=kind)


def blocks():
    made, numbers = writer("blocks.gguf"), []
    for kind, places in SCALES.items():
        size, length = GGML_QUANT_SIZES[kind]
        count = 10 if size == 256 else 32
        stored = random.integers(0, 256, (count, length), dtype=np.uint8)
        for i, special in enumerate(SPECIAL if places else []):
            for j, place in enumerate(places):
                # The second scale is special where the first is ordinary, too.
                if (i + j) % 4 != 3:
                    stored[i, place : place + 2] = np.array([special], "<u2").view(np.uint8)
        if kind == T.MXFP4:
            stored[:6, 0] = [0, 1, 2, 254, 255, 127]
        rows = stored.reshape(2, -1)
        add(made, kind.name, rows, kind)
        with np.errstate(all="ignore"):
            numbers.append(dequantize(rows, kind))
    for kind, code in [(T.F32, "<f4"), (T.F16, "<f2"), (T.BF16, "u1"), (T.F64, "<f8"), (T.I8, "i1"), (T.I16, "<i2")]:
        stored = random.integers(0, 256, (2, 32 * GGML_QUANT_SIZES[kind][1]), dtype=np.uint8).view(code)
        if kind == T.F64:
            stored = random.standard_normal((2, 32))
        made.add_tensor(kind.name, stored, raw_dtype=kind)
        with np.errstate(all="ignore"):
            numbers.append(stored.astype(np.float32) if kind in (T.F64, T.I8, T.I16) else dequantize(stored, kind))
    finish(made)
    write_numbers("blocks.f32", numbers)


def k_quants(kind, rows):
    """Random quants of ordinary size: the package can read these types, but not write them."""
    size, length = GGML_QUANT_SIZES[kind]
    stored = random.integers(0, 256, (rows, length), dtype=np.uint8)
    for place in SCALES[kind]:
        scales = (random.standard_normal(rows) * 0.001).astype("<f2")
        stored[:, place : place + 2] = scales.view(np.uint8).reshape(-1, 2)
    return stored


def spm_tokens(made, rows, real):
    tokens = ["<unk>", "<s>", "</s>", "\u2581the", "\u2581cat", "s", "\u00e9", "<0x0A>"] + [f"w{i}" for i in range(8, real)]
    tokens += [f"[PAD{i}]" for i in range(real, rows)]
    made.add_tokenizer_model("llama")
    made.add_token_list(tokens)
    made.add_token_scores([-float(i) for i in range(rows)])
    made.add_token_types([TokenType.NORMAL] * real + [TokenType.USER_DEFINED] * (rows - real))
    made.add_add_bos_token(True)


def untied():
    head, embedding = k_quants(T.Q6_K, 14), k_quants(T.Q4_K, 14)
    for name, options in [("untied.gguf", {}), ("part.gguf", {"split_max_tensors": 1})]:
        made = writer(name, **options)
        made.add_embedding_length(256)
        spm_tokens(made, 14, 12)
        add(made, "token_embd.weight", embedding, T.Q4_K)
        add(made, "output.weight", head, T.Q6_K)
        finish(made)
    write_numbers("untied.f32", [dequantize(head, T.Q6_K), dequantize(embedding, T.Q4_K)])


def tied():
    rows = quantize(random.standard_normal((6, 4), dtype=np.float32), T.BF16)
    for name, options in [("tied.gguf", {}), ("big-endian.gguf", {"endianess": GGUFEndian.BIG})]:
        made = writer(name, "gpt2", **options)
        made.add_embedding_length(4)
        made.add_tokenizer_model("gpt2")
        made.add_token_list(["!", "\u0120the", "\u0120cat", "s", "\u00c3\u00a9", "<|endoftext|>"])
        made.add_token_merges(["\u0120 t", "\u0120t he"])
        add(made, "token_embd.weight", rows, T.BF16)
        made.add_tensor("output_norm.weight", np.ones(4, np.float32))
        finish(made)
    write_numbers("tied.f32", [dequantize(rows, T.BF16)])
    data = bytearray((FOLDER / "tied.gguf").read_bytes())
    data[4] = 2
    (FOLDER / "version-2.gguf").write_bytes(data)


def stories():
    data = (CHECKPOINT / "stories260K-q8.bin").read_bytes()
    dim, _, layers, _, _, vocabulary, _ = struct.unpack_from("<7i", data, 8)
    (group,) = struct.unpack_from("<i", data, 37)
    at = 256 + 4 * (2 * layers + 1) * dim
    q = np.frombuffer(data, np.int8, vocabulary * dim, at).astype(np.float32)
    s = np.frombuffer(data, "<f4", vocabulary * dim // group, at + vocabulary * dim)
    stored = quantize((q.reshape(-1, group) * s[:, None]).reshape(vocabulary, dim), T.Q8_0)
    made = GGUFWriter(FOLDER / "stories-Q8_0.gguf", "llama")
    made.add_name("stories260K")
    made.add_embedding_length(dim)
    made.add_tokenizer_model("llama")
    made.add_token_list(llama_tokens(vocabulary))
    add(made, "token_embd.weight", stored, T.Q8_0)
    finish(made)
    w = dequantize(stored, T.Q8_0).astype(np.float64)
    norm = np.linalg.norm(w, axis=1)
    unit = w / norm[:, None]
    c = (unit @ unit.T)[np.tril_indices(vocabulary, -1)]
    values = {"norm": norm.mean(), "mean": c.mean(), "mean_square": (c**2).mean(), "mean_abs": np.abs(c).mean(), "max_abs": np.abs(c).max()}
    (FOLDER / "stories.txt").write_text("".join(f"{k} {float(v)!r}\n" for k, v in values.items()))


def llama_tokens(count):
    data, at, tokens = (CHECKPOINT / "tok512.bin").read_bytes(), 4, []
    for _ in range(count):
        (length,) = struct.unpack_from("<i", data, at + 4)
        tokens.append(data[at + 8 : at + 8 + length].replace(b" ", "\u2581".encode()))
        at += 8 + length
    return tokens


blocks()
untied()
tied()
stories()
