"""Reads the English trigram model of PocketSphinx (Debian pocketsphinx-en-us, BSD licence, © Carnegie Mellon University
and Alpha Cephei Inc.), whose own tools do not write it out whole.

The file: "Trie Language Model", the order (one byte), the number of n-grams of each order, the kind of quantisation;
three tables of 65,536 floats (probabilities and weights of pairs, probabilities of triples); a row per word
(probability, weight, where its pairs begin); pairs and triples packed bit by bit; the words. It is a trie from the last
word to the first. Probabilities are logarithms to the base 1.0001. All numbers are little-endian.
"""

import math
import struct

import numpy as np

from backoff import BackoffModel

MODEL = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin"
MAGIC = b"Trie Language Model"
QUANTISED = 16
LEVELS = 1 << QUANTISED
UNIGRAM = np.dtype([("probability", "<f4"), ("weight", "<f4"), ("next", "<u4")])


class _Bits:
    """Rows of so many bits each, and the fields in them."""

    def __init__(self, packed: np.ndarray, rows: int, width: int):
        self._packed = np.concatenate([packed, np.zeros(8, np.uint8)])
        self._starts = np.arange(rows, dtype=np.int64) * width

    def field(self, offset: int, width: int) -> np.ndarray:
        at = self._starts + offset
        value = np.zeros(len(at), np.uint64)
        for i in range(6):
            value |= self._packed[(at >> 3) + i].astype(np.uint64) << np.uint64(8 * i)
        return ((value >> (at & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)).astype(np.int64)


class _Reader:
    def __init__(self, data: bytes):
        self._data, self._at = data, 0

    def array(self, kind: np.dtype | str, number: int) -> np.ndarray:
        found = np.frombuffer(self._data, kind, number, self._at)
        self._at += found.nbytes
        return found

    def bits(self, rows: int, width: int) -> _Bits:
        """After the last row there is one more, for where the n-grams of the last one end, and room to read beyond it."""
        return _Bits(self.array(np.uint8, ((1 + rows) * width + 7) // 8 + 8), 1 + rows, width)


def read_sphinx_model(path: str = MODEL) -> BackoffModel:
    with open(path, "rb") as file:
        data = file.read()
    order = data[len(MAGIC)]
    if not data.startswith(MAGIC) or order != 3:
        raise ValueError(f"{path}: no trigram model of PocketSphinx")
    reader = _Reader(data[len(MAGIC) + 1 :])
    words_number, pairs_number, triples_number = reader.array("<u4", 3).tolist()
    reader.array("<u4", 1)
    pair_levels, weight_levels, triple_levels = (reader.array("<f4", LEVELS) for _ in range(3))
    unigrams = reader.array(UNIGRAM, words_number + 1)
    word_bits, next_bits = words_number.bit_length(), triples_number.bit_length()
    pairs = reader.bits(pairs_number, word_bits + 2 * QUANTISED + next_bits)
    triples = reader.bits(triples_number, word_bits + QUANTISED)
    size = int(reader.array("<u4", 1)[0])
    words = reader.array(np.uint8, size).tobytes().decode("utf8", "replace").split("\0")[:words_number]

    pair_counts = np.diff(unigrams["next"].astype(np.int64))
    number = int(pair_counts.sum())
    last = np.repeat(np.arange(words_number), pair_counts)
    first = pairs.field(0, word_bits)[:number]
    weights = weight_levels[pairs.field(word_bits, QUANTISED)[:number]]
    pair_values = pair_levels[pairs.field(word_bits + QUANTISED, QUANTISED)[:number]]
    triple_counts = np.diff(pairs.field(word_bits + 2 * QUANTISED, next_bits)[: number + 1])
    above = np.repeat(np.arange(number), triple_counts)
    furthest = triples.field(0, word_bits)[: len(above)]
    triple_values = triple_levels[triples.field(word_bits, QUANTISED)[: len(above)]]

    base = math.log(1.0001)
    named = np.array(words, object)
    listed = [
        dict(zip(((word,) for word in words), np.exp(unigrams["probability"][:-1] * base).tolist())),
        dict(zip(zip(named[first], named[last]), np.exp(pair_values * base).tolist())),
        dict(zip(zip(named[furthest], named[first[above]], named[last[above]]), np.exp(triple_values * base).tolist())),
    ]
    backoff = dict(zip(listed[0], np.exp(unigrams["weight"][:-1] * base).tolist()))
    backoff.update(zip(listed[1], np.exp(weights * base).tolist()))
    return BackoffModel(listed, backoff)
