"""What the network is trained on, step by step: clips drawn for an epoch, varied, and put together into batches."""

import argparse
import glob
import os
import queue
import random as plain_random
import threading
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from phonemes import Phonemes
from pieces import Pieces
from shards import Clip, read_shards
from together import report
from vary import mask, vary

#: Clips without speech, in which there is nothing to write.
EMPTY_SHARE = 0.02


class Targets(NamedTuple):
    """What CTC should find: the ids of all clips one after another, and how many are whose."""

    ids: torch.Tensor
    lengths: torch.Tensor
    #: 1 for a clip whose target is known, else 0.
    known: torch.Tensor

    def losses(self, log_probs: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        losses = F.ctc_loss(
            log_probs.transpose(0, 1), self.ids, steps, self.lengths, reduction="none", zero_infinity=True
        )
        return losses * self.known

    def mean_loss(self, log_probs: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        """Per id, yet with a floor: else a clip of one letter would weigh as much as a sentence."""
        return self.losses(log_probs, steps).sum() / self.weight()

    def weight(self) -> torch.Tensor:
        return self.lengths.clamp(min=1).sum()


class Batch(NamedTuple):
    features: torch.Tensor
    frames: torch.Tensor
    pieces: Targets
    phonemes: Targets


def epoch_of(data: str, synthetic_share: float, random: plain_random.Random) -> list[Clip]:
    """Of every source of real speech one copy: as it is in half of the epochs, else one of its distorted copies; of
    synthetic and empty clips a random share. Shards that another process has written meanwhile take part from the next
    epoch on."""
    copies: dict[str, list[str]] = {}
    for listing in sorted(glob.glob(f"{data}/real-*.tsv")):
        source = os.path.basename(listing).split("-", 2)[2]
        copies.setdefault(source, []).append(listing.removesuffix(".tsv"))
    drawn = [random.choice(shards[1:] if shards[1:] and random.random() < 0.5 else shards[:1]) for shards in copies.values()]
    clips = [clip for shard in drawn for clip in read_shards(shard)]
    real = len(clips)
    for kind, share in (("synthetic", synthetic_share), ("empty", EMPTY_SHARE)):
        pool = read_shards(f"{data}/{kind}-*")
        clips += random.sample(pool, min(len(pool), int(real * share / (1 - share))))
    hours = sum(clip.frames for clip in clips) / 360000
    report(f"epoch of {real} real and {len(clips) - real} other clips, {hours:.1f} h")
    return clips


def batches_of(clips: list[Clip], seconds: int, random: plain_random.Random) -> list[list[Clip]]:
    """Clips of like length together, so that little of a batch is padding."""
    clips = sorted(clips, key=lambda clip: clip.frames * random.uniform(0.9, 1.1))
    batches, batch, longest = [], [], 0
    for clip in clips:
        if batch and max(longest, clip.frames) * (len(batch) + 1) > seconds * 100:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(clip)
        longest = max(longest, clip.frames)
    if batch:
        batches.append(batch)
    random.shuffle(batches)
    return batches


def features_of(clips: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    """[clips, frames, bands] with silence after what is shorter, and the frames of each."""
    frames = torch.tensor([len(one) for one in clips])
    # Rounded up: oneDNN prepares its kernels anew for every new shape.
    padded = torch.zeros(len(clips), -(-int(frames.max()) // 64) * 64, clips[0].shape[1])
    for i, one in enumerate(clips):
        padded[i, : len(one)] = torch.from_numpy(one)
    return padded, frames


def targets_of(clips: list[list[int] | None]) -> Targets:
    ids = [id for one in clips for id in one or []]
    lengths = [len(one or []) for one in clips]
    known = [float(one is not None) for one in clips]
    return Targets(torch.tensor(ids, dtype=torch.long), torch.tensor(lengths), torch.tensor(known))


class Feeder:
    """Prepares batches in a thread, a few ahead."""

    def __init__(self, options: argparse.Namespace, pieces: Pieces, seed: int):
        self._options, self._pieces, self._phonemes, self._seed = options, pieces, Phonemes(), seed
        self._ready: queue.Queue[Batch] = queue.Queue(4)
        threading.Thread(target=self._work, daemon=True).start()

    def take(self) -> Batch:
        return self._ready.get()

    def _work(self) -> None:
        order, variation = plain_random.Random(self._seed), np.random.default_rng(self._seed)
        views = 2 if self._options.consistency > 0 else 1
        while True:
            clips = epoch_of(self._options.data, self._options.synthetic, order)
            for batch in batches_of(clips, self._options.seconds // views, order):
                pieces = [self._pieces.encode(clip.text) for clip in batch]
                sounds = [self._phonemes.encode(clip.text) for clip in batch]
                varied = [vary(clip.features(), len(one), variation) for clip, one in zip(batch, pieces)]
                masked = [mask(one, self._options.masking, variation) for _ in range(views) for one in varied]
                self._ready.put(Batch(*features_of(masked), targets_of(pieces * views), targets_of(sounds * views)))
