"""A tiny novel in PDNC's format, written for the tests."""

import csv
from pathlib import Path

TEXT = (
    "CHAPTER I\r\n\r\n"
    "“Come in,” said Ada Finch. “It is cold.”\r\n\r\n"
    "“I will,” said\r\nTom.\r\n\r\n"
    "“Are you wet?”\r\n\r\n"
    "“A little, Ada,” he said.\r\n\r\n"
    "“Hurrah!” cried the children.\r\n\r\n"
    "“Hush,” said Mrs. Vane.\r\n"
)
HUGE = 200_000
"""More characters than Python's csv reader takes in one field unless it is told."""


def place(words: str) -> tuple[int, int]:
    """Return where words stand in the text: characters, marks left out."""
    start = TEXT.index(words)
    return start, start + len(words)


# The words of each line, its speaker, who is spoken to, and its type.
LINES = (
    (("Come in,", "It is cold."), "Ada Finch", ["Tom"], "Explicit"),
    (("I will,",), "Tom", ["Ada"], "Explicit"),  # an alias of the one spoken to
    (("Are you wet?",), "Ada", ["Tom"], "Implicit"),  # an alias of the speaker
    (("A little, Ada,",), "Tom", ["Ada Finch"], "Anaphoric"),
    (("Hurrah!",), "_group", ["Ada Finch", "Tom"], "Explicit"),
    (("Hush,",), "Mrs. Vane", ["_group"], "Explicit"),
)
CAST = (
    ("0", "Ada Finch", {"Ada Finch", "Ada", "Miss Finch", "_narr"}, "F", "major"),
    ("1", "Tom", {"Tom"}, "M", "major"),
    ("2", "Mrs. Vane", {"Mrs. Vane"}, "F", "minor"),
    ("3", "_group", {"_group"}, "U", "minor"),
)


def write_novel(folder: Path) -> Path:
    """Write the novel's three files; the quotations in no order."""
    folder.mkdir(parents=True)
    (folder / "novel_text.txt").write_bytes(TEXT.encode())
    with (folder / "character_info.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Character ID", "Main Name", "Aliases", "Gender", "Category"])
        for number, name, aliases, gender, category in CAST:
            rows.writerow([number, name, repr(aliases), gender, category])
    with (folder / "quotation_info.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([
            "quoteID", "quoteText", "subQuotationList", "quoteByteSpans", "speaker", "addressees",
            "quoteType", "referringExpression", "mentionTextsList",
        ])  # fmt: skip
        for number, (words, speaker, addressees, kind) in reversed(list(enumerate(LINES))):
            spans = [list(place(part)) for part in reversed(words)]
            rows.writerow([
                f"Q{number}", " ".join(words), repr(list(words)), repr(spans), speaker,
                repr(addressees), kind, "x" * HUGE if number == 0 else "", "[]",
            ])  # fmt: skip
    return folder
