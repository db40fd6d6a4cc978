"""A word trigram model as the ARPA format has it: listed n-grams, and a weight to fall back to the shorter context with.
"""

import gzip
import heapq
import itertools
import math
from dataclasses import dataclass

START, END, UNKNOWN = "<s>", "</s>", "<unk>"
#: Of a word that a model does not know, and the least that is written down.
LEAST = 1e-7

Words = tuple[str, ...]


@dataclass
class BackoffModel:
    """`probability[n]` has the n-grams of n + 1 words, `backoff` their contexts' weights; neither in logarithms."""

    probability: list[dict[Words, float]]
    backoff: dict[Words, float]

    def of(self, ngram: Words) -> float:
        """Of the last word after the others."""
        listed = self.probability[len(ngram) - 1].get(ngram)
        if listed is not None:
            return listed
        if len(ngram) == 1:
            return LEAST
        return self.backoff.get(ngram[:-1], 1.0) * self.of(ngram[1:])

    def renormalise(self, order: int) -> None:
        """The weight of a context: what its listed words leave, per what the shorter context would give."""
        kept: dict[Words, float] = {}
        shorter: dict[Words, float] = {}
        for ngram, probability in self.probability[order].items():
            context = ngram[:-1]
            kept[context] = kept.get(context, 0.0) + probability
            shorter[context] = shorter.get(context, 0.0) + self.of(ngram[1:])
        for context in [context for context in self.backoff if len(context) == order]:
            del self.backoff[context]
        for context, share in kept.items():
            self.backoff[context] = max(1e-6, 1 - share) / max(1e-6, 1 - shorter[context])

    def prune(self, most: int) -> None:
        """Relative-entropy pruning (Stolcke 1998, arXiv cs/0006025): away with the pairs and triples that change least."""
        losses = {ngram: self._loss(ngram) for ngram in itertools.chain(*self.probability[1:])}
        kept = set(heapq.nlargest(most, losses, losses.__getitem__))
        self.probability[2] = {ngram: p for ngram, p in self.probability[2].items() if ngram in kept}
        kept.update(ngram[:-1] for ngram in self.probability[2])
        self.probability[1] = {ngram: p for ngram, p in self.probability[1].items() if ngram in kept}
        for order in (1, 2):
            self.renormalise(order)

    def _loss(self, ngram: Words) -> float:
        """What the mean log-probability loses, the change of the context's weight left out."""
        context = ngram[:-1]
        listed = self.probability[len(ngram) - 1][ngram]
        instead = self.backoff.get(context, 1.0) * self.of(ngram[1:])
        return self._frequency(context) * listed * math.log(max(listed, 1e-12) / max(instead, 1e-12))

    def _frequency(self, context: Words) -> float:
        # Every sentence starts once, which the unigram of its start does not say; there are some twenty words in it.
        first = 0.05 if context[0] == START else self.of(context[:1])
        return first * math.prod(self.of(context[: i + 1]) for i in range(1, len(context)))

    def write(self, path: str) -> None:
        """An .arpa.gz. Two decimals: more cannot be heard and pack worse."""
        with gzip.open(path, "wt", encoding="utf8", compresslevel=9) as file:
            file.write("\\data\\\n")
            for order, table in enumerate(self.probability, 1):
                file.write(f"ngram {order}={len(table)}\n")
            for order, table in enumerate(self.probability, 1):
                file.write(f"\n\\{order}-grams:\n")
                for ngram, probability in sorted(table.items()):
                    line = f"{math.log10(max(probability, 1e-9)):.2f}\t{' '.join(ngram)}"
                    if ngram in self.backoff:
                        line += f"\t{math.log10(self.backoff[ngram]):.2f}"
                    file.write(line + "\n")
            file.write("\n\\end\\\n")


def trigrams_of(sentence: list[str], words: set[str]) -> list[Words]:
    """Each word of a sentence and its end, with the two before; what no model can know is left out."""
    padded = [START, *(word if word in words else UNKNOWN for word in sentence), END]
    return [tuple(padded[max(0, i - 2) : i + 1]) for i in range(1, len(padded)) if padded[i] != UNKNOWN]


def perplexity(model: BackoffModel, trigrams: list[Words]) -> float:
    return math.exp(-sum(math.log(model.of(ngram)) for ngram in trigrams) / max(1, len(trigrams)))


def mixing_weights(models: list[BackoffModel], trigrams: list[Words]) -> list[float]:
    """By expectation maximisation: how much of each model the text is."""
    given = [[model.of(ngram) for model in models] for ngram in trigrams]
    weights = [1 / len(models)] * len(models)
    for _ in range(30):
        shares = [0.0] * len(models)
        for probabilities in given:
            total = sum(w * p for w, p in zip(weights, probabilities))
            for i, probability in enumerate(probabilities):
                shares[i] += weights[i] * probability / total
        weights = [share / len(given) for share in shares]
    return weights


def mix(models: list[BackoffModel], weights: list[float], words: set[str]) -> BackoffModel:
    """Of linearly mixed probabilities, over the n-grams any of them lists."""
    known = words | {START, END, UNKNOWN}
    mixed = BackoffModel([], {})
    for order in range(3):
        table: dict[Words, float] = {}
        for ngram in itertools.chain.from_iterable(model.probability[order] for model in models):
            if ngram not in table and known.issuperset(ngram):
                table[ngram] = sum(weight * model.of(ngram) for weight, model in zip(weights, models))
        mixed.probability.append(table)
        if order:
            mixed.renormalise(order)
    return mixed
