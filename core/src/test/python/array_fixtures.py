"""Writes the small arrays, vectors and models of ../resources/dev/superpose/checkpoint/arrays, and what NumPy reads there.

Run from anywhere: python array_fixtures.py. Needs numpy (made with 2.4).

*.npy               matrices (5, 3) in six dtypes, both orders of bytes and both of numbers, of random bits
*.npz               one stored, one deflated, one with an embedding among others, one with two candidates
vectors.bin         word2vec binary, a line feed after each row; vectors.bin.gz is the same without line feeds
llama-v?.bin        llama2.c models of random numbers, shared or not, by the layouts of its export.py; tok10.bin
expected.txt        per matrix: name, rows, columns and the bits of its numbers as float32, in hexadecimal
../stories.txt      measures of the embedding in ../stories260K-q8.bin in float64
"""

import gzip
import pathlib
import struct

import numpy as np

CHECKPOINT = pathlib.Path(__file__).resolve().parents[1] / "resources/dev/superpose/checkpoint"
FOLDER = CHECKPOINT / "arrays"
FOLDER.mkdir(exist_ok=True)
random = np.random.default_rng(20261125)
expected = []


def note(name, matrix):
    with np.errstate(over="ignore", invalid="ignore"):
        bits = matrix.astype(np.float32).view(np.uint32).ravel()
    expected.append(f"{name} {matrix.shape[0]} {matrix.shape[1]} " + " ".join(f"{b:08x}" for b in bits))


def npy():
    for code, size in [("f2", 2), ("f4", 4), ("f8", 8), ("i1", 1), ("u1", 1), ("i2", 2)]:
        bits = random.integers(0, 256, 15 * size, dtype=np.uint8)
        if code[0] == "f":
            # Ordinary numbers, and a few that are not.
            values = (random.standard_normal(15) * 3).astype(code)
            values[:4] = [np.nan, -np.inf, 0, -0.0]
        else:
            values = bits.view("<" + code)
        for order in "<>":
            for layout in "CF":
                matrix = np.asarray(values.reshape(5, 3).astype(order + code), order=layout)
                name = f"{code}-{'little' if order == '<' else 'big'}-{layout}.npy"
                np.save(FOLDER / name, matrix)
                note(name, matrix)
    for version in [(2, 0), (3, 0)]:
        name = f"version-{version[0]}.npy"
        matrix = random.standard_normal((4, 2), dtype=np.float32)
        with open(FOLDER / name, "wb") as out:
            np.lib.format.write_array(out, matrix, version=version)
        note(name, matrix)


def npz():
    w = random.standard_normal((6, 2), dtype=np.float32)
    other = random.standard_normal((4, 3), dtype=np.float32)
    np.savez(FOLDER / "stored.npz", weights=w, bias=np.zeros(2))
    np.savez_compressed(FOLDER / "deflated.npz", weights=np.asfortranarray(w), bias=np.zeros(2))
    np.savez(FOLDER / "named.npz", head=other, embeddings=w)
    np.savez(FOLDER / "several.npz", first=w, second=other)
    for name in ["stored.npz", "deflated.npz", "named.npz"]:
        note(name, w)


def word2vec():
    words = ["</s>", "the", "\u00e9t\u00e9", "of", "a_b"]
    matrix = random.standard_normal((5, 4), dtype=np.float32)
    for name, end, opener in [("vectors.bin", b"\n", open), ("vectors.bin.gz", b"", lambda f, m: gzip.GzipFile(f, m, mtime=0))]:
        with opener(FOLDER / name, "wb") as out:
            out.write(b"5 4\n")
            for word, row in zip(words, matrix):
                out.write(word.encode() + b" " + row.tobytes() + end)
        note(name, matrix)


def pack(matrix, group):
    w = matrix.reshape(-1, group)
    scale = (np.abs(w).max(axis=1) / np.float32(127)).astype(np.float32)
    q = np.rint(w / scale[:, None]).astype(np.int8)
    return q.tobytes() + scale.tobytes(), (q.astype(np.float32) * scale[:, None]).reshape(matrix.shape)


