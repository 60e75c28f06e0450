"""The toy model of superposition trained the plain way: data drawn dense, PyTorch's autograd, a custom AdamW.

This is what a researcher would write first, in the published setting (Liu, Liu and Gore, arXiv 2505.10465): n = 1000
features with p_i proportional to i^-alpha, values uniform on (0, 2), y = relu(x W W^T + b), mean squared error, batch
2048, learning rate 0.01 with a linear warm-up and a cosine down to 5 %. It is the yardstick of
dev.superpose.bench.CompareWithPyTorch: it tells whether both programs learn the same and how much faster one is.

    python bench/pytorch/dense_toy.py --width 63 --alpha 1 --decay -1 --steps 400 --warmup 40 --threads 2 --test --json

`loss` is the sum over features, as in the paper. `steps_per_second` leaves out the first 20 steps; the rates of the
two halves of the run show that a dense step costs the same early and late.
"""

import argparse
import json
import os
import sys
import time


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--features", type=int, default=1000)
    p.add_argument("--width", type=int, required=True)
    p.add_argument("--alpha", type=float, default=1.0)
    p.add_argument("--decay", type=float, default=-1.0, help="gamma: below 0 pulls rows to unit length")
    p.add_argument("--batch", type=int, default=2048)
    p.add_argument("--steps", type=int, default=20_000)
    p.add_argument("--warmup", type=int, default=2_000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--initial", help="start from these: W (n, m), then b (n), raw float32")
    p.add_argument("--test", action="store_true", help="also the loss over 100 fresh batches")
    p.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return p.parse_args()


def main():
    args = arguments()
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(args.threads)
    import torch

    from growth_adamw import GrowthAdamW, initial, probabilities, rate_at

    torch.set_num_threads(args.threads)
    g = torch.Generator().manual_seed(args.seed)
    n, rate = args.features, 0.01
    p = probabilities(n, args.alpha).float()
    w, b = initial(n, args.width, g)
    if args.initial:
        numbers = torch.from_file(args.initial, size=n * args.width + n)
        with torch.no_grad():
            w.copy_(numbers[: n * args.width].view(n, args.width))
            b.copy_(numbers[n * args.width :])
    optimiser = GrowthAdamW([{"params": [w], "decay": args.decay}, {"params": [b]}])

    def sample():
        active = torch.rand(args.batch, n, generator=g) < p
        return torch.rand(args.batch, n, generator=g) * 2 * active

    def loss_of(x):
        return torch.nn.functional.mse_loss(torch.relu(x @ w @ w.T + b), x)

    losses, marks = [], {}
    first, half = min(20, args.steps // 2), (min(20, args.steps // 2) + args.steps) // 2
    began = time.perf_counter()
    for step in range(1, args.steps + 1):
        if step - 1 in (first, half):
            marks[step - 1] = time.perf_counter()
        for group in optimiser.param_groups:
            group["lr"] = rate * rate_at(step, args.warmup, args.steps)
        loss = loss_of(sample())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.detach())
    ended = time.perf_counter()

    last = torch.stack(losses[-100:]).double() * n
    result = {
        "config": {k: v for k, v in vars(args).items() if k not in ("json", "test", "initial")},
        "loss": {"train": last.mean().item()},
        "seconds": ended - began,
        "steps_per_second": (args.steps - first) / (ended - marks[first]),
        "steps_per_second_first_half": (half - first) / (marks[half] - marks[first]),
        "steps_per_second_second_half": (args.steps - half) / (ended - marks[half]),
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
    }
    if args.test:
        with torch.no_grad():
            test = torch.stack([loss_of(sample()) for _ in range(100)]).double() * n
        result["loss"]["test"] = test.mean().item()
        result["loss"]["test_standard_deviation"] = test.std().item()
        result["loss"]["test_standard_error"] = test.std().item() / 10
    lengths = w.detach().norm(dim=1)
    result["represented_fraction"] = (lengths > 0.5).double().mean().item()
    result["strong_fraction"] = (lengths > 1).double().mean().item()
    if args.json:
        json.dump(result, sys.stdout, indent=2)
        print()
    else:
        print("loss %s, %.1f steps per second" % (result["loss"], result["steps_per_second"]))


if __name__ == "__main__":
    main()
