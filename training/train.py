"""Trains the network on shards of features, for as long as it is left to.

usage: train.py DATA PIECES RUN [--minutes M] [--decay] [--threads N] ...      (train.py --help)

RUN is a folder: `state.pt` holds everything there is to go on from and is written every few minutes and when the process
is asked to end (SIGTERM, Ctrl-C); starting again with the same RUN goes on. `average.pt` is the average of the latest
weights, the network to judge and to export. The learning rate stays where it is until a run with --decay, which takes
it to zero over --minutes in a copy of the run (RUN-final) and so leaves RUN itself to be gone on with.
"""

import argparse
import os
import shutil
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import torch
import torch.nn.functional as F

from batches import Batch, Feeder, features_of
from features import normalise_bands
from muon import Muon
from network import PHONEME_STEPS, Network, Shape
from pieces import Pieces
from precision import autocast
from shards import Clip, read_shards
from together import Together, report
from wer import WordErrors

SAVE_EVERY_SECONDS = 300
JUDGE_EVERY_STEPS = 1000
LOG_EVERY_STEPS = 100
WARM_UP_STEPS = 600
HALFWAY_SHARE = 0.3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("pieces")
    parser.add_argument("run")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--decay", action="store_true")
    parser.add_argument("--from", dest="start", help="weights to begin a new run with: a checkpoint of export.py")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--learning-rate", type=float, default=1.5e-3)
    parser.add_argument("--muon", action="store_true", help="matrices by Muon (arXiv 2502.16982), the rest by AdamW")
    parser.add_argument("--seconds", type=int, default=120, help="of speech per step")
    parser.add_argument("--synthetic", type=float, default=0.5, help="its share of the clips of an epoch")
    parser.add_argument("--consistency", type=float, default=0.0, help="weight of CR-CTC (arXiv 2410.05101)")
    parser.add_argument("--masking", type=float, default=1.0, help="how much of the features SpecAugment hides")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--blocks", type=int, default=8)
    return parser.parse_args()


def loss_of(network: Network, batch: Batch, consistency: float):
    with autocast():
        log_probs, sounds, steps = network(batch.features, batch.frames)
    ctc = batch.pieces.mean_loss(log_probs, steps)
    loss = (1 - HALFWAY_SHARE) * ctc + HALFWAY_SHARE * batch.phonemes.mean_loss(sounds, PHONEME_STEPS * steps)
    if consistency > 0:
        loss = loss + consistency * disagreement(log_probs, steps) / batch.pieces.weight()
    return loss, ctc


def disagreement(log_probs, steps):
    """Of two views of the same clips: each should say what the other said (taken as given)."""
    one, other = log_probs.chunk(2)
    here = (torch.arange(one.shape[1]) < steps[: len(one), None]).unsqueeze(2)
    divergence = F.kl_div(one, other.detach(), reduction="none", log_target=True)
    divergence = divergence + F.kl_div(other, one.detach(), reduction="none", log_target=True)
    return (divergence * here).sum()


class Average:
    """Exponential moving average of the weights; over the latest tenth of the steps at first, never over more than
    the latest few thousand."""

    def __init__(self, network: Network):
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    def add(self, network: Network, step: int) -> None:
        share = max(1 / 1500, 10 / (step + 10))
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value, share)


@torch.no_grad()
def judge(weights: dict, shape: Shape, pieces: Pieces, clips: list[Clip]) -> str:
    """Word error rates, greedy, source by source."""
    network = Network(shape)
    network.load_state_dict(weights)
    network.eval()
    errors: dict[str, WordErrors] = {}
    clips = sorted(clips, key=lambda clip: clip.frames)
    for start in range(0, len(clips), 12):
        batch = clips[start : start + 12]
        features, frames = features_of([normalise_bands(clip.features()) for clip in batch])
        with autocast():
            log_probs, _, steps = network(features, frames)
        for clip, best, length in zip(batch, log_probs.argmax(-1), steps):
            heard = pieces.greedy(best[:length].tolist())
            for source in (clip.source, "all"):
                errors.setdefault(source, WordErrors()).add(clip.text, heard)
    return ", ".join(f"{source} {error.rate:.1%}" for source, error in errors.items())


