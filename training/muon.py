"""Muon (Jordan et al. 2024; scaled as in Liu et al. 2025, arXiv 2502.16982): momentum whose matrices are made orthogonal.
PyTorch's own always does that in bfloat16, which some processors only emulate."""

import torch

from precision import FAST

MOMENTUM = 0.95
STEPS = 5
#: Of the polynomial that drives all singular values towards 1 (Jordan's).
LINEAR, CUBIC, QUINTIC = 3.4445, -4.7750, 2.0315
#: Makes a step as large as AdamW's, so that one learning rate fits both.
RMS_OF_ADAMW = 0.2


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """[rows, columns] → nearly the nearest matrix whose singular values are all 1, by Newton-Schulz steps."""
    upright = matrix.shape[0] > matrix.shape[1]
    x = (matrix.T if upright else matrix).to(FAST)
    x = x / x.norm().clamp(min=1e-7)
    for _ in range(STEPS):
        square = x @ x.T
        x = LINEAR * x + (CUBIC * square + QUINTIC * square @ square) @ x
    return (x.T if upright else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """For matrices only."""

    def __init__(self, matrices: list[torch.Tensor], lr: float, weight_decay: float):
        super().__init__(matrices, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for matrix in group["params"]:
                state = self.state[matrix]
                momentum = state.setdefault("momentum_buffer", torch.zeros_like(matrix))
                momentum.lerp_(matrix.grad, 1 - MOMENTUM)
                direction = orthogonal(matrix.grad.lerp(momentum, MOMENTUM))
                matrix.mul_(1 - group["lr"] * group["weight_decay"])
                matrix.add_(direction, alpha=-group["lr"] * RMS_OF_ADAMW * max(matrix.shape) ** 0.5)
