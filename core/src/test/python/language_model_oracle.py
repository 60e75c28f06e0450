"""Prints the numbers that LanguageModelStudyTest and HeadOverlapsTest expect, with NumPy and SciPy.

Run from the project's root. The exponent is searched by itself; offsets and scale are linear.
"""

import csv

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import f as f_distribution

FOLDER = "core/src/main/resources/dev/superpose/published/"
TEXTS = ["wikitext", "c4", "pile", "bookcorpus"]
LAYERS = [12, 24, 24, 32, 32, 40, 48, 64, 24, 28, 36, 28, 48, 64, 80, 12, 24, 36, 48, 6, 12, 24, 16, 24, 32, 32, 36]


def design(groups, *columns):
    names = sorted(set(groups))
    return np.c_[np.array([[float(g == name) for name in names] for g in groups]), np.array(columns).T]


def solve(x, y):
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    residuals = y - x @ coefficients
    return residuals @ residuals, coefficients


def squares(exponent, m, y, groups):
    return solve(design(groups, m**-exponent), y)


def fit(m, y, groups):
    found = minimize_scalar(
        lambda a: squares(a, m, y, groups)[0], bounds=(0.01, 6), method="bounded", options={"xatol": 1e-10}
    )
    exponent = found.x
    least, coefficients = squares(exponent, m, y, groups)
    scale = coefficients[-1]
    jacobian = design(groups, m**-exponent, -scale * np.log(m) * m**-exponent)
    n, p = jacobian.shape
    error = np.sqrt((np.linalg.inv(jacobian.T @ jacobian) * least / (n - p))[-1, -1])
    limit = least * (1 + f_distribution.ppf(0.95, 1, n - p) / (n - p))
    ends = [
        brentq(lambda a: squares(a, m, y, groups)[0] - limit, low, high)
        for low, high in ((-3, exponent), (exponent, 12))
    ]
    return exponent, scale, error, ends, least, n - p


def describe(name, m, y, groups):
    exponent, scale, error, ends, least, free = fit(m, y, groups)
    print(f"{name}: exponent {exponent:.6f} scale {scale:.4f} error {error:.6f} profile {ends} squares {least:.8f}")
    return least, free


def line(x, y):
    least, coefficients = solve(np.c_[np.ones(len(x)), x], y)
    return coefficients[1], np.sqrt(least / (len(x) - 2) / ((x - x.mean()) ** 2).sum())


def main():
    rows = list(csv.DictReader(open(FOLDER + "llm_losses_from_notebook_png.csv")))
    m = np.array([float(r["m_used_in_fit"]) for r in rows])
    family = [r["family"] for r in rows]
    losses = np.array([[float(r[t]) for t in TEXTS] for r in rows])
    each = (np.repeat(m, 4), losses.ravel(), [f + t for f in family for t in TEXTS])
    means = (m, losses.mean(axis=1), family)
    joint, free = describe("joint", *each)
    joint_means, free_means = describe("means", *means)
    several = 0
    several_means = 0
    for name in dict.fromkeys(family):
        own = np.array([f == name for f in family])
        four = np.repeat(own, 4)
        several += describe(name, each[0][four], each[1][four], [g for g, k in zip(each[2], four) if k])[0]
        several_means += fit(m[own], means[1][own], [name] * own.sum())[4]
    for what, one, more, left in (("each", joint, several, free - 6), ("means", joint_means, several_means, free_means - 6)):
        ratio = (one - more) / 6 / (more / left)
        print(f"{what}: F(6, {left}) = {ratio:.6f}, chance {f_distribution.sf(ratio, 6, left):.6f}")
    scales = lambda a: sum(
        squares(a, m[[f == n for f in family]], means[1][[f == n for f in family]], [n] * family.count(n))[0]
        for n in set(family)
    )
    one = minimize_scalar(scales, bounds=(0.01, 4), method="bounded").fun
    ratio = (one - several_means) / 3 / (several_means / 15)
    print(f"exponents: F(3, 15) = {ratio:.6f}, chance {f_distribution.sf(ratio, 3, 15):.6f}")
    print("exponent 1:", squares(1, *each)[0] / 108, squares(1, *each)[1][-1])
    for what, (width, y, groups), layers in (("each", each, np.repeat(LAYERS, 4)), ("means", means, np.array(LAYERS))):
        x = design(groups, 1 / width, 1 / layers)
        least, coefficients = solve(x, y)
        errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * least / (len(y) - x.shape[1]))
        print(f"depth, {what}: {coefficients[-2:]} errors {errors[-2:]} mean square {least / len(y):.8f}")
    for left in ("Qwen2.5-72B", "pythia-70m"):
        keep = np.array([r["model"] != left for r in rows])
        print("without", left, fit(m[keep], means[1][keep], [f for f, k in zip(family, keep) if k])[:2])
    heads = list(csv.DictReader(open(FOLDER + "llm_mean_square_overlaps_fig6a.csv")))
    x = np.log([float(h["m"]) for h in heads])
    y = np.log([float(h["mean_sq_overlap"]) for h in heads])
    print("overlaps", line(x, y))
    for name in ("opt", "Qwen", "gpt2", "pythia"):
        own = np.array([h["model"].startswith(name) for h in heads])
        print("overlaps", name, line(x[own], y[own]), "without", line(x[~own], y[~own]))


main()
