"""A trigram model from sentences: interpolated, modified Kneser-Ney smoothing (Chen & Goodman 1999)."""

import collections
from collections.abc import Iterable

from backoff import END, START, UNKNOWN, BackoffModel, Words

Table = dict[Words, float]


def estimate(sentences: Iterable[tuple[float, list[str]]], words: set[str]) -> BackoffModel:
    """Of sentences that count so often each; every other word is taken for the unknown one."""
    tables = _continuations(_count(sentences, words))
    model = BackoffModel([], {})
    for order, table in enumerate(tables):
        _smooth(model, order, table)
    model.probability[0].setdefault((START,), 1e-9)
    return model


def _count(sentences: Iterable[tuple[float, list[str]]], words: set[str]) -> list[Table]:
    counts: list[Table] = [collections.defaultdict(float) for _ in range(3)]
    for weight, sentence in sentences:
        padded = [START, *(word if word in words else UNKNOWN for word in sentence), END]
        for i in range(1, len(padded)):
            for order in range(min(3, i + 1)):
                counts[order][tuple(padded[i - order : i + 1])] += weight
    return counts


def _continuations(counts: list[Table]) -> list[Table]:
    """Below the highest order it counts after how many words a word came, not how often."""
    tables = [counts[2]]
    for order in (1, 0):
        lower: Table = collections.defaultdict(float)
        for ngram in counts[order + 1]:
            lower[ngram[1:]] += 1
        # Nothing comes before the start of a sentence.
        lower.update((ngram, times) for ngram, times in counts[order].items() if ngram[0] == START)
        tables.insert(0, lower)
    return tables


def _smooth(model: BackoffModel, order: int, table: Table) -> None:
    discounts = _discounts(table)
    totals: Table = collections.defaultdict(float)
    freed: Table = collections.defaultdict(float)
    for ngram, times in table.items():
        totals[ngram[:-1]] += times
        freed[ngram[:-1]] += min(times, _discount(discounts, times))
    listed = {}
    for ngram, times in table.items():
        context = ngram[:-1]
        share = freed[context] / totals[context]
        lower = model.of(ngram[1:]) if order else 1 / (len(table) + 1)
        listed[ngram] = max(0.0, times - _discount(discounts, times)) / totals[context] + share * lower
    if order:
        model.backoff.update((context, freed[context] / totals[context]) for context in totals)
    model.probability.append(listed)


def _discounts(table: Table) -> list[float]:
    """Of n-grams counted once, twice, more often."""
    seen = collections.Counter(min(5, max(1, round(times))) for times in table.values())
    once, twice, thrice, four = (max(1, seen[times]) for times in (1, 2, 3, 4))
    base = once / (once + 2 * twice)
    estimates = [1 - 2 * base * twice / once, 2 - 3 * base * thrice / twice, 3 - 4 * base * four / thrice]
    return [min(max(estimate, 0.3), limit) for estimate, limit in zip(estimates, (0.95, 1.6, 2.2))]


def _discount(discounts: list[float], times: float) -> float:
    return discounts[min(3, max(1, round(times))) - 1]
