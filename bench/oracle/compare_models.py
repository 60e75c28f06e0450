"""Compares `superpose inspect --json` with NumPy in float64 on every model of a folder.

    python bench/oracle/compare_models.py FOLDER [SUPERPOSE]

FOLDER holds glove6B, llama2xs, lm-family, model2vec and stories260k; SUPERPOSE is the command, ./superpose of this
checkout if left out. Needs numpy, and torch for the PyTorch checkpoint. The matrices are read by the code below, not by
Superpose; overlaps are summed over explicit pairs, spectra come from singular values. Prints the largest relative
difference of each measure over all matrices and ends with 1 if one is above 1e-6.
"""

import gzip
import json
import pathlib
import shlex
import struct
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 1e-6
STORED = {"F32": "<f4", "F16": "<f2", "I8": "i1", "F64": "<f8"}


def safetensors(path, tensor):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    entry = json.loads(data[8 : 8 + size])[tensor]
    begin, end = entry["data_offsets"]
    block = data[8 + size + begin : 8 + size + end]
    return np.frombuffer(block, STORED[entry["dtype"]]).reshape(entry["shape"])


def vectors(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    rows = [line.split(b" ")[1:] for line in data.split(b"\n") if line]
    return np.array([[float(x) for x in row] for row in rows]).astype(np.float32)


def llama2c(path, rows, width):
    """Version 0: seven numbers; 1: 256 bytes of header, then the norms; 2: the same, numbers of 8 bits by groups."""
    data = path.read_bytes()
    if data[:4] != b"24ka":
        return np.frombuffer(data, "<f4", rows * width, 28).reshape(rows, width)
    version, _, _, layers = struct.unpack("<4i", data[4:20])
    norms = 4 * width * (2 * layers + 1)
    if version == 1:
        return np.frombuffer(data, "<f4", rows * width, 256 + norms).reshape(rows, width)
    group = struct.unpack("<i", data[37:41])[0]
    begin = 256 + norms
    numbers = np.frombuffer(data, "i1", rows * width, begin).reshape(-1, group)
    scales = np.frombuffer(data, "<f4", rows * width // group, begin + rows * width)
    return (numbers.astype(np.float32) * scales[:, None]).reshape(rows, width)


def read(found):
    path = pathlib.Path(found["file"])
    if path.suffix == ".safetensors":
        return safetensors(path, found["tensor"])
    if path.suffix == ".pt":
        import torch

        return torch.load(path, map_location="cpu", weights_only=True)["model"][found["tensor"]].numpy()
    if path.suffix == ".bin":
        return llama2c(path, found["rows"], found["width"])
    return vectors(path)


def over_pairs(unit):
    """Mean and mean square of the products of all pairs, by strips of rows."""
    n, total, squares = len(unit), 0.0, 0.0
    for first in range(0, n, 1024):
        c = unit[first : first + 1024] @ unit.T
        c[np.arange(len(c)), first + np.arange(len(c))] = 0
        total += c.sum()
        squares += (c**2).sum()
    return total / n / (n - 1), squares / n / (n - 1)


def spectrum(rows, prefix):
    squares = np.linalg.svd(rows, compute_uv=False) ** 2
    p = squares / squares.sum()
    q = p[p > 0]
    result = {
        f"{prefix}.participation_ratio": 1 / (p**2).sum(),
        f"{prefix}.effective_rank": np.exp(-(q * np.log(q)).sum()),
        f"{prefix}.stable_rank": 1 / p[0],
    }
    k = np.arange(11, int((p > 1e-12 * p[0]).sum()) // 2 + 1)
    if len(k) >= 10:
        result[f"{prefix}.decay.exponent"] = -np.polyfit(np.log(k), np.log(squares[k - 1]), 1)[0]
    return result


def measure(w, padding):
    w = w[: len(w) - padding].astype(np.float64)
    norm = np.linalg.norm(w, axis=1)
    w, norm = w[norm > 0], norm[norm > 0]
    n, m = w.shape
    mean, square = over_pairs(w / norm[:, None])
    centred = w - w.mean(axis=0)
    _, without = over_pairs(centred / np.linalg.norm(centred, axis=1, keepdims=True))
    result = {
        "overlap.mean": mean,
        "overlap.mean_square": square,
        "centered.mean_square": without,
        "norm.mean": norm.mean(),
        "norm.std": norm.std(),
        "norm.median": np.median(norm),
        "norm.max": norm.max(),
        "isotropy.mean_share": n * (w.mean(axis=0) ** 2).sum() / (norm**2).sum(),
    }
    result |= spectrum(w, "spectrum") | spectrum(centred, "centered_spectrum")
    result["isotropy.iso_score"] = (result["centered_spectrum.participation_ratio"] - 1) / (m - 1)
    return result


def models(folder, scratch):
    for path in sorted(folder.glob("glove6B/*")):
        if path.name.endswith(".tokens.txt"):
            continue
        if path.name.endswith("trunc2717.txt"):
            # The copy ends within a line, which Superpose refuses.
            whole = scratch / path.name
            whole.write_bytes(path.read_bytes().rsplit(b"\n", 1)[0] + b"\n")
            path = whole
        yield path
    yield from sorted(folder.glob("llama2xs/*.pt"))
    yield from sorted(folder.glob("stories260k/stories*.bin"))
    yield from (path.parent for path in sorted(folder.glob("*/*/model.safetensors")))


def at(found, name):
    for key in name.split("."):
        found = found[key]
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    command = shlex.split(sys.argv[2]) if len(sys.argv) > 2 else [str(ROOT / "superpose")]
    worst, matrices = {}, 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in models(folder, pathlib.Path(scratch)):
            output = subprocess.run([*command, "inspect", "--json", str(path)], capture_output=True, check=True).stdout
            for found in json.loads(output):
                matrices += 1
                label = f"{path.parent.name}/{path.name} {found['tensor']}"
                for name, value in measure(read(found), found["excluded"]["padding"]).items():
                    difference = abs(at(found, name) - value) / abs(value)
                    if difference >= worst.get(name, (-1, ""))[0]:
                        worst[name] = (difference, label)
    print(f"{matrices} matrices; largest relative differences:")
    for name, (difference, label) in worst.items():
        print(f"{difference:9.1e}  {name:40s} {label}")
    sys.exit(any(not difference <= LIMIT for difference, _ in worst.values()))


main()
