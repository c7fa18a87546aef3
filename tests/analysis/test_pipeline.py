"""From a book to what is known of it: the samples, any text at all, and texts made to be slow."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import tell

from fullcast.analysis import analyze
from fullcast.analysis.people.names import NameTable
from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.scene.vocatives import sort_names
from fullcast.analysis.words import split_words
from fullcast.model import Book, Character, Quotation, QuotationKind, Span, tile
from fullcast.readers import read_book

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.txt"))
MEASURED = {"one-pull"}
"""Samples to measure with (``evals.samples``): never tuned on, so not held to be all right."""
EXACT = [sample for sample in SAMPLES if sample.stem not in MEASURED]
TURNS = {QuotationKind.SPEECH, QuotationKind.THOUGHT}
Line = tuple[str, tuple[Span, ...], str | None]


def gold_lines(sample: Path, text: str) -> list[Line]:
    """Return each annotated quotation's kind, spans and, where somebody utters it, speaker."""
    gold = json.loads(sample.with_suffix(".gold.json").read_text(encoding="utf-8"))
    found, place = [], 0
    for quotation in gold["quotations"]:
        spans = []
        for part in quotation["parts"]:
            start = text.index(part, place)
            place = start + len(part)
            spans.append(Span(start, place))
        speaker = quotation["speaker"] if quotation["kind"] in TURNS else None
        found.append((quotation["kind"], tuple(spans), speaker))
    return found


def found_lines(book: Book, **given_parts: Any) -> list[Line]:
    found = analyze(book, **given_parts)
    speakers = {a.quotation: a.speaker for a in found.attributions}
    return [(q.kind.value, q.spans, speakers.get(q.id)) for q in found.quotations]


