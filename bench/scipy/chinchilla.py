"""Chinchilla's law by SciPy: the job that FitBench times, for a comparison in the same run.

Sum of Huber's function (delta 1e-3) of ln loss, in centred logarithms with analytic gradients, L-BFGS-B at tight
tolerances: what a careful user of SciPy would write. Needs numpy and scipy.

    python chinchilla.py RUNS.csv [--starts 1000] [--draws 4000]

RUNS.csv has columns N, D and loss, as `bench/run.sh fits --write RUNS.csv` makes it.
"""

import argparse
import csv
import time

import numpy as np
from scipy.optimize import minimize

DELTA = 1e-3


def objective(at, x, y, logs, weights):
    a, b, e, alpha, beta = at
    terms = np.stack([a - alpha * x, b - beta * y, np.full_like(x, e)])
    top = terms.max(axis=0)
    parts = np.exp(terms - top)
    total = parts.sum(axis=0)
    residual = np.log(total) + top - logs
    share = parts / total
    size = np.abs(residual)
    value = np.where(size <= DELTA, residual**2 / 2, DELTA * (size - DELTA / 2))
    slope = weights * np.clip(residual, -DELTA, DELTA)
    gradient = np.array(
        [slope @ share[0], slope @ share[1], slope @ share[2], -(slope * share[0]) @ x, -(slope * share[1]) @ y]
    )
    return weights @ value, gradient


def search(start, x, y, logs, weights):
    return minimize(
        objective,
        start,
        args=(x, y, logs, weights),
        jac=True,
        method="L-BFGS-B",
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 2000, "maxcor": 20},
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("runs")
    parser.add_argument("--starts", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=4000)
    options = parser.parse_args()
    with open(options.runs, newline="") as file:
        rows = [(float(r["N"]), float(r["D"]), float(r["loss"])) for r in csv.DictReader(file)]
    n, d, loss = np.array(rows).T
    x, y, logs = np.log(n), np.log(d), np.log(loss)
    x, y = x - x.mean(), y - y.mean()
    random = np.random.default_rng(1)
    weights = np.ones_like(x)

    began = time.perf_counter()
    ends = []
    for _ in range(options.starts):
        alpha, beta = 0.2 * 60 ** random.random(2) / np.array([np.ptp(x), np.ptp(y)])
        level = np.log(loss.mean() * random.dirichlet(np.ones(3)))
        ends.append(search(np.array([level[0], level[1], level[2], alpha, beta]), x, y, logs, weights))
    seconds = time.perf_counter() - began
    best = min(ends, key=lambda end: end.fun)
    agreeing = sum(end.fun <= best.fun * (1 + 1e-6) for end in ends)
    print(f"{options.starts} starts: {seconds:.2f} s, objective {best.fun:.12f}, {agreeing} agree")

    began = time.perf_counter()
    alphas = []
    for _ in range(options.draws):
        counts = np.bincount(random.integers(len(x), size=len(x)), minlength=len(x)).astype(float)
        alphas.append(search(best.x, x, y, logs, counts).x[3])
    seconds = time.perf_counter() - began
    low, high = np.percentile(alphas, [2.5, 97.5])
    print(f"{options.draws} refits: {seconds:.2f} s, alpha {low:.4f} to {high:.4f}")


if __name__ == "__main__":
    main()
