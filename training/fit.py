"""How well a network reads the readers it was trained on beside those it never heard, greedy: what lies between the two
figures is not to be had with more hours of the same speech.

usage: fit.py CHECKPOINT PIECES DATA
"""

import random
import sys

import torch

from network import Shape
from pieces import Pieces
from shards import read_shards
from train import judge

#: Of the training clips, which are many.
SAMPLE = 700


def main() -> None:
    checkpoint, pieces, data = sys.argv[1:]
    stored = torch.load(checkpoint, map_location="cpu")
    weights = {name: value.float() for name, value in stored["network"].items()}
    trained = random.Random(1).sample(read_shards(f"{data}/real-0-*"), SAMPLE)
    for name, clips in (("trained on", trained), ("held out", read_shards(f"{data}/heldout-*"))):
        print(f"{name}: {judge(weights, Shape(**stored['shape']), Pieces.load(pieces), clips)}", flush=True)


if __name__ == "__main__":
    main()
