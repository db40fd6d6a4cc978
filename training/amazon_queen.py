"""The spoken lines of the adventure game Flight of the Amazon Queen (1995), which its makers gave away, as a folder of
speech that prepare.py reads: about thirty characters, acted, many accents.

usage: amazon_queen.py OUT [GAME]       GAME: queen.1c of Debian's flight-of-the-amazon-queen, which has every line spoken

The game names the recording of a line after where the line stands in its scripts, so the texts are found by going
through those: dialogue (.DOG), scenes (.CUT), and what the hero says of things (QUEEN2.JAS). Recordings are MP3 at
11 kHz, so there is nothing above 5.5 kHz in them.
"""

import io
import json
import os
import re
import struct
import sys
from collections.abc import Iterator

import numpy as np
import soundfile

from augment import signal
from features import SAMPLE_RATE

GAME = "/usr/share/scummvm/flight-of-the-amazon-queen/queen.1c"
HERO = "JOE"
#: Before the lines about things the game has 41 names of what one can do with them.
NAMES_OF_ACTIONS = 41
LINES_PER_FILE = 500
#: A recording that holds so few or so many letters a second is of another line.
LETTERS_A_SECOND = (5, 25)


class Game:
    """The one file of the game: a table of names, then their contents. Numbers are big-endian."""

    def __init__(self, path: str):
        with open(path, "rb") as file:
            self._bytes = file.read()
        number = struct.unpack_from(">H", self._bytes, 13)[0]
        self.files: dict[str, tuple[int, int]] = {}
        for i in range(number):
            name, start, size = struct.unpack_from(">12sxII", self._bytes, 15 + 21 * i)
            self.files[name.rstrip(b"\0 ").decode("latin1")] = (start, size)

    def read(self, name: str, skip: int = 0) -> bytes:
        start, size = self.files[name]
        return self._bytes[start + skip : start + size]

    def named(self, ending: str) -> list[str]:
        return [name for name in self.files if name.endswith(ending)]


class Strings:
    """A script of the game: 16 bit numbers, and strings that begin with their length."""

    def __init__(self, script: bytes):
        self._script = script

    def number(self, at: int) -> int:
        return struct.unpack_from(">h", self._script, at)[0]

    def string(self, at: int, multiple: int) -> tuple[str, int]:
        """The string, and where what follows it begins, which is at a multiple of some bytes."""
        length, at = self._script[at], at + 1
        if length == 0:
            return "", at
        end = -(-(at + length) // multiple) * multiple
        return self._script[at : at + length].decode("cp437"), end


def parts(line: str) -> list[str]:
    """A line is recorded in parts, between marks that move the one who speaks."""
    return re.split(r"\*(?:XY.{11}|..)", line, flags=re.DOTALL)


def dialogue(game: Game) -> Iterator[tuple[str, str, str]]:
    """(name of the recording without the part's number, line, character)"""
    for name in game.named(".DOG"):
        script, other = Strings(game.read(name, 20)), name[:-4].rstrip("0123456789")
        key = script.number(4)
        answers = 32 + 96 * abs(script.number(0))
        for who, letter, at, number in (
            (HERO, "J", answers, script.number(6) + 1),
            (other, "P", script.number(22) & 0xFFFF, script.number(8)),
        ):
            try:
                for i in range(number):
                    place = script.number(at + 2) & 0xFFFF
                    line, at = script.string(at + 4, 4)
                    if i == 0 and letter == "J":
                        yield f"{key:2d}SSSS{letter}", line, who
                    yield f"{key:2d}{place:4x}{letter}", line, who
            except (IndexError, struct.error):
                pass  # A list may end early.
        try:
            last, at = script.string(script.number(26) & 0xFFFF, 2)
            yield f"{key:2d}XXXXP", last, other
            yield f"{key:2d}XXXXJ", script.string(at, 2)[0], HERO
        except (IndexError, struct.error):
            pass


def scenes(game: Game) -> Iterator[tuple[str, str, str]]:
    for name in game.named(".CUT"):
        script = Strings(game.read(name, 20))
        at = script.number(8)
        try:
            for i in range(abs(script.number(2))):
                line, at = script.string(at, 2)
                yield f"{(name[:-4] + '_____')[:5]}{i:02d}", line, "scenes"
        except (IndexError, struct.error):
            pass


def about_things(game: Game) -> Iterator[tuple[str, str, str]]:
    for i, line in enumerate(game.read("QUEEN2.JAS").decode("cp437").replace("\r", "").split("\n")):
        yield f"{HERO}{i + NAMES_OF_ACTIONS:04d}", line, HERO


def spoken_lines(game: Game) -> Iterator[tuple[np.ndarray, str, str]]:
    """(samples at 16 kHz, text, character)"""
    texts = {
        f"{name}{i:x}.SB".replace(" ", "0").upper(): (part.strip(), who)
        for source in (dialogue, scenes, about_things)
        for name, line, who in source(game)
        for i, part in enumerate(parts(line), 1)
        if part.strip()
    }
    for name in sorted(texts.keys() & game.files.keys()):
        text, who = texts[name]
        try:
            samples, rate = soundfile.read(io.BytesIO(game.read(name)), dtype="float32")
        except soundfile.LibsndfileError:
            continue
        low, high = (len(samples) / rate * letters for letters in LETTERS_A_SECOND)
        if low <= len(text) <= high:
            yield signal.resample_poly(samples, SAMPLE_RATE, rate).astype(np.float32), text, who


def main() -> None:
    out, path = sys.argv[1], (sys.argv[2:] or [GAME])[0]
    os.makedirs(out, exist_ok=True)
    rows, chunk, length = [], [], 0
    for samples, text, who in spoken_lines(Game(path)):
        name = f"{len(rows) // LINES_PER_FILE:03d}.flac"
        if rows and rows[-1]["file"] != name:
            soundfile.write(f"{out}/{rows[-1]['file']}", np.concatenate(chunk), SAMPLE_RATE)
            chunk, length = [], 0
        rows.append({"file": name, "start": length, "end": length + len(samples), "text": text, "speaker": who})
        chunk.append(samples)
        length += len(samples)
    soundfile.write(f"{out}/{rows[-1]['file']}", np.concatenate(chunk), SAMPLE_RATE)
    with open(f"{out}/manifest.json", "w", encoding="utf8") as file:
        json.dump(rows, file)
    hours = sum(row["end"] - row["start"] for row in rows) / SAMPLE_RATE / 3600
    print(f"{len(rows)} lines, {hours:.2f} h")


if __name__ == "__main__":
    main()