def optimisers_of(network: Network, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    parameters = list(network.named_parameters())
    matrices = [p for name, p in parameters if options.muon and p.dim() == 2 and "head." not in name]
    rest = [p for _, p in parameters if all(p is not matrix for matrix in matrices)]
    adam = torch.optim.AdamW(
        [
            {"params": [p for p in rest if p.dim() > 1], "weight_decay": 0.02},
            {"params": [p for p in rest if p.dim() <= 1], "weight_decay": 0.0},
        ],
        lr=options.learning_rate,
        betas=(0.9, 0.98),
        fused=True,
    )
    if not matrices:
        return [adam]
    return [adam, Muon(matrices, lr=options.learning_rate, weight_decay=0.02)]


class Run:
    def __init__(self, folder: str, options: argparse.Namespace, pieces: Pieces):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        stored = self._stored()
        begun = torch.load(options.start, map_location="cpu") if options.start and not stored else None
        known = stored or begun
        shape = Shape(**known["shape"]) if known else Shape(len(pieces), options.width, options.blocks)
        # How much to hold the network back depends on how often it has heard the data, so it may change between runs.
        shape = replace(shape, dropout=options.dropout)
        self.network = Network(shape)
        if begun:
            # What the checkpoint does not have yet begins anew.
            self.network.load_state_dict({name: value.float() for name, value in begun["network"].items()}, strict=False)
        self.optimisers = optimisers_of(self.network, options)
        self.step, self.hours = 0, 0.0
        if stored:
            self.network.load_state_dict(stored["network"])
            for optimiser, state in zip(self.optimisers, stored["optimisers"]):
                optimiser.load_state_dict(state)
            self.step, self.hours = stored["step"], stored["hours"]
        self.average = Average(self.network)
        if stored:
            self.average.weights = stored["average"]

    def _stored(self) -> dict | None:
        path = f"{self.folder}/state.pt"
        return torch.load(path, map_location="cpu") if os.path.exists(path) else None

    def follow(self, rate: float) -> None:
        """One step along the gradients."""
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
            optimiser.step()
        self.step += 1
        self.average.add(self.network, self.step)

    def save(self) -> None:
        shape = self.network.shape.fields()
        state = {
            "shape": shape,
            "network": self.network.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "average": self.average.weights,
            "step": self.step,
            "hours": self.hours,
        }
        # Renamed when complete, so that a process killed meanwhile leaves the one before.
        for name, value in (("state", state), ("average", {"shape": shape, "network": self.average.weights})):
            torch.save(value, f"{self.folder}/{name}.part")
            os.replace(f"{self.folder}/{name}.part", f"{self.folder}/{name}.pt")


def main() -> None:
    options = arguments()
    together = Together()
    torch.set_num_threads(options.threads)
    folder = options.run
    if options.decay:
        folder = options.run + "-final"
        if together.first:
            shutil.copytree(options.run, folder, dirs_exist_ok=True)
        together.wait()
    pieces = Pieces.load(options.pieces)
    held_out = read_shards(f"{options.data}/heldout-*")
    run = Run(folder, options, pieces)
    seed = run.step * together.size + together.rank
    torch.manual_seed(seed)
    feeder = Feeder(options, pieces, seed)
    ending = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ending.set())
    parameters = sum(p.numel() for p in run.network.parameters())
    report(f"{parameters / 1e6:.2f} M parameters, from step {run.step}, {run.hours:.1f} h heard")
    begun = saved = logged = time.monotonic()
    losses: list[float] = []
    heard = 0.0
    run.network.train()
    while True:
        batch = feeder.take()
        loss, ctc = loss_of(run.network, batch, options.consistency)
        run.network.zero_grad()
        loss.backward()
        share = (time.monotonic() - begun) / (60 * options.minutes)
        hours = int(batch.frames.sum()) / 360000
        ctc, hours, share, ended = together.average(run.network, ctc.item(), hours, share, float(ending.is_set()))
        if share >= 1 or ended > 0:
            break
        rate = options.learning_rate * min(1, (run.step + 1) / WARM_UP_STEPS) * (1 - share if options.decay else 1)
        run.follow(rate)
        run.hours += hours * together.size
        heard += hours * together.size
        losses.append(ctc)
        if not together.first:
            continue
        now = time.monotonic()
        if run.step % LOG_EVERY_STEPS == 0:
            report(
                f"{time.strftime('%H:%M:%S')} step {run.step} loss {np.mean(losses):.3f} rate {rate:.5f} "
                f"{heard * 3600 / (now - logged):.0f}x real time, {run.hours:.1f} h heard"
            )
            losses, heard, logged = [], 0.0, now
        if run.step % JUDGE_EVERY_STEPS == 0:
            report("   held out: " + judge(run.average.weights, run.network.shape, pieces, held_out))
            logged = time.monotonic()
        if now - saved > SAVE_EVERY_SECONDS:
            run.save()
            saved = now
    if together.first:
        run.save()
        report("   held out: " + judge(run.average.weights, run.network.shape, pieces, held_out))


if __name__ == "__main__":
    main()
