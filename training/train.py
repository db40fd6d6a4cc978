"""Trains the network on shards of features, for as long as it is left to.

usage: train.py DATA PIECES RUN [--minutes M] [--decay] [--threads N] ...      (train.py --help)

RUN is a folder: `state.pt` holds everything there is to go on from and is written every few minutes and when the process
is asked to end (SIGTERM, Ctrl-C); starting again with the same RUN goes on. `average.pt` is the average of the latest
weights, the network to judge and to export. The learning rate stays where it is until a run with --decay, which takes
it to zero over --minutes in a copy of the run (RUN-final) and so leaves RUN itself to be gone on with.
"""

import argparse
import glob
import os
import queue
import random as plain_random
import shutil
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import torch
import torch.nn.functional as F

from features import normalise_bands
from network import Network, Shape
from pieces import Pieces
from shards import Clip, read_shards
from together import Together, report
from vary import mask, vary
from wer import WordErrors

SAVE_EVERY_SECONDS = 300
JUDGE_EVERY_STEPS = 1000
LOG_EVERY_STEPS = 100
WARM_UP_STEPS = 600
HALFWAY_SHARE = 0.3
#: Clips without speech, in which there is nothing to write.
EMPTY_SHARE = 0.02


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


def tensors_of(features: list[np.ndarray], targets: list[list[int]]):
    frames = torch.tensor([len(one) for one in features])
    # Rounded up: oneDNN prepares its kernels anew for every new shape.
    padded = torch.zeros(len(features), -(-int(frames.max()) // 64) * 64, features[0].shape[1])
    for i, one in enumerate(features):
        padded[i, : len(one)] = torch.from_numpy(one)
    lengths = torch.tensor([len(one) for one in targets])
    return padded, frames, torch.tensor([piece for one in targets for piece in one], dtype=torch.long), lengths


class Feeder:
    """Prepares batches in a thread, a few ahead."""

    def __init__(self, options: argparse.Namespace, pieces: Pieces, seed: int):
        self._options, self._pieces, self._seed = options, pieces, seed
        self._ready: queue.Queue = queue.Queue(4)
        threading.Thread(target=self._work, daemon=True).start()

    def take(self):
        return self._ready.get()

    def _work(self) -> None:
        order, variation = plain_random.Random(self._seed), np.random.default_rng(self._seed)
        views = 2 if self._options.consistency > 0 else 1
        while True:
            clips = epoch_of(self._options.data, self._options.synthetic, order)
            for batch in batches_of(clips, self._options.seconds // views, order):
                targets = [self._pieces.encode(clip.text) for clip in batch]
                varied = [vary(clip.features(), len(target), variation) for clip, target in zip(batch, targets)]
                masked = [mask(one, self._options.masking, variation) for _ in range(views) for one in varied]
                self._ready.put(tensors_of(masked, targets * views))


def loss_of(network: Network, batch, consistency: float):
    features, frames, targets, lengths = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        log_probs, halfway, steps = network(features, frames)
    losses = [
        F.ctc_loss(one.transpose(0, 1), targets, steps, lengths, reduction="none", zero_infinity=True)
        for one in (log_probs, halfway)
    ]
    # Per piece, yet with a floor: else a clip of one letter would weigh as much as a sentence.
    weight = 1 / (lengths.clamp(min=1).float().mean() * len(lengths))
    ctc = losses[0].sum() * weight
    loss = (1 - HALFWAY_SHARE) * ctc + HALFWAY_SHARE * losses[1].sum() * weight
    if consistency > 0:
        loss = loss + consistency * disagreement(log_probs, steps) * weight
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
        features, frames, _, _ = tensors_of([unvaried(clip) for clip in batch], [[]] * len(batch))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            log_probs, _, steps = network(features, frames)
        for clip, best, length in zip(batch, log_probs.argmax(-1), steps):
            heard = pieces.greedy(best[:length].tolist())
            for source in (clip.source, "all"):
                errors.setdefault(source, WordErrors()).add(clip.text, heard)
    return ", ".join(f"{source} {error.rate:.1%}" for source, error in errors.items())


def unvaried(clip: Clip) -> np.ndarray:
    return normalise_bands(clip.features())


def optimisers_of(network: Network, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    parameters = list(network.named_parameters())
    matrices = [p for name, p in parameters if options.muon and p.dim() == 2 and not name.startswith("head.")]
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
    # Its steps are scaled to the size of AdamW's, so that one learning rate fits both.
    muon = torch.optim.Muon(matrices, lr=options.learning_rate, weight_decay=0.02, adjust_lr_fn="match_rms_adamw")
    return [adam, muon]


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
            self.network.load_state_dict({name: value.float() for name, value in begun["network"].items()})
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
        hours = int(batch[1].sum()) / 360000
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
