"""Read LitBank: excerpts with their people, who is who, and who says what.

Its tokens are laid back onto the whole books they came from, so that what is read is prose as it
was printed, with its paragraphs and marks; spans point into that.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fullcast.model import Book, MentionKind, Span
from fullcast.readers.plain import read_plain

FOLDS = 5
_KINDS = {
    "PROP_PER": MentionKind.NAME,
    "NOM_PER": MentionKind.DESCRIPTION,
    "PRON_PER": MentionKind.PRONOUN,
}
_TYPED = re.compile(r"(?:PROP|NOM|PRON)_[A-Z]{3}")
_COREF, _QUOTATIONS, _ORIGINAL = Path("coref/brat"), Path("quotations/tsv"), Path("original")
_SUFFIX = "_brat"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A place that speaks of somebody, and which chain it belongs to."""

    span: Span
    kind: MentionKind
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLine:
    """An uninterrupted stretch of speech, marks included, and whose chain says it."""

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One annotated text."""

    name: str
    fold: int
    """Which of :data:`FOLDS` parts of all texts it belongs to, for cross-validation."""
    book: Book
    tokens: tuple[Span, ...]
    mentions: tuple[GoldMention, ...]
    """Of people, in order; of two that begin together the longer first."""
    lines: tuple[GoldLine, ...]


def read_excerpts(folder: Path, fold: int | None = None) -> Iterator[Excerpt]:
    """Yield the excerpts of a copy of LitBank, or those of one fold.

    Args:
        folder: With ``coref/brat``, ``quotations/tsv`` and ``original``, whole books by the same
            names less ``_brat``.
        fold: The fold's number; every fifth text belongs to it.
    """
    texts = sorted((folder / _COREF).glob("*.txt"))
    if not texts:
        raise SystemExit(f"{folder} does not hold LitBank: there is nothing in {_COREF}")
    for number, path in enumerate(texts):
        if fold is None or number % FOLDS == fold:
            yield read_excerpt(folder, path.stem, number % FOLDS)


def read_excerpt(folder: Path, name: str, fold: int = 0) -> Excerpt:
    """Read one excerpt, named as its files are."""
    tokenized = (folder / _COREF / f"{name}.txt").read_text(encoding="utf-8")
    book_path = folder / _ORIGINAL / f"{name.removesuffix(_SUFFIX)}.txt"
    with book_path.open(encoding="utf-8", newline="") as file:
        text, tokens = lay(tokenized.split(), file.read(), name)
    starts = [match.start() for match in re.finditer(r"\S+", tokenized)]
    chains = (folder / _COREF / f"{name}.ann").read_text(encoding="utf-8")
    lines = (folder / _QUOTATIONS / f"{name}.ann").read_text(encoding="utf-8")
    return Excerpt(
        name=name.removesuffix(_SUFFIX),
        fold=fold,
        book=read_plain(text.encode(), book_path, "utf-8"),
        tokens=tuple(tokens),
        mentions=tuple(_mentions(chains, starts, tokens)),
        lines=tuple(_lines(lines, _firsts(tokenized), tokens)),
    )


def lay(tokens: Sequence[str], original: str, name: str) -> tuple[str, list[Span]]:
    """Find tokens in the book they came from; return that part of it, and their places there."""
    places = [place for place, mark in enumerate(original) if not mark.isspace()]
    at = "".join(original[place] for place in places).find("".join(tokens))
    if at < 0:
        raise SystemExit(f"{name}: the book does not hold the annotated text")
    first, spans = places[at], []
    for token in tokens:
        spans.append(Span(places[at] - first, places[at + len(token) - 1] + 1 - first))
        at += len(token)
    return original[first : first + spans[-1].end], spans


def _mentions(table: str, starts: Sequence[int], tokens: Sequence[Span]) -> list[GoldMention]:
    """Join the two lines that a mention has: its type, and its chain where it has one."""
    kinds: dict[Span, MentionKind] = {}
    chains: dict[Span, str] = {}
    for row in table.splitlines():
        if not row.startswith("T"):
            continue
        label, start, end = row.split("\t")[1].rsplit(" ", 2)
        first, last = bisect_left(starts, int(start)), bisect_left(starts, int(end)) - 1
        span = Span(tokens[first].start, tokens[last].end)
        if label in _KINDS:
            kinds[span] = _KINDS[label]
        elif not _TYPED.fullmatch(label):
            chains[span] = label
    return [
        GoldMention(span=span, kind=kind, chain=chains.get(span, f"alone at {span.start}"))
        for span, kind in sorted(kinds.items(), key=lambda item: (item[0].start, -item[0].end))
    ]


def _firsts(tokenized: str) -> list[int]:
    """Return for each line of the tokenized text the number of its first token."""
    firsts = [0]
    for line in tokenized.splitlines():
        firsts.append(firsts[-1] + len(line.split()))
    return firsts


def _lines(table: str, firsts: Sequence[int], tokens: Sequence[Span]) -> list[GoldLine]:
    spans: dict[str, Span] = {}
    speakers: dict[str, str] = {}
    for row in table.splitlines():
        kind, number, *rest = row.split("\t")
        if kind == "QUOTE":
            a, b, c, d = map(int, rest[:4])
            spans[number] = Span(tokens[firsts[a] + b].start, tokens[firsts[c] + d].end)
        elif kind == "ATTRIB":
            speakers[number] = rest[0]
    return [GoldLine(span=span, speaker=speakers[n]) for n, span in spans.items() if n in speakers]
