"""The script document: its keys in their order, and what they hold."""

from dataclasses import replace
from typing import get_type_hints

import pytest
from hypothesis import given
from making import make_story, stories, where

from fullcast.exporters import Script, build_script, schema
from fullcast.model import Alias, Annotations, Block, BlockKind, Book, Chapter, Span

PROMISED = {
    schema.Script: ("schema", "source", "characters", "segments", "notices"),
    schema.SourceEntry: ("path", "format", "sha256"),
    schema.CharacterEntry: ("id", "name", "aliases", "gender", "narrator", "quotations"),
    schema.SegmentEntry: (
        *("id", "kind", "start", "end", "text", "chapter", "quotation", "speaker"),
        *("addressees", "confidence", "cue"),
    ),
    schema.CueEntry: ("kind", "text", "start", "end", "verb", "manner"),
}


@pytest.mark.parametrize("entry", [kind for kind in PROMISED if kind is not schema.Script])
def test_promised_keys_come_first(entry: type) -> None:
    promised = PROMISED[entry]
    assert tuple(get_type_hints(entry))[: len(promised)] == promised


def test_the_document_is_its_header_with_the_segments_after_the_characters(script: Script) -> None:
    promised = PROMISED[schema.Script]
    assert tuple(script)[: len(promised)] == promised
    assert [key for key in script if key != "segments"] == list(get_type_hints(schema.Header))
    assert script.keys() == get_type_hints(schema.Script).keys()


def test_keys_are_written_in_the_order_of_the_schema(script: Script) -> None:
    first_line = next(each for each in script["segments"] if each["cue"])
    uncertain = next(each for each in script["segments"] if each["alternatives"])
    for entry, kind in [
        (script["source"], schema.SourceEntry),
        (script["characters"][0], schema.CharacterEntry),
        (first_line, schema.SegmentEntry),
        (first_line["cue"], schema.CueEntry),
        (first_line["evidence"], schema.EvidenceEntry),
        (uncertain["alternatives"][0], schema.AlternativeEntry),
        (script["notices"][0], schema.NoticeEntry),
        (script["chapters"][0], schema.ChapterEntry),
        (script["breaks"][0], schema.BreakEntry),
    ]:
        assert list(entry) == list(get_type_hints(kind))


def test_a_line_in_full(script: Script) -> None:
    assert script["segments"][3] == {
        "id": "s112",
        "kind": "speech",
        "start": 112,
        "end": 127,
        "text": "“Will he come?”",
        "chapter": "c37",
        "quotation": "q112",
        "speaker": "ada-finch",
        "addressees": ["tom"],
        "confidence": 0.99,
        "cue": {
            "kind": "explicit",
            "text": "asked Ada Finch softly",
            "start": 128,
            "end": 150,
            "verb": "asked",
            "manner": "softly",
            "subject": "Ada Finch",
        },
        "layer": "body",
        "block": "b112",
        "alternatives": [],
        "evidence": {"start": 128, "end": 143, "text": "asked Ada Finch"},
        "source": "rule",
        "reason": "explicit",
    }


def test_narration_has_nobody(script: Script) -> None:
    narration = script["segments"][4]
    assert narration["text"] == " asked Ada Finch softly, "
    empty = {key for key, value in narration.items() if value in (None, [])}
    assert empty == {
        *("quotation", "speaker", "addressees", "confidence", "cue"),
        *("alternatives", "evidence", "source", "reason"),
    }


def test_pieces_of_one_speech_share_it(script: Script) -> None:
    pieces = [each["text"].strip() for each in script["segments"] if each["quotation"] == "q112"]
    assert pieces == ["“Will he come?”", "“or must\nwe swim?”"]


def test_the_cast_is_counted(script: Script) -> None:
    counts = [
        (each["id"], each["quotations"], each["words"], each["narrator"])
        for each in script["characters"]
    ]
    assert counts == [("ada-finch", 4, 17, True), ("tom", 2, 8, False), ("the-owl", 0, 0, False)]


def test_notices_of_the_book_and_of_the_analysis_come_once() -> None:
    book, annotations = make_story()
    (notice,) = book.notices
    again = Annotations(notices=(notice, *annotations.notices))
    assert [each["code"] for each in build_script(book, again)["notices"]] == ["E001", "C001"]


def test_the_innermost_chapter_counts() -> None:
    text = "Part One\n\nChapter I\n\nRain.\n\nPart Two\n\nSun."
    blocks = tuple(
        Block(span=where(text, words), kind=BlockKind.PARAGRAPH)
        for words in ("Part One", "Chapter I", "Rain.", "Part Two", "Sun.")
    )
    chapters = (
        Chapter(title="Part One", span=Span(0, 28)),
        Chapter(title="Chapter I", span=Span(10, 28), level=2),
        Chapter(title="Part Two", span=Span(28, len(text))),
    )
    document = build_script(Book(text=text, blocks=blocks, chapters=chapters), Annotations())
    found = [each["chapter"] for each in document["segments"]]
    assert found == ["c0", "c10", "c10", "c28", "c28"]


def test_white_space_before_the_first_block_is_no_block_of_its_own() -> None:
    book = Book(text="\n\nRain.", blocks=(Block(span=Span(2, 7)),))
    (segment,) = build_script(book, Annotations())["segments"]
    assert (segment["start"], segment["block"]) == (0, "b2")


@given(stories())
def test_every_segment_is_cut_from_the_text(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    segments = build_script(book, annotations)["segments"]
    assert "".join(each["text"] for each in segments) == book.text
    assert all(each["text"] == book.text[each["start"] : each["end"]] for each in segments)


def test_a_probability_is_written_as_it_was_judged() -> None:
    book, annotations = make_story()
    judged = [replace(each, probability=0.123456) for each in annotations.attributions]
    segments = build_script(book, replace(annotations, attributions=tuple(judged)))["segments"]
    assert {each["confidence"] for each in segments} == {None, 0.123456}


def test_why_a_name_is_somebodys() -> None:
    grounds = (
        Alias(name="Ada", reason="given name"),
        Alias(name="the painter", reason="stated", evidence=Span(4, 9)),
    )
    book, found = make_story()
    known = replace(found, characters=(replace(found.characters[0], grounds=grounds),))
    assert build_script(book, known)["characters"][0]["grounds"] == [
        {"alias": "Ada", "reason": "given name", "start": None, "end": None},
        {"alias": "the painter", "reason": "stated", "start": 4, "end": 9},
    ]
