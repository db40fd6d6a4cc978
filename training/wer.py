"""Word error rate: insertions, deletions and substitutions per word of the reference."""


class WordErrors:
    def __init__(self) -> None:
        self.errors = 0
        self.words = 0

    def add(self, reference: str, heard: str) -> None:
        self.errors += distance(reference.split(), heard.split())
        self.words += len(reference.split())

    @property
    def rate(self) -> float:
        return self.errors / max(1, self.words)


def distance(reference: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for i, wanted in enumerate(reference, 1):
        above, row = row, [i]
        for j, word in enumerate(heard, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (wanted != word)))
    return row[-1]
