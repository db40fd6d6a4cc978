"""A word trigram model in the ARPA format from the sentences of texts.py, small enough to ship.

usage: language_model.py TEXTS OUT NGRAMS [DATA]

OUT is an .arpa.gz; NGRAMS is how many pairs and triples it may have; DATA holds the held-out clips to report on.

Interpolated Kneser-Ney smoothing (Chen & Goodman 1999) per source; the sources are mixed by what they are the
held-out readers' sentences; then relative-entropy pruning (Stolcke 1998, arXiv cs/0006025). Words seen once are kept only
if a dictionary knows them, and its other words are possible too. Probabilities have two decimals: that costs nothing
that can be heard and packs well.
"""

import collections
import gzip
import math
import os
import re
import sys

#: How often each source is counted, by the perplexity of the held-out readers' sentences. Old words stay rare.
WEIGHTS = {"speech": 2, "ljspeech": 1, "austen": 1, "wordnet": 1, "dictation": 0.3, "king-james": 0.3}
DICTIONARY = "/usr/share/dict/words"
#: What a word of the dictionary that no sentence has counts among those that some have.
UNSEEN = 0.1
START, END, UNKNOWN = "<s>", "</s>", "<unk>"

Words = tuple[str, ...]


def read(folder: str) -> list[tuple[float, list[str]]]:
    found = []
    for name, weight in WEIGHTS.items():
        if os.path.exists(f"{folder}/{name}.txt"):
            with open(f"{folder}/{name}.txt", encoding="utf8") as file:
                found += [(weight, line.split()) for line in file]
    return found


def dictionary() -> set[str]:
    """Without names and possessives, which an ending makes of any word."""
    with open(DICTIONARY, encoding="utf8") as file:
        return {word for word in file.read().split("\n") if re.fullmatch("[a-z]{2,14}", word)}


def vocabulary(sentences: list[tuple[float, list[str]]], known: set[str]) -> set[str]:
    seen = collections.Counter(word for _, sentence in sentences for word in sentence)
    return {word for word, times in seen.items() if times > 1 or word in known}


def count(sentences: list[tuple[float, list[str]]], words: set[str]) -> list[dict[Words, float]]:
    counts: list[dict[Words, float]] = [collections.defaultdict(float) for _ in range(3)]
    for weight, sentence in sentences:
        padded = [START, *(word if word in words else UNKNOWN for word in sentence), END]
        for i in range(1, len(padded)):
            for order in range(min(3, i + 1)):
                counts[order][tuple(padded[i - order : i + 1])] += weight
    return counts


class Model:
    """Probabilities of listed n-grams and back-off weights of their contexts, not in logarithms."""

    def __init__(self, counts: list[dict[Words, float]], known: set[str]):
        self.probability: list[dict[Words, float]] = []
        self.backoff: dict[Words, float] = {}
        self._seen: dict[Words, float] = collections.defaultdict(float)
        for table in counts[1:]:
            for ngram, times in table.items():
                self._seen[ngram[:-1]] += times
        tables = _continuations(counts)
        tables[0].update(((word,), UNSEEN) for word in known if (word,) not in tables[0])
        for order, table in enumerate(tables):
            self._smooth(order, table)

    def _smooth(self, order: int, table: dict[Words, float]) -> None:
        discounts = _discounts(table)
        totals: dict[Words, float] = collections.defaultdict(float)
        freed: dict[Words, float] = collections.defaultdict(float)
        for ngram, times in table.items():
            totals[ngram[:-1]] += times
            freed[ngram[:-1]] += min(times, _discount(discounts, times))
        listed = {}
        for ngram, times in table.items():
            context = ngram[:-1]
            share = freed[context] / totals[context]
            lower = self.of(ngram[1:]) if order else 1 / (len(table) + 1)
            listed[ngram] = max(0.0, times - _discount(discounts, times)) / totals[context] + share * lower
        if order:
            self.backoff.update((context, freed[context] / totals[context]) for context in totals)
        self.probability.append(listed)

    def of(self, ngram: Words) -> float:
        listed = self.probability[len(ngram) - 1].get(ngram)
        if listed is not None:
            return listed
        if len(ngram) == 1:
            return 1e-7
        return self.backoff.get(ngram[:-1], 1.0) * self.of(ngram[1:])

    def prune(self, most: int) -> None:
        """Takes away the triples, then the pairs, whose loss changes the model least."""
        sizes = [len(table) for table in self.probability]
        share = min(1.0, most / (sizes[1] + sizes[2]))
        for order in (2, 1):
            self._prune(order, int(share * sizes[order]))

    def _prune(self, order: int, most: int) -> None:
        table = self.probability[order]
        needed = {ngram[:-1] for ngram in self.probability[order + 1]} if order < 2 else set()
        losses = sorted(((self._loss(ngram), ngram) for ngram in table if ngram not in needed), reverse=True)
        for _, ngram in losses[max(0, most - len(needed)) :]:
            del table[ngram]
        self._renormalise(order)

    def _loss(self, ngram: Words) -> float:
        """What the mean log-probability loses, the change of the context's back-off weight left out."""
        context = ngram[:-1]
        listed = self.probability[len(ngram) - 1][ngram]
        instead = self.backoff[context] * self.of(ngram[1:])
        return self._seen[context] * listed * math.log(max(listed, 1e-12) / max(instead, 1e-12))

    def _renormalise(self, order: int) -> None:
        """The back-off weight of a context: what its listed words leave, per what the shorter context would give."""
        kept: dict[Words, float] = collections.defaultdict(float)
        shorter: dict[Words, float] = collections.defaultdict(float)
        for ngram, probability in self.probability[order].items():
            kept[ngram[:-1]] += probability
            shorter[ngram[:-1]] += self.of(ngram[1:])
        for context in [context for context in self.backoff if len(context) == order]:
            if context in kept:
                self.backoff[context] = max(1e-6, 1 - kept[context]) / max(1e-6, 1 - shorter[context])
            else:
                del self.backoff[context]

    def write(self, path: str) -> None:
        with gzip.open(path, "wt", encoding="utf8", compresslevel=9) as file:
            unigrams = {(START,): 1e-9, **self.probability[0]}
            tables = [unigrams, *self.probability[1:]]
            file.write("\\data\\\n")
            for order, table in enumerate(tables, 1):
                file.write(f"ngram {order}={len(table)}\n")
            for order, table in enumerate(tables, 1):
                file.write(f"\n\\{order}-grams:\n")
                for ngram, probability in sorted(table.items()):
                    line = f"{math.log10(max(probability, 1e-9)):.2f}\t{' '.join(ngram)}"
                    if ngram in self.backoff:
                        line += f"\t{math.log10(self.backoff[ngram]):.2f}"
                    file.write(line + "\n")
            file.write("\n\\end\\\n")

    def perplexity(self, sentences: list[list[str]], words: set[str]) -> float:
        """Per known word; an unknown one is left out, since no model of so many words can tell which it is."""
        total, number = 0.0, 0
        for sentence in sentences:
            padded = [START, *(word if word in words else UNKNOWN for word in sentence), END]
            for i in range(1, len(padded)):
                if padded[i] != UNKNOWN:
                    total += math.log(self.of(tuple(padded[max(0, i - 2) : i + 1])))
                    number += 1
        return math.exp(-total / max(1, number))


