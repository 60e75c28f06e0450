"""Exponents of rank-frequency curves by NumPy and SciPy: the oracle of RankFrequencyTest.

python rank_frequency_oracle.py > ../resources/dev/superpose/stat/rank-frequency.txt
"""

import numpy as np
from scipy import optimize, special


def log_uniform(counts, lo, hi):
    rank = np.arange(lo, hi + 1)
    weight = np.log((rank + 0.5) / (rank - 0.5))
    slope, intercept = np.polyfit(np.log(rank), np.log(counts[lo - 1 : hi]), 1, w=np.sqrt(weight))
    return -slope, intercept


def every_rank(counts, lo, hi):
    rank = np.arange(lo, hi + 1)
    slope, intercept = np.polyfit(np.log(rank), np.log(counts[lo - 1 : hi]), 1)
    return -slope, intercept


def likeliest(counts, lo, hi):
    rank = np.arange(lo, hi + 1)
    part = counts[lo - 1 : hi]

    def loss(s):
        return s * (part * np.log(rank)).sum() / part.sum() + special.logsumexp(-s * np.log(rank))

    found = optimize.minimize_scalar(loss, bracket=(0.5, 1.5), tol=1e-12)
    return found.x, np.log(part.sum()) - special.logsumexp(-found.x * np.log(rank))


def main():
    random = np.random.default_rng(20261125)
    for case, (size, total, alpha) in enumerate([(40, 3000, 0.7), (300, 20000, 1.0), (500, 4000, 1.4)]):
        p = np.arange(1.0, size + 1) ** -alpha
        counts = random.multinomial(total, p / p.sum())
        falling = np.sort(counts[counts > 0])[::-1].astype(float)
        print("counts", *counts)
        for lo, hi in [(1, len(falling)), (3, len(falling) // 2)]:
            for method in (log_uniform, every_rank, likeliest):
                print(method.__name__, lo, hi, *(repr(float(v)) for v in method(falling, lo, hi)))


main()
