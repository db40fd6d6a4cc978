"""A word trigram model in the ARPA format from the sentences of texts.py, small enough to ship.

usage: language_model.py TEXTS OUT NGRAMS DATA

OUT is an .arpa.gz; NGRAMS is how many pairs and triples it may have; DATA holds the held-out readers' clips. Texts of
one kind make a model each; these, and PocketSphinx's, are mixed by what the held-out readers' sentences are, then pruned.
Words seen once are kept only if a dictionary knows them, and its other words are possible too.
"""

import collections
import os
import re
import sys

from backoff import BackoffModel, mix, mixing_weights, perplexity, trigrams_of
from kneser_ney import estimate
from shards import read_shards
from sphinx_model import MODEL, read_sphinx_model

#: Of each kind its texts, and how often each is counted.
KINDS = {
    "stories": {"speech": 2, "ljspeech": 1, "austen": 1, "moby-dick": 1, "wordnet": 1, "dictation": 0.3},
    "sermons": {"king-james": 1, "spurgeon": 1, "henry": 1},
}
DICTIONARY = "/usr/share/dict/words"
#: A word of the dictionary that no text has; and the least that a word of PocketSphinx alone must have, lest a thousand
#: names are carried that nobody says.
UNSEEN, RARE = 3e-7, 4e-7


def read(folder: str, texts: dict[str, float]) -> list[tuple[float, list[str]]]:
    found = []
    for name, weight in texts.items():
        if os.path.exists(f"{folder}/{name}.txt"):
            with open(f"{folder}/{name}.txt", encoding="utf8") as file:
                found += [(weight, line.split()) for line in file]
    return found


def dictionary() -> set[str]:
    """Without names and possessives, which an ending makes of any word."""
    with open(DICTIONARY, encoding="utf8") as file:
        return {word for word in file.read().split("\n") if re.fullmatch("[a-z]{2,14}", word)}


def main() -> None:
    folder, out, most, data = sys.argv[1:]
    sentences = {kind: read(folder, texts) for kind, texts in KINDS.items()}
    known = dictionary()
    seen = collections.Counter(word for kind in sentences.values() for _, sentence in kind for word in sentence)
    words = {word for word, times in seen.items() if times > 1 or word in known}
    models: dict[str, BackoffModel] = {kind: estimate(sentences[kind], words) for kind in KINDS}
    if os.path.exists(MODEL):
        sphinx = models["pocketsphinx"] = read_sphinx_model()
        words |= {
            word
            for (word,), probability in sphinx.probability[0].items()
            if re.fullmatch("[a-z']+", word) and (word in known or probability > RARE)
        }
    words |= known
    judged = [clip.text.split() for clip in read_shards(f"{data}/heldout-librispeech*")]
    unknown = sum(word not in words for sentence in judged for word in sentence) / sum(map(len, judged))
    trigrams = [ngram for sentence in judged for ngram in trigrams_of(sentence, words)]
    print(f"{len(words)} words; held out: {unknown:.1%} unknown", flush=True)
    weights = mixing_weights(list(models.values()), trigrams)
    for (kind, model), weight in zip(models.items(), weights):
        print(f"{kind}: perplexity {perplexity(model, trigrams):.0f}, weight {weight:.2f}", flush=True)
    model = mix(list(models.values()), weights, words)
    for word in words:
        model.probability[0].setdefault((word,), UNSEEN)
    print(f"mixed: perplexity {perplexity(model, trigrams):.0f}, {[len(t) for t in model.probability]} n-grams", flush=True)
    model.prune(int(most))
    print(f"pruned: perplexity {perplexity(model, trigrams):.0f}, {[len(t) for t in model.probability]} n-grams", flush=True)
    model.write(out)
    print(f"{os.path.getsize(out)} bytes", flush=True)


if __name__ == "__main__":
    main()
