"""bfloat16 where the processor multiplies it, float32 elsewhere: there bfloat16 is emulated and takes ten times as long."""

import os

import torch


def _multiplies_bfloat16() -> bool:
    if not os.path.exists("/proc/cpuinfo"):
        return False
    with open("/proc/cpuinfo", encoding="utf8") as file:
        flags = file.read().split()
    return "avx512_bf16" in flags or "amx_bf16" in flags


FAST = torch.bfloat16 if _multiplies_bfloat16() else torch.float32


def autocast() -> torch.autocast:
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=FAST == torch.bfloat16)
