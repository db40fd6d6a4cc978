"""Features on disk: NAME.npy holds the frames of many clips one after another as float16, NAME.tsv a line per clip
(frames, source, text). Memory-mapped when read, so that the operating system decides what stays in memory."""

import glob
import os
from dataclasses import dataclass

import numpy as np

from features import BANDS


@dataclass(frozen=True)
class Clip:
    frames: int
    source: str
    text: str
    shard: np.ndarray
    start: int

    def features(self) -> np.ndarray:
        return np.asarray(self.shard[self.start : self.start + self.frames], np.float32)


class ShardWriter:
    def __init__(self, path: str):
        self._path = path
        self._features: list[np.ndarray] = []
        self._lines: list[str] = []

    def add(self, features: np.ndarray, source: str, text: str) -> None:
        self._features.append(features.astype(np.float16))
        self._lines.append(f"{len(features)}\t{source}\t{text}\n")

    def close(self) -> None:
        if not self._features:
            return
        np.save(self._path + ".npy", np.concatenate(self._features))
        # Written last and renamed: a training that is running sees whole shards only.
        with open(self._path + ".part", "w", encoding="utf8") as file:
            file.writelines(self._lines)
        os.replace(self._path + ".part", self._path + ".tsv")
        self._features, self._lines = [], []


def read_shards(pattern: str) -> list[Clip]:
    """`pattern` without extension, as in 'data/real-*'."""
    clips = []
    for listing in sorted(glob.glob(pattern + ".tsv")):
        shard = np.load(listing[:-4] + ".npy", mmap_mode="r")
        assert shard.shape[1] == BANDS
        start = 0
        with open(listing, encoding="utf8") as file:
            for line in file:
                frames, source, text = line.rstrip("\n").split("\t")
                clips.append(Clip(int(frames), source, text, shard, start))
                start += int(frames)
    return clips
