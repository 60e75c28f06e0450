"""Writes ../resources/dev/superpose/geometry/gram-oracle.json: what GramOracleTest compares, in float64 NumPy.

Run from anywhere: python gram_oracle.py. Needs numpy. Pairs are explicit, spectra come from singular values of the rows
themselves, IsoScore is computed step by step as its authors describe it (Rudman et al. 2022, section 4), so that no
formula of the program is used twice. The matrices are made again in GramOracleTest by the same rules.
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
SHAPES = ((60, 7), (20, 33), (40, 40), (700, 130), (9, 1))


def by_rule(n, m):
    """As in geometry_oracle.py: multiples of 1/4096, two rows equal, and a zero row if n > 12."""
    i, j = np.arange(n)[:, None], np.arange(m)[None, :]
    w = ((i * 7919 + j * 104729 + i * j * 613 + i * i * j) % 997 - 498) / 256
    w = w * np.array([1, 0.5, 0.25, 0.0625])[i % 4]
    w[n - 1] = w[0]
    if n > 12:
        w[12] = 0
    return w


def kinds(w):
    j = np.arange(w.shape[1])
    used = np.any(w != 0, axis=1, keepdims=True)
    return {
        "plain": w,
        "common": np.where(used, w + 0.5 * (j % 3), 0),
        "decaying": w * 2.0 ** -(j // 8),
        "tiny": w * 2.0**-130,
        "large": w * 2.0**14,
    }


def spectrum(rows):
    eigenvalues = np.sort(np.linalg.svd(rows, compute_uv=False) ** 2)[::-1]
    eigenvalues = np.concatenate([eigenvalues, np.zeros(rows.shape[1] - len(eigenvalues))])
    p = eigenvalues / eigenvalues.sum()
    q = p[p > 0]
    result = {
        "participation_ratio": 1 / (p**2).sum(),
        "effective_rank": np.exp(-(q * np.log(q)).sum()),
        "stable_rank": 1 / p[0],
        "largest": eigenvalues[0],
        "middle": eigenvalues[len(eigenvalues) // 2],
    }
    rank = int((eigenvalues > 1e-12 * eigenvalues[0]).sum())
    k = np.arange(11, rank // 2 + 1)
    if len(k) >= 10:
        x, y = np.log(k), np.log(eigenvalues[k - 1])
        (slope, intercept), covariance = np.polyfit(x, y, 1, cov=True)
        residual = y - slope * x - intercept
        result["exponent"] = -slope
        result["exponent_error"] = np.sqrt(covariance[0, 0])
        result["r_squared"] = 1 - (residual**2).sum() / ((y - y.mean()) ** 2).sum()
    return result


def iso_score(rows):
    """The steps: covariance in its own axes, diagonal scaled to the norm of the all-ones vector, defect, share."""
    m = rows.shape[1]
    diagonal = np.linalg.eigvalsh(np.cov(rows.T, ddof=1))
    scaled = np.sqrt(m) * diagonal / np.linalg.norm(diagonal)
    defect = np.linalg.norm(scaled - 1) / np.sqrt(2 * (m - np.sqrt(m)))
    share = (m - defect**2 * (m - np.sqrt(m))) ** 2 / m**2
    return (m * share - 1) / (m - 1)


def mean_square(unit):
    n = len(unit)
    c = unit @ unit.T
    return (c[np.tril_indices(n, -1)] ** 2).mean()


def measure(w, scale):
    w = w.astype(np.float32)
    n_all, m = w.shape
    # In units of the scale, exactly: NumPy's LAPACK has no care for squares of 1e-40.
    w = w.astype(np.float64) / scale
    keep = np.linalg.norm(w, axis=1) > 0
    rows = w[keep]
    n = len(rows)
    norm = np.linalg.norm(rows, axis=1)
    unit = rows / norm[:, None]
    mean = rows.mean(axis=0)
    centred = rows - mean
    centred_unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    plain, without = mean_square(unit), mean_square(centred_unit)
    p = np.where(np.arange(n_all) % 5 == 3, 0, 1000 / (1 + np.arange(n_all)))[keep]
    p = p / p.sum()
    squared = (unit @ unit.T) ** 2
    interference = p @ squared @ p - (p**2 * np.diag(squared)).sum()
    rms = np.sqrt((norm**2).mean())
    whole = spectrum(rows)
    sigma = np.linalg.svd(rows / rms, compute_uv=False) ** 2
    sigma_min = sigma.min() if n >= m else 0.0
    total = np.linalg.norm((rows / rms).sum(axis=0))
    welch = max(0.0, (n - m) / (m * (n - 1)))
    return {
        "mean_square": plain,
        "centered_mean_square": without,
        "weighted_mean_square": interference / (1 - (p**2).sum()),
        "interference": interference,
        "effective_rows": 1 / (p**2).sum(),
        "unseen_rows": int((p == 0).sum()),
        "mean_share": n * (mean @ mean) / (norm**2).sum(),
        "excess_over_welch": plain - welch,
        "iso_score": iso_score(rows) if m > 1 else None,
        "partition_ratio": (n - total + sigma_min / 2) / (n + total + sigma.max() / 2),
        "spectrum": whole,
        "centered_spectrum": spectrum(centred),
    }


def main():
    cases = {}
    for n, m in SHAPES:
        for kind, w in kinds(by_rule(n, m)).items():
            scale = {"tiny": 2.0**-130, "large": 2.0**14}.get(kind, 1.0)
            cases[f"{kind} {n}x{m}"] = measure(w, scale)
    target = HERE.parent / "resources/dev/superpose/geometry/gram-oracle.json"
    target.write_text(json.dumps(cases, indent=1, default=float) + "\n")


main()
