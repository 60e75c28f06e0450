"""Writes ../resources/dev/superpose/geometry/oracle.json: measures of rows in float64 NumPy, over explicit pairs.

Run from anywhere: python geometry_oracle.py. Needs numpy and safetensors; the matrices called by rule are made again
in GeometryOracle.java, the others lie in samples/.
"""

import json
import pathlib

import numpy as np
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[3] / "samples"


def by_rule(n, m):
    """Multiples of 1/256 (exact in float32) in row-dependent sizes, two rows equal, and a zero row if n > 12."""
    i, j = np.arange(n)[:, None], np.arange(m)[None, :]
    w = ((i * 7919 + j * 104729 + i * j * 613 + i * i * j) % 997 - 498) / 256
    w = w * np.array([1, 0.5, 0.25, 0.0625])[i % 4]
    w[n - 1] = w[0]
    if n > 12:
        w[12] = 0
    return w.astype(np.float32)


def pairs(unit):
    n = len(unit)
    c = (unit @ unit.T)[np.tril_indices(n, -1)]
    if c.size == 0:
        return None
    return {
        "pairs": int(c.size),
        "mean": c.mean(),
        "mean_square": (c**2).mean(),
        "variance_of_square": (c**2).var(),
        "mean_abs": np.abs(c).mean(),
        "max_abs": np.abs(c).max(),
    }


def measure(w):
    w = w.astype(np.float64)
    n, m = w.shape
    norm = np.linalg.norm(w, axis=1)
    used = w[norm > 0]
    used_norm = norm[norm > 0]
    unit = used / used_norm[:, None]
    strong = w[norm > 1] / norm[norm > 1][:, None]
    centred = used - used.mean(axis=0)
    centred = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    eigenvalues = np.linalg.svd(used, compute_uv=False) ** 2
    p = eigenvalues / eigenvalues.sum()
    p = p[p > 0]
    rows = {row.tobytes() for row in used.astype(np.float32)}

    def norms(x):
        return {"mean": x.mean(), "std": x.std(), "min": x.min(), "max": x.max(), "median": np.median(x)}

    return {
        "rows": n,
        "width": m,
        "zero": int((norm == 0).sum()),
        "duplicate": len(used) - len(rows),
        "norm": norms(norm),
        "used_norm": norms(used_norm),
        "represented_fraction": (norm > 0.5).mean(),
        "strong_fraction": (norm > 1).mean(),
        "used_absolute": (used_norm > 0.5).mean(),
        "used_relative": (used_norm > np.median(used_norm) / 2).mean(),
        "used_root_mean_square": (used_norm > np.sqrt((used_norm**2).mean()) / 2).mean(),
        "overlap": pairs(unit),
        "strong_overlap": pairs(strong),
        "centered": pairs(centred),
        "participation_ratio": eigenvalues.sum() ** 2 / (eigenvalues**2).sum(),
        "effective_rank": np.exp(-(p * np.log(p)).sum()),
        "stable_rank": eigenvalues.sum() / eigenvalues.max(),
    }


def main():
    cases = {f"{n}x{m}": measure(by_rule(n, m)) for n, m in ((60, 7), (20, 33), (40, 40), (700, 130), (9, 1))}
    cases["glove-m50"] = measure(load_file(SAMPLES / "glove/glove6B-common384-m50.safetensors")["weight"])
    neox = load_file(SAMPLES / "pythia-style/neox-m64/model.safetensors")
    cases["neox-m64-unembedding"] = measure(neox["embed_out.weight"][:4096])
    cases["neox-m64-embedding"] = measure(neox["gpt_neox.embed_in.weight"][:4096])
    target = HERE.parent / "resources/dev/superpose/geometry/oracle.json"
    target.write_text(json.dumps(cases, indent=1, default=float) + "\n")


main()
