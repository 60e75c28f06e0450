"""AdamW whose decay may be negative: the optimiser of the toy model of superposition.

Source: Liu, Liu and Gore, "Superposition Yields Robust Neural Scaling" (arXiv 2505.10465), Eq. 2, and the order of
operations of the authors' optimiser: the decay comes first, scaled by the learning rate of the moment, then the usual
Adam step with bias correction and epsilon added after the division.
"""

import torch


class GrowthAdamW(torch.optim.Optimizer):
    """`decay` gamma per parameter group.

    gamma >= 0: W <- W (1 - lr gamma).
    gamma <  0: W_i <- W_i + lr |gamma| W_i (1 / r_i - 1) with r_i = ||W_i|| + 1e-8: every row is pulled to length 1.
    """

    def __init__(self, groups, lr=1e-2, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(groups, {"lr": lr, "betas": betas, "eps": eps, "decay": 0.0})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            lr, decay, eps = group["lr"], group["decay"], group["eps"]
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state["step"] = 0
                    state["mean"] = torch.zeros_like(p)
                    state["square"] = torch.zeros_like(p)
                if decay > 0:
                    p.mul_(1 - lr * decay)
                elif decay < 0:
                    length = p.norm(dim=1, keepdim=True).add_(1e-8)
                    p.mul_(length.reciprocal_().sub_(1).mul_(-lr * decay).add_(1))
                state["step"] += 1
                t, mean, square = state["step"], state["mean"], state["square"]
                mean.lerp_(p.grad, 1 - beta1)
                square.mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)
                divisor = square.sqrt().div_((1 - beta2**t) ** 0.5).add_(eps)
                p.addcdiv_(mean, divisor, value=-lr / (1 - beta1**t))


def rate_at(step, warmup, steps, final=0.05):
    """The factor on the learning rate at `step`, counted from 1: linear warm-up, then a cosine down to `final`."""
    import math

    if step < warmup:
        return step / warmup
    progress = 1.0 if steps == warmup else (step - warmup) / (steps - warmup)
    return (1 - final) * 0.5 * (1 + math.cos(math.pi * progress)) + final


def probabilities(features, alpha, density=1.0):
    """p_i proportional to i^-alpha, i from 1, summing to `density`; float64."""
    p = torch.arange(1, features + 1, dtype=torch.float64).pow(-alpha)
    return p * (density / p.sum())


def initial(features, width, generator, dtype=torch.float32):
    """W (n, m) with rows of length about 1, b (n) standard normal."""
    w = torch.randn(features, width, generator=generator, dtype=dtype) / width**0.5
    b = torch.randn(features, generator=generator, dtype=dtype)
    return w.requires_grad_(), b.requires_grad_()
