"""Synthetic speech and noise without speech, to shards of features.

usage: synthesise.py TEXTS OUT HOURS SEED       OUT/synthetic-SEED-NNN from the .txt files in TEXTS
       synthesise.py noise OUT HOURS SEED       OUT/empty-SEED-NNN: the model must learn to write nothing there
"""

import os
import subprocess
import sys
import tempfile

import numpy as np
import scipy.signal as signal

import augment
from features import SAMPLE_RATE, log_mel
from prepare import LONGEST
from shards import ShardWriter
from voices import speak

CLIPS_PER_SHARD = 500
#: Of each file of texts; dictation is what the app is for, the Bible's words are few and old.
SHARES = {"ljspeech": 0.25, "austen": 0.2, "speech": 0.15, "dictation": 0.15, "wordnet": 0.15, "king-james": 0.1}


class Texts:
    def __init__(self, folder: str):
        self._lines = {}
        for name in SHARES:
            if os.path.exists(f"{folder}/{name}.txt"):
                with open(f"{folder}/{name}.txt", encoding="utf8") as file:
                    self._lines[name] = file.read().splitlines()
        shares = np.array([SHARES[name] for name in self._lines])
        self._shares = shares / shares.sum()
        self._words = sorted({word for lines in self._lines.values() for line in lines for word in line.split()})

    def draw(self, random: np.random.Generator) -> str:
        # Any word in any order: what is heard has to come from the sound, not from what words usually follow.
        if random.random() < 0.12:
            return " ".join(random.choice(self._words, random.integers(2, 9)))
        words = str(random.choice(self._lines[random.choice(list(self._lines), p=self._shares)])).split()
        if random.random() < 0.4:
            length = random.integers(2, 12)
            start = random.integers(0, max(1, len(words) - length))
            words = words[start : start + length]
        return " ".join(words[:40])


def synthetic(text: str, folder: str, random: np.random.Generator) -> tuple[np.ndarray, str]:
    samples, rate, voice = speak(text, folder, random)
    samples = signal.resample_poly(samples, SAMPLE_RATE // 100, rate // 100).astype(np.float32)
    # A tape's speed moves the voice to another size of body, which no synthesiser offers.
    samples = augment.change_speed(samples, random.uniform(0.86, 1.16))
    return augment.distort(samples, random), voice


def without_speech(random: np.random.Generator) -> np.ndarray:
    made = augment.noise(int(random.uniform(0.5, 10) * SAMPLE_RATE), random)
    return augment.set_level(made, random.uniform(-75, -20))


def main() -> None:
    kind, out, hours, seed = sys.argv[1:]
    random = np.random.default_rng(int(seed))
    os.makedirs(out, exist_ok=True)
    texts = None if kind == "noise" else Texts(kind)
    prefix = "empty" if texts is None else "synthetic"
    done, shard = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        while done < float(hours) * 3600:
            writer = ShardWriter(f"{out}/{prefix}-{seed}-{shard:03d}")
            for _ in range(CLIPS_PER_SHARD):
                text = "" if texts is None else texts.draw(random)
                try:
                    samples, source = (
                        (without_speech(random), "noise") if texts is None else synthetic(text, folder, random)
                    )
                except (subprocess.SubprocessError, OSError, RuntimeError):
                    continue  # A voice that fails at a text; there are others.
                if 0.3 < len(samples) / SAMPLE_RATE < LONGEST:
                    writer.add(log_mel(samples), source, text)
                    done += len(samples) / SAMPLE_RATE
            writer.close()
            shard += 1
            print(f"{shard} shards, {done / 3600:.2f} h", flush=True)


if __name__ == "__main__":
    main()
