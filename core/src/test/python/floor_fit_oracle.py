"""Makes floor-fit-oracle.csv: fits of L = A m^-a + B to ln L by SciPy's least_squares, as an oracle for LawFit.

Run: python floor_fit_oracle.py > ../resources/dev/superpose/scaling/floor-fit-oracle.csv  (numpy 2, scipy 1)
Losses of language models: Liu, Liu and Gore (2025), arXiv 2505.10465, read off the published scatter (+-0.004).
"""
import numpy as np
from scipy.optimize import least_squares

MODELS = {
    "opt-wikitext": ([768, 1024, 2048, 2560, 4096, 5120, 7168, 9216],
                     [3.369, 3.148, 2.729, 2.591, 2.431, 2.370, 2.309, 2.248]),
}


def fit(sizes, losses):
    x, y = np.log(sizes), np.log(losses)
    mean = x.mean()
    best = None
    for exponent in np.geomspace(0.05, 5, 15):
        for part in (0.1, 0.5, 0.9):
            floor = part * losses.min()
            start = [np.mean(np.log(losses - floor) + exponent * (x - mean)), exponent, np.log(floor)]
            end = least_squares(lambda t: np.logaddexp(t[0] - t[1] * (x - mean), t[2]) - y, start,
                                xtol=1e-15, ftol=1e-15, gtol=1e-15)
            if best is None or end.cost < best.cost:
                best = end
    p, a, q = best.x
    scale, floor = np.exp(p + a * mean), np.exp(q)
    gradient = np.stack([(losses_at := scale * sizes ** -a + floor) ** -1 * sizes ** -a,
                         -scale * sizes ** -a * x / losses_at, 1 / losses_at], axis=1)
    variance = 2 * best.cost / (len(x) - 3)
    errors = np.sqrt(variance * np.diag(np.linalg.inv(gradient.T @ gradient)))
    return [scale, a, floor, *errors, 2 * best.cost]


def main():
    sets = {name: tuple(map(np.array, data)) for name, data in MODELS.items()}
    random = np.random.default_rng(1)
    for name, scale, exponent, floor, noise in (("toy", 9.0, 1.0, 0.02, 0.03), ("text", 476.0, 0.91, 1.8, 0.01),
                                                ("slow", 5.0, 0.1, 0.5, 0.002)):
        sizes = np.repeat([64, 128, 256, 512, 1024, 2048, 4096], 3).astype(float)
        losses = (scale * sizes ** -exponent + floor) * np.exp(noise * random.standard_normal(len(sizes)))
        sets[name] = sizes, losses
    print("# made by floor_fit_oracle.py: per set the sizes, the losses, then scale, exponent, floor, their standard "
          "errors, and the sum of squares")
    for name, (sizes, losses) in sets.items():
        sizes = sizes.astype(float)
        print(",".join([name] + [repr(float(v)) for v in sizes]))
        print(",".join([name] + [repr(float(v)) for v in losses]))
        print(",".join([name] + [repr(float(v)) for v in fit(sizes, losses)]))


main()
