"""A tiny LitBank, written for the tests: one tokenized text, annotated, and its book."""

from pathlib import Path

BOOK = (
    "THE HATS\n\n\n"
    "“Come in,” said Ada Finch to her\nbrother. “It is cold.”\n\n"
    "“I will,” said Tom.\n\n"
    "The end, said the book; but the excerpt ends before it.\n"
)
TEXT = "“ Come in , ” said Ada Finch to her brother .\n“ It is cold . ”\n“ I will , ” said Tom .\n"
# What is meant, its words and which of those in the text, its type.
MENTIONS = (
    ("Ada-0", "Ada Finch", 0, "PROP_PER"),
    ("Ada-0", "her", 0, "PRON_PER"),
    ("Tom-1", "her brother", 0, "NOM_PER"),
    ("Tom-1", "I", 1, "PRON_PER"),
    ("Tom-1", "Tom", 0, "PROP_PER"),
)
# The sentence and the tokens of each stretch of speech, and who says it.
LINES = (((0, 0), (0, 4), "Ada-0"), ((1, 0), (1, 5), "Ada-0"), ((2, 0), (2, 4), "Tom-1"))


def write_litbank(folder: Path) -> Path:
    """Write the text as LitBank has it: chains, quotations and the whole book."""
    coref, quotations, original = (
        folder / "coref" / "brat",
        folder / "quotations" / "tsv",
        folder / "original",
    )
    for each in (coref, quotations, original):
        each.mkdir(parents=True)
    (original / "7_hats.txt").write_text(BOOK, encoding="utf-8")
    for each in (coref, quotations):
        (each / "7_hats_brat.txt").write_text(TEXT, encoding="utf-8")
    rows = []
    for number, (chain, words, which, kind) in enumerate(MENTIONS):
        start = _place(words, which)
        for offset, label in ((0, kind), (100, chain)):
            rows.append(f"T{number + offset}\t{label} {start} {start + len(words)}\t{words}")
    rows += [
        # What stands beside somebody in an apposition has no chain of its own.
        f"T9\tNOM_PER {_place('brother', 0)} {_place('brother', 0) + 7}\tbrother",
        "T50\tPROP_FAC 5 9\tCome",
        "R1\tappos Arg1:T9 Arg2:T2",
    ]
    (coref / "7_hats_brat.ann").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = []
    for number, (first, last, _) in enumerate(LINES):
        rows.append("\t".join(map(str, ("QUOTE", f"Q{number}", *first, *last, "words"))))
    rows += [f"ATTRIB\tQ{number}\t{who}" for number, (_, _, who) in enumerate(LINES)]
    (quotations / "7_hats_brat.ann").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _place(words: str, which: int) -> int:
    start = TEXT.index(words)
    for _ in range(which):
        start = TEXT.index(words, start + 1)
    return start
