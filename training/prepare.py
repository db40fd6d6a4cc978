"""Real speech (folders of Ogg Opus chunks with a manifest.json) to shards of features.

usage: prepare.py SPEECH OUT COPY [COPY...]

Copy 0 is the speech as it is, and with it comes OUT/heldout, the readers who are never trained on; every other copy is
another set of rooms, noises, microphones and speeds. Augmenting once per copy, not once per step, keeps the processor
free for training; train.py warps and masks what it reads from here anew every time.
"""

import glob
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import soundfile

import augment
from features import SAMPLE_RATE, log_mel
from shards import ShardWriter
from text import normalise, speakable

LONGEST = 16.2
#: Of so many readers of a folder one is held out, so that weights can be chosen on voices the network has not heard.
HELD_OUT_ONE_IN = {"librispeech-dev-clean": 13, "librispeech-dev-other-part": 6, "common-voice": 6, "an4": 28}
HELD_OUT_CLIPS_PER_READER = 40


def read_clips(folder: str) -> Iterator[tuple[dict, np.ndarray]]:
    with open(f"{folder}/manifest.json", encoding="utf8") as file:
        rows = json.load(file)
    opened, samples = None, np.zeros(0, np.float32)
    for row in rows:
        if row["file"] != opened:
            opened = row["file"]
            samples = read_audio(f"{folder}/{opened}")
        yield row, samples[row["start"] : row["end"]]


def read_audio(path: str) -> np.ndarray:
    """Opus always decodes at 48 kHz in some builds of libsndfile; the manifests count at 16 kHz."""
    samples, rate = soundfile.read(path, dtype="float32")
    if rate != SAMPLE_RATE:
        samples = augment.signal.resample_poly(samples, SAMPLE_RATE, rate).astype(np.float32)
    return samples


def usable(text: str, spoken: str, seconds: float) -> bool:
    return (
        speakable(text)
        and 1 <= len(spoken) <= 300
        and 0.25 < seconds < LONGEST
        and 1 <= len(spoken) / seconds <= 28
    )


def held_out_readers(folder: str, readers: set[str]) -> set[str]:
    one_in = HELD_OUT_ONE_IN.get(os.path.basename(folder))
    if one_in is None:
        return set()
    return set(sorted(readers)[one_in // 2 :: one_in])


def babble_of(clips: list[np.ndarray], random: np.random.Generator) -> Callable[[int], np.ndarray]:
    def babble(length: int) -> np.ndarray:
        mixed = np.zeros(length, np.float32)
        for _ in range(random.integers(3, 8)):
            mixed += np.resize(clips[random.integers(len(clips))], length)
        return mixed

    return babble


def prepare(folder: str, out: str, copy: int) -> None:
    source = os.path.basename(folder)
    if os.path.exists(f"{out}/real-{copy}-{source}.tsv"):
        return
    random = np.random.default_rng([copy, zlib.crc32(source.encode())])
    clips = [
        (row["speaker"], text, samples)
        for row, samples in read_clips(folder)
        if usable(row["text"], text := normalise(row["text"]), len(samples) / SAMPLE_RATE)
    ]
    held_out = held_out_readers(folder, {reader for reader, _, _ in clips})
    babble = babble_of([samples for _, _, samples in clips[:: max(1, len(clips) // 60)]], random)
    kept = ShardWriter(f"{out}/real-{copy}-{source}")
    judged = ShardWriter(f"{out}/heldout-{source}")
    heard: dict[str, int] = {}
    for reader, text, samples in clips:
        if reader in held_out:
            heard[reader] = heard.get(reader, 0) + 1
            if heard[reader] <= HELD_OUT_CLIPS_PER_READER:
                judged.add(log_mel(samples), source, text)
        elif copy == 0:
            kept.add(log_mel(samples), source, text)
        else:
            varied = augment.change_speed(samples, random.uniform(0.87, 1.15))
            if len(varied) <= LONGEST * SAMPLE_RATE:
                kept.add(log_mel(augment.distort(varied, random, babble)), source, text)
    kept.close()
    if copy == 0:
        judged.close()
    print(source, copy, len(clips), f"{len(held_out)} readers held out", flush=True)


def main() -> None:
    speech, out, *copies = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for copy in copies:
        for manifest in sorted(glob.glob(f"{speech}/*/manifest.json")):
            prepare(os.path.dirname(manifest), out, int(copy))


if __name__ == "__main__":
    main()