@pytest.mark.parametrize("sample", EXACT, ids=lambda path: path.stem)
class TestExactSamples:
    def test_every_line_is_right(self, sample: Path) -> None:
        book = read_book(sample)
        assert found_lines(book) == gold_lines(sample, book.text)

    def test_every_speakers_name_gender_and_telling_are_right(self, sample: Path) -> None:
        gold = json.loads(sample.with_suffix(".gold.json").read_text(encoding="utf-8"))
        speaking = {q["speaker"] for q in gold["quotations"] if q["kind"] in TURNS}
        found = {c.id: c for c in analyze(read_book(sample)).characters}
        for character in gold["characters"]:
            if character["id"] in speaking:
                mine = found[character["id"]]
                assert mine.name.lower() == character["name"].lower()
                assert mine.narrator == character["narrator"]
                assert mine.group or mine.gender.value == character["gender"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
class TestSamples:
    def test_the_same_each_time(self, sample: Path) -> None:
        book = read_book(sample)
        before = book.sha256
        assert analyze(book) == analyze(book) == analyze(read_book(sample))
        assert book == read_book(sample)
        assert book.sha256 == before

    def test_it_reports_how_far_it_is(self, sample: Path) -> None:
        seen: list[tuple[str, float]] = []
        analyze(read_book(sample), progress=lambda stage, done: seen.append((stage, done)))
        shares = [share for _, share in seen]
        assert shares == sorted(shares)
        assert (shares[0], shares[-1]) == (0.0, 1.0)
        assert all(stage for stage, _ in seen)

    def test_everything_points_into_the_text(self, sample: Path) -> None:
        book = read_book(sample)
        found = analyze(book)
        spans = [m.span for m in found.mentions]
        spans += [s for c in found.cues for s in (c.span, c.subject, c.verb, c.manner) if s]
        spans += [a.evidence for a in found.attributions if a.evidence]
        assert spans
        assert all(s.end <= len(book.text) and s.of(book.text).strip() for s in spans)
        ids = {c.id for c in found.characters}
        assert {m.character for m in found.mentions} <= ids | {None}
        assert {c.quotation for c in found.cues} <= {q.id for q in found.quotations}


def test_quotations_and_cast_may_be_given() -> None:
    text = "<Come in,> said Ada.\n\n<I will,> said Tom."
    book = tell(text)
    quotations = [Quotation(spans=(Span(0, 10),)), Quotation(spans=(Span(22, 31),))]
    cast = [Character(id="a", name="Ada"), Character(id="t", name="Tom")]
    found = analyze(book, quotations=quotations, cast=cast)
    assert found.quotations == tuple(quotations)
    assert {c.id for c in found.characters} == {"a", "t"}
    assert [a.speaker for a in found.attributions] == ["a", "t"]


def test_a_talk_among_nobody_is_told() -> None:
    found = analyze(tell("“Sit.”", "“No.”"))
    assert [n.code for n in found.notices] == ["C001"]
    assert [a.speaker for a in found.attributions] == [None, None]


@pytest.mark.parametrize(
    "words", ["The rain fell.", "The “lounge” was a shed.", "The sign said “NO”."]
)
def test_a_story_in_which_nobody_speaks(words: str) -> None:
    found = analyze(tell(words))
    assert found.attributions == ()
    assert not TURNS.intersection(q.kind for q in found.quotations)


def test_a_book_without_text() -> None:
    assert analyze(Book(text="", blocks=())).quotations == ()


# Any text at all

MARKS = "“”\"‘’'«»‹›„‚「」『』"
WORDS = st.sampled_from([
    *MARKS, "—", "–", "―", "-", "--", "...", ",", ".", "?", "!", ":", " ", " ", " ", "\n", "\n\n",
    "\r\n", "\r\n\r\n", "\r", "\t", "\u00a0", "_", "*", "said Ada", "Tom said", "she thought",
    "Mrs. Finch", "I", "the landlord", "Ada", "don’t", "’em", "read:", "Dear Ada,", "NO", "a", "it",
])  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(WORDS | LETTERS, max_size=60).map("".join)


def check(book: Book, quotations: tuple[Quotation, ...]) -> None:
    """Check what holds for the quotations of every book."""
    segments = tile(book, quotations)
    assert "".join(s.span.of(book.text) for s in segments) == book.text
    assert list(quotations) == sorted(quotations, key=lambda q: q.spans)
    assert len({q.id for q in quotations}) == len(quotations)
    spans = sorted(s for q in quotations for s in q.spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(any(b.span.contains(s) for b in book.blocks) for s in spans)
    assert all(s.of(book.text).strip() for s in spans)


@given(TEXTS)
def test_the_quotations_of_any_text(text: str) -> None:
    book = tell(text)
    check(book, find_quotations(book)[0])


@given(TEXTS)
def test_the_quotations_of_any_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(("“Oh,” said Ada.\n\n" + text).encode())
    book = read_book(path, encoding="utf-8")
    check(book, find_quotations(book)[0])


@given(TEXTS)
def test_any_text_is_understood(text: str) -> None:
    book = tell(text)
    found = analyze(book)
    check(book, found.quotations)
    assert found == analyze(book)


@given(TEXTS)
def test_any_text_with_a_line_in_it_is_understood(text: str) -> None:
    book = tell(text, "“Oh,” said Ada.")
    quotations, _ = find_quotations(book)
    given_line = Quotation(spans=(Span(len(book.text) - 15, len(book.text) - 10),))
    if not any(q.kind in TURNS for q in quotations):
        quotations = (*(q for q in quotations if not q.span.overlaps(given_line.span)), given_line)
    found = analyze(book, quotations=quotations)
    check(book, found.quotations)
    assert all(0 <= a.probability <= 1 for a in found.attributions)


# Texts made to be slow

SIZE = 200_000
LIMIT = 10
"""Seconds of this process's own time; what is in order takes a tenth of that, or a third."""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Stop what computes too long; what else the machine is busy with does not count."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fill(piece: str, size: int = SIZE) -> str:
    return (piece * (size // len(piece) + 1))[:size].strip()


# A turn comes first, so that the speakers are weighed too.
SLOW = {
    "single marks": fill("‘"),
    "straight single marks": fill("'"),
    "apostrophes": fill("’ "),
    "dashes": fill("— "),
    "dashes between words": fill("a, — "),
    "verbs": fill("said "),
    "names": fill("Ada Finch "),
    "initials": fill("A. "),
    "words without end": fill("a"),
    "spaces": "a" + " " * SIZE + "b",
    "elisions": fill("‘em, "),
    "mentions": fill("the “a” ", 20_000),
    "a lead without end": fill("note ran ") + "“Sit.”",
    "a clause without end": fill("the old man ") + "said, “Sit.”",
    "a paragraph of talk": fill("Tom shrugged. “Ask her,” said Ada. "),
    "a speech without end": "“" + fill("Tom, the boat, "),
}

SLOW_SPEECHES = {
    "tags in guillemets": "«" + fill("Oui, dit-il. ") + "»",
    "tags after a dash": "—" + fill("Yes, he said. "),
    "dashed asides": "—" + fill("No —he said—, never. "),
    "dashes without narration": "—" + fill("No. — No. "),
    "asides that never end": "—" + fill("Yes, he said "),
    "brackets": "“" + fill("No (turning to Ada) ", 1_000_000) + "”",
    "elisions without an answer": "‘Oh’ " + fill("‘em "),
    "a lead of hyphens": "«A.» a" + fill("-") + "! «B.»",
}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer here")
class TestSlow:
    @pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
    def test_one_paragraph(self, text: str) -> None:
        with limited(LIMIT):
            analyze(tell("“Oh,” said Ada.", text))

    def test_a_paragraph_of_a_million(self) -> None:
        with limited(LIMIT):
            analyze(tell("“Oh,” said Ada.", fill("The rain fell on Tom and the boat. ", 1_000_000)))

    @pytest.mark.parametrize("piece", ["“A.” ", '"A." ', "‘A.’ ", "«A.» "])
    def test_many_short_speeches(self, piece: str) -> None:
        with limited(LIMIT):
            analyze(tell("“Oh,” said Ada.", fill(piece, 15_000)))

    @pytest.mark.parametrize("piece", ['"', "“"])
    def test_marks_alone(self, piece: str) -> None:
        with limited(LIMIT):
            analyze(tell("“Oh,” said Ada.", fill(piece)))

    def test_a_paragraph_of_short_speeches(self) -> None:
        with limited(LIMIT):
            find_quotations(tell(fill('"A" ')))

    def test_many_short_paragraphs(self) -> None:
        with limited(LIMIT):
            analyze(tell(*["“Ah.”"] * 2_000))

    @pytest.mark.parametrize("text", SLOW_SPEECHES.values(), ids=SLOW_SPEECHES)
    def test_quotations_of_one_paragraph(self, text: str) -> None:
        closer = {"«": "»", "—": "", "“": "”", "‘": "’"}[text[0]]
        with limited(LIMIT):
            find_quotations(tell(*[f"{text[0]}Oh.{closer}"] * 3, text))

    def test_a_speech_of_many_paragraphs(self) -> None:
        with limited(LIMIT):
            find_quotations(tell("“Oh,” said Ada.", *["“A"] * 80_000))

    def test_many_names_in_a_speech_of_many_paragraphs(self) -> None:
        text = "\n\n".join(["“Tom"] * 40_000)
        spans = tuple(Span(at, at + 4) for at in range(0, len(text), 6))
        naming = NameTable([Character(id="tom", name="Tom")]).find(split_words(text))
        with limited(LIMIT):
            assert sort_names(text, Quotation(spans=spans), naming).called == {"tom"}

    def test_many_paragraphs_that_run_on(self) -> None:
        with limited(LIMIT):
            analyze(tell("“Oh,” said Ada.", *["“A"] * 10_000))

    def test_many_names(self) -> None:
        letters = "abcdefghijklmnopqrst"
        names = [f"Q{a}{b}{c}" for a in letters for b in letters for c in letters[:7]]
        with limited(LIMIT):
            analyze(tell(" ".join(f"“A.” {name} said so." for name in names)))


def test_a_name_that_two_people_bear_is_a_doubt() -> None:
    book = tell(
        "“Rain,” said Miss Ann Vane.",
        "“More rain,” said Miss Jane Vane.",
        "“Rain,” said Miss Vane. Miss Vane rose.",
        "“Yes,” said Ann. Jane rose.",
    )
    found = [n for n in analyze(book).notices if n.code == "C002"]
    assert [n.message for n in found] == [
        "Several people answer to Miss Vane: Miss Ann Vane, Miss Jane Vane."
    ]
    assert found[0].span is not None
    assert found[0].span.of(book.text) == "Miss Vane"
    assert found[0].hint