def _continuations(counts: list[dict[Words, float]]) -> list[dict[Words, float]]:
    """Kneser-Ney: below the highest order it counts after how many words a word came, not how often."""
    tables = [counts[2]]
    for order in (1, 0):
        lower: dict[Words, float] = collections.defaultdict(float)
        for ngram in counts[order + 1]:
            lower[ngram[1:]] += 1
        # Nothing comes before the start of a sentence.
        lower.update((ngram, times) for ngram, times in counts[order].items() if ngram[0] == START)
        tables.insert(0, lower)
    # Pairs at the start of a sentence have no triple above them, so a triple table holds longer contexts only.
    tables[2] = {ngram: times for ngram, times in tables[2].items() if len(ngram) == 3}
    return tables


def _discounts(table: dict[Words, float]) -> list[float]:
    """Of n-grams counted once, twice, more often (modified Kneser-Ney)."""
    seen = collections.Counter(min(5, max(1, round(times))) for times in table.values())
    once, twice, thrice, four = (max(1, seen[times]) for times in (1, 2, 3, 4))
    base = once / (once + 2 * twice)
    estimates = [1 - 2 * base * twice / once, 2 - 3 * base * thrice / twice, 3 - 4 * base * four / thrice]
    return [min(max(estimate, 0.3), limit) for estimate, limit in zip(estimates, (0.95, 1.6, 2.2))]


def _discount(discounts: list[float], times: float) -> float:
    return discounts[min(3, max(1, round(times))) - 1]


def main() -> None:
    texts, out, most = sys.argv[1:4]
    sentences = read(texts)
    known = dictionary()
    words = vocabulary(sentences, known)
    model = Model(count(sentences, words), known)
    words |= known
    held_out = []
    if len(sys.argv) > 4:
        from shards import read_shards

        held_out = [clip.text.split() for clip in read_shards(f"{sys.argv[4]}/heldout-librispeech*")]
        unknown = sum(word not in words for sentence in held_out for word in sentence)
        total = sum(len(sentence) for sentence in held_out)
        print(f"held out: {unknown / total:.1%} unknown, perplexity {model.perplexity(held_out, words):.0f}", flush=True)
    print(f"{len(words)} words, {[len(table) for table in model.probability]} n-grams", flush=True)
    model.prune(int(most))
    if held_out:
        print(f"held out, pruned: perplexity {model.perplexity(held_out, words):.0f}", flush=True)
    model.write(out)
    print(f"{[len(table) for table in model.probability]} n-grams, {os.path.getsize(out)} bytes", flush=True)


if __name__ == "__main__":
    main()
