"""Writes the golden fixtures of the toy model, by PyTorch's autograd, for the Java tests.

    python bench/pytorch/golden.py          (from the root of the checkout)

writes core/src/test/resources/dev/superpose/toy/golden-n5-m2.json and golden-n24-m6.json.

Shapes, all row-major and flat: `w` (n, m), `b` (n), `batches` ten of (B, n), one per step. All inputs are float32
numbers, so that float32 and float64 programs start from the same point. Loss is the mean of the squared error over
batch AND features; gradients are those of loss * gradient_scale. `losses` are the losses before each step; `w` and `b`
in `after` are the values after that many steps. `learning_rates` are those of each step, for W and b alike: 0.01 times
the warm-up and cosine schedule of 10 steps with a warm-up of 4.
"""

import json
import pathlib

import torch

from growth_adamw import GrowthAdamW, initial, rate_at

STEPS, WARMUP, RATE = 10, 4, 0.01
KEPT = (1, 2, 5, 10)
TARGET = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/dev/superpose/toy"


def draw(features, width, batch, active, seed):
    g = torch.Generator().manual_seed(seed)
    w, b = initial(features, width, g)
    x = torch.rand(STEPS, batch, features, generator=g) * 2
    x = x * (torch.rand(STEPS, batch, features, generator=g) < active)
    x[:, 0, :] = 0  # always one sample with no active feature
    x[:, 1, :] = 0
    x[:, 1, 0] = 1.5  # and one with exactly one
    return w.detach(), b.detach(), x


def forward(x, w, b):
    return x @ w @ w.T + b


def train(w0, b0, batches, decay, scale, dtype):
    w, b = w0.to(dtype).clone().requires_grad_(), b0.to(dtype).clone().requires_grad_()
    optimiser = GrowthAdamW([{"params": [w], "decay": decay}, {"params": [b]}])
    losses, after, nearest = [], {}, float("inf")
    for step, x in enumerate(batches.to(dtype), start=1):
        for group in optimiser.param_groups:
            group["lr"] = RATE * rate_at(step, WARMUP, STEPS)
        z = forward(x, w, b)
        nearest = min(nearest, z.abs().min().item())
        loss = torch.nn.functional.mse_loss(torch.relu(z), x)
        optimiser.zero_grad()
        (loss * scale).backward()
        optimiser.step()
        losses.append(loss.item())
        if step in KEPT:
            after[str(step)] = {"w": flat(w), "b": flat(b)}
    return {"losses": losses, "after": after}, nearest


def flat(t):
    return t.detach().flatten().tolist()


def fixture(features, width, batch, active, seed):
    w0, b0, batches = draw(features, width, batch, active, seed)
    w, b = w0.double().requires_grad_(), b0.double().requires_grad_()
    x = batches[0].double()
    z = forward(x, w, b)
    loss = torch.nn.functional.mse_loss(torch.relu(z), x)
    dw, db = torch.autograd.grad(loss, (w, b))
    runs = []
    for decay, scale in ((0.5, 1.0), (-1.0, 1.0), (-1.0, 100.0)):
        exact, nearest = train(w0, b0, batches, decay, scale, torch.float64)
        single, _ = train(w0, b0, batches, decay, scale, torch.float32)
        # An output within rounding of zero may fall on either side; such a fixture would test luck.
        assert nearest > 2e-5, (features, decay, nearest)
        runs.append({"decay": decay, "gradient_scale": scale, "float64": exact, "float32": single})
    document = {
        "made_by": "bench/pytorch/golden.py, torch " + torch.__version__.split("+")[0],
        "features": features,
        "width": width,
        "batch": batch,
        "learning_rates": [RATE * rate_at(s, WARMUP, STEPS) for s in range(1, STEPS + 1)],
        "w": flat(w0),
        "b": flat(b0),
        "batches": [flat(x) for x in batches],
        "first": {"loss": loss.item(), "output": flat(torch.relu(z)), "dw": flat(dw), "db": flat(db)},
        "runs": runs,
    }
    path = TARGET / f"golden-n{features}-m{width}.json"
    path.write_text(json.dumps(document) + "\n")
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    fixture(features=5, width=2, batch=8, active=0.3, seed=7)
    fixture(features=24, width=6, batch=16, active=0.08, seed=11)
