"""Byte-pair encoding of words (Sennrich et al. 2016), "▁" marking where a word starts.

usage: pieces.py OUT SIZE TEXT...      (files of text, or manifest.json files of speech)
"""

import collections
import json
import sys

from text import normalise

WORD_START = "▁"
BLANK = 0


class Pieces:
    """Piece ids are 1 and up; 0 is CTC's blank."""

    def __init__(self, pieces: list[str], merges: list[list[str]]):
        self.pieces = pieces
        self._ids = {piece: i + 1 for i, piece in enumerate(pieces)}
        self._ranks = {tuple(merge): rank for rank, merge in enumerate(merges)}
        self._cache: dict[str, list[int]] = {}

    @staticmethod
    def load(path: str) -> "Pieces":
        with open(path, encoding="utf8") as file:
            stored = json.load(file)
        return Pieces(stored["pieces"], stored["merges"])

    def __len__(self) -> int:
        return len(self.pieces) + 1

    def encode(self, text: str) -> list[int]:
        return [piece for word in text.split() for piece in self._word(word)]

    def decode(self, ids: list[int]) -> str:
        return "".join(self.pieces[i - 1] for i in ids).replace(WORD_START, " ").strip()

    def greedy(self, best_per_step: list[int]) -> str:
        """CTC's simplest reading: repeats merged, blanks dropped."""
        ids, last = [], BLANK
        for token in best_per_step:
            if token not in (last, BLANK):
                ids.append(token)
            last = token
        return self.decode(ids)

    def _word(self, word: str) -> list[int]:
        if word not in self._cache:
            symbols = list(WORD_START + word)
            while len(symbols) > 1:
                pairs = zip(symbols, symbols[1:])
                rank, at = min((self._ranks.get(pair, 1 << 30), i) for i, pair in enumerate(pairs))
                if rank == 1 << 30:
                    break
                symbols[at : at + 2] = [symbols[at] + symbols[at + 1]]
            self._cache[word] = [self._ids[symbol] for symbol in symbols if symbol in self._ids]
        return self._cache[word]


def learn(texts: list[str], size: int) -> tuple[list[str], list[list[str]]]:
    counts = collections.Counter(WORD_START + word for text in texts for word in text.split())
    split = {word: list(word) for word in counts}
    pieces = sorted({char for word in counts for char in word})
    merges = []
    while len(pieces) < size:
        pairs: collections.Counter = collections.Counter()
        for word, symbols in split.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += counts[word]
        (left, right), _ = max(pairs.items(), key=lambda entry: (entry[1], entry[0]))
        merges.append([left, right])
        pieces.append(left + right)
        for word, symbols in split.items():
            if left in symbols:
                split[word] = _merge(symbols, left, right)
    return pieces, merges


def _merge(symbols: list[str], left: str, right: str) -> list[str]:
    merged, i = [], 0
    while i < len(symbols):
        if symbols[i : i + 2] == [left, right]:
            merged.append(left + right)
            i += 2
        else:
            merged.append(symbols[i])
            i += 1
    return merged


def main() -> None:
    out, size, *paths = sys.argv[1:]
    texts = []
    for path in paths:
        with open(path, encoding="utf8") as file:
            texts += [row["text"] for row in json.load(file)] if path.endswith(".json") else list(file)
    pieces, merges = learn([normalise(text) for text in texts], int(size))
    with open(out, "w", encoding="utf8") as file:
        json.dump({"pieces": pieces, "merges": merges}, file, ensure_ascii=False)


if __name__ == "__main__":
    main()
