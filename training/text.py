"""The form in which text is trained on: lower case, a to z and apostrophes, single spaces."""

import re
import unicodedata

_ABBREVIATIONS = {
    "mr.": "mister",
    "mrs.": "missus",
    "dr.": "doctor",
    "st.": "saint",
    "&": "and",
}


def normalise(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("‘", "'"))
    text = " ".join(_ABBREVIATIONS.get(word, word) for word in text.split())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"[^a-z' ]+", " ", text)
    # Apostrophes that quote rather than join.
    text = re.sub(r"(^| )'+|'+(?= |$)", " ", text)
    return " ".join(text.split())


def speakable(text: str) -> bool:
    """Digits and signs are read in many ways; a text that has them does not say what was said."""
    return re.search(r"[0-9@#$%^*<>|_/=+~\[\]{}\\]", text) is None