def llama(version, shared):
    dim, hidden, layers, heads, kv, vocabulary, context, group = 8, 12, 2, 2, 1, 10, 4, 4
    draw = lambda *shape: random.standard_normal(shape, dtype=np.float32)
    embedding, head = draw(vocabulary, dim), draw(vocabulary, dim)
    norms = [draw(layers * dim), draw(layers * dim), draw(dim)]
    inner = heads and dim // heads * kv
    shapes = [(dim, dim), (inner, dim), (inner, dim), (dim, dim), (hidden, dim), (dim, hidden), (hidden, dim)]
    bodies = [[draw(*shape) for _ in range(layers)] for shape in shapes]
    sizes = struct.pack("<7i", dim, hidden, layers, heads, kv, vocabulary if shared or version else -vocabulary, context)
    name = f"llama-v{version}-{'shared' if shared else 'untied'}.bin"
    flat = lambda weights: b"".join(w.tobytes() for one in weights for w in one)
    if version == 0:
        data = sizes + embedding.tobytes() + norms[0].tobytes() + flat(bodies[:4]) + norms[1].tobytes()
        data += flat(bodies[4:]) + norms[2].tobytes() + draw(context * (dim // heads)).tobytes()
        data += b"" if shared else head.tobytes()
    else:
        data = b"24ka" + struct.pack("<i", version) + sizes + struct.pack("<B", shared)
        data += struct.pack("<i", group) if version == 2 else b""
        data = data.ljust(256, b"\0") + b"".join(n.tobytes() for n in norms)
        matrices = [embedding] + [w for one in bodies for w in one] + ([] if shared else [head])
        packed = [pack(w, group) if version == 2 else (w.tobytes(), w) for w in matrices]
        data += b"".join(p[0] for p in packed)
        embedding, head = packed[0][1], packed[-1][1]
    (FOLDER / name).write_bytes(data)
    note(name + "/embedding", embedding)
    if not shared:
        note(name + "/unembedding", head)


def tokens():
    words = [b"<unk>", b"\n<s>\n", b"\n</s>\n", b" the", b"a", b"\xc3\xa9", b"\xff", b"once", b" upon", b"."]
    data = struct.pack("<i", max(map(len, words)))
    for i, word in enumerate(words):
        data += struct.pack("<fi", -i, len(word)) + word
    (FOLDER / "tok10.bin").write_bytes(data)


def stories():
    data = (CHECKPOINT / "stories260K-q8.bin").read_bytes()
    dim, hidden, layers, heads, kv, vocabulary, context = struct.unpack_from("<7i", data, 8)
    (group,) = struct.unpack_from("<i", data, 37)
    at = 256 + 4 * (2 * layers + 1) * dim
    q = np.frombuffer(data, np.int8, vocabulary * dim, at).astype(np.float32)
    s = np.frombuffer(data, "<f4", vocabulary * dim // group, at + vocabulary * dim)
    w = (q.reshape(-1, group) * s[:, None]).reshape(vocabulary, dim).astype(np.float64)
    norm = np.linalg.norm(w, axis=1)
    unit = w / norm[:, None]
    c = (unit @ unit.T)[np.tril_indices(vocabulary, -1)]
    values = {"norm": norm.mean(), "mean": c.mean(), "mean_square": (c**2).mean(), "mean_abs": np.abs(c).mean(), "max_abs": np.abs(c).max()}
    (CHECKPOINT / "stories.txt").write_text("".join(f"{k} {v!r}\n".replace("np.float64(", "").replace(")", "") for k, v in values.items()))


npy()
npz()
word2vec()
for version in 0, 1, 2:
    for shared in True, False:
        llama(version, shared)
tokens()
stories()
(FOLDER / "expected.txt").write_text("\n".join(expected) + "\n")
