"""Several processes that train one network, each on batches of its own: on two cores that is faster than two threads in
one process. Start them with torchrun; without it there is one."""

import os

import torch
import torch.distributed as distributed
import torch.nn as nn


class Together:
    def __init__(self):
        self.size = int(os.environ.get("WORLD_SIZE", 1))
        self.rank = int(os.environ.get("RANK", 0))
        if self.size > 1:
            distributed.init_process_group("gloo")

    @property
    def first(self) -> bool:
        """Of the process that writes and reports."""
        return self.rank == 0

    def wait(self) -> None:
        """For all to come this far."""
        if self.size > 1:
            distributed.barrier()

    def average(self, network: nn.Module, *numbers: float) -> list[float]:
        """Makes the gradients of all one, and gives the means of the numbers: what each decides by is the same for all."""
        if self.size == 1:
            return list(numbers)
        gradients = [p.grad for p in network.parameters()]
        flat = torch.cat([gradient.flatten() for gradient in gradients] + [torch.tensor(numbers, dtype=torch.float32)])
        distributed.all_reduce(flat)
        flat /= self.size
        *parts, means = flat.split([gradient.numel() for gradient in gradients] + [len(numbers)])
        for gradient, part in zip(gradients, parts):
            gradient.copy_(part.view_as(gradient))
        return means.tolist()


def report(line: str) -> None:
    """Once, however many processes there are."""
    if int(os.environ.get("RANK", 0)) == 0:
        print(line, flush=True)
