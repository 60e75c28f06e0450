"""Writes ../resources/dev/superpose/cli/inspect-oracle.json: the sample models measured by NumPy in float64.

Run from anywhere: python inspect_oracle.py. Needs numpy and safetensors. An element per matrix, in the order in which
`superpose inspect samples/pythia-style samples/glove` gives them.
"""

import json
import pathlib

import numpy as np
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[3] / "samples"


def measure(model, tensor, w, padding):
    w = w[: len(w) - padding].astype(np.float64)
    n, m = w.shape
    norm = np.linalg.norm(w, axis=1)
    unit = w / norm[:, None]
    centred = w - w.mean(axis=0)
    centred = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    lower = np.tril_indices(n, -1)
    cosine = (unit @ unit.T)[lower]
    p = np.linalg.svd(w, compute_uv=False) ** 2
    ratio = p.sum() ** 2 / (p**2).sum()
    p = p / p.sum()
    near = np.argsort(-(unit @ unit[100]))[1:4]
    loud = [j for j in np.argsort(-np.abs(w @ unit[100])) if j != 100][:3]
    return {
        "model": model,
        "tensor": tensor,
        "width": m,
        "padding": padding,
        "used": n,
        "norm_median": np.median(norm),
        "absolute": (norm > 0.5).mean(),
        "relative": (norm > np.median(norm) / 2).mean(),
        "mean": cosine.mean(),
        "mean_square": (cosine**2).mean(),
        "mean_abs": np.abs(cosine).mean(),
        "max_abs": np.abs(cosine).max(),
        "centered_mean_square": ((centred @ centred.T)[lower] ** 2).mean(),
        "participation_ratio": ratio,
        "effective_rank": np.exp(-(p * np.log(p)).sum()),
        "stable_rank": 1 / p.max(),
        "near_row_100": near.tolist(),
        "loud_row_100": [int(j) for j in loud],
    }


def main():
    found = []
    for m in (16, 64, 128):
        tensors = load_file(SAMPLES / f"pythia-style/neox-m{m}/model.safetensors")
        for tensor in ("embed_out.weight", "gpt_neox.embed_in.weight"):
            found.append(measure(f"neox-m{m}", tensor, tensors[tensor], 64))
    for m in (50, 100, 300):
        name = f"glove6B-common384-m{m}"
        found.append(measure(name, "weight", load_file(SAMPLES / f"glove/{name}.safetensors")["weight"], 0))
    target = HERE.parent / "resources/dev/superpose/cli/inspect-oracle.json"
    target.write_text(json.dumps(found, indent=1, default=float) + "\n")


main()
