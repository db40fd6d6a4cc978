"""How words are said, from PocketSphinx's dictionary (Debian pocketsphinx-en-us, BSD licence, © Carnegie Mellon
University), so that the lower half of the network can be taught sounds: English spelling tells little of them, and what a
piece of it sounds like is more than 21 hours can teach."""

DICTIONARY = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
SOUNDS = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()
)
#: With CTC's blank, which is 0.
NUMBER = len(SOUNDS) + 1
VOICELESS = {"F", "K", "P", "T", "TH"}
HISSING = {"CH", "JH", "S", "SH", "Z", "ZH"}


def _with_s(sounds: list[str]) -> list[str]:
    if sounds[-1] in HISSING:
        return [*sounds, "IH", "Z"]
    return [*sounds, "S" if sounds[-1] in VOICELESS else "Z"]


class Phonemes:
    def __init__(self, path: str = DICTIONARY):
        self._words: dict[str, list[str]] = {}
        with open(path, encoding="utf8") as file:
            for line in file:
                word, *sounds = line.split()
                self._words[word] = sounds  # Further ways of saying a word stand beside it, as "word(2)".

    def encode(self, text: str) -> list[int] | None:
        """Ids, 1 and up; nothing if the dictionary lacks one of the words."""
        ids = []
        for word in text.split():
            sounds = self._words.get(word)
            if sounds is None and word.endswith("'s") and word[:-2] in self._words:
                sounds = _with_s(self._words[word[:-2]])
            if sounds is None:
                return None
            ids += [SOUNDS.index(sound) + 1 for sound in sounds]
        return ids
