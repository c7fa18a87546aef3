from hypothesis import given
from making import stories

from fullcast.exporters import Script, build_script
from fullcast.model import Annotations, Book, Layer
from fullcast.render.lines import Gap, has_words, plan, sentences


def test_what_is_spoken_and_what_stands_between(script: Script) -> None:
    found = plan(script)
    assert found.titles == ("I. The Landing",)
    assert [(line.gap.value, line.speaker, line.text) for line in found.lines] == [
        ("chapter", None, "I. The Landing"),
        ("heading", None, "The river was high, and the ferry [the old one] was late."),
        ("paragraph", "ada-finch", "“Will he come?”"),
        ("beat", None, "asked Ada Finch softly,"),
        ("beat", "ada-finch", "“or must\nwe swim?”"),
        ("turn", "tom", "“He is never late,”"),
        ("beat", None, "said Tom."),
        ("beat", "tom", "“Listen!”"),
        ("turn", "ada-finch", "“That was an owl.”"),
        ("turn", "tom", "“It was not,”"),
        ("beat", None, "he said."),
        ("beat", "ada-finch", "“It was,”"),
        ("beat", None, "said Ada."),
        ("scene", "ada-finch", "I never liked him,"),
        ("beat", None, "I thought. The sign said"),
        ("beat", None, "“NO FERRY”"),
        ("paragraph", None, "“Ahoy!”"),
        ("beat", None, "came from the dark."),
    ]


def test_other_layers_are_spoken_where_asked_for(script: Script) -> None:
    found = plan(script, layers=("body", "back"))
    assert found.lines[-1].text == "The end of the book."


def test_tags_that_tell_only_who_speaks_may_be_left_out() -> None:
    script = script_of(
        ("“Come,”", "ada", cue(8, 16, "said Ada", "Ada", "said")),
        (" said Ada. ", None, None),
        ("“Now.”\n", "ada", cue(26, 41, "she said softly", "she", "said", "softly")),
        (" she said softly.", None, None),
    )
    assert [line.text for line in plan(script, skip_tags=True).lines] == [
        "“Come,”",
        "“Now.”",
        "she said softly.",
    ]
    assert len(plan(script).lines) == 4


def test_a_line_is_cut_short_by_another_speaker() -> None:
    script = script_of(("“I never—”", "ada", None), ("“You did.”", "tom", None))
    script["segments"][1]["block"] = "b11"
    cut, other = plan(script).lines
    assert (cut.cut, other.cut, other.gap) == (True, False, Gap.TURN)


def test_parts_and_chapters_without_text_between_are_one() -> None:
    texts = "Part One\n", "Chapter 1\n", "It rained."
    script = script_of(*((text, None, None) for text in texts))
    for segment, chapter in zip(script["segments"], ("c0", "c9", "c9"), strict=True):
        segment["chapter"] = chapter
    script["segments"][0]["kind"] = script["segments"][1]["kind"] = "heading"
    script["chapters"] = [
        {"id": "c0", "title": "Part One", "start": 0, "end": 9, "level": 1},
        {"id": "c9", "title": "Chapter 1", "start": 9, "end": 29, "level": 2},
    ]
    found = plan(script)
    assert found.titles == ("Part One: Chapter 1",)
    assert {line.chapter for line in found.lines} == {0}


def test_long_sentences_are_cut_at_their_seams() -> None:
    text = "It rained, and it rained, " * 40
    found = [text[start:end] for start, end in sentences(text)]
    assert all(len(line) <= 400 for line in found)
    assert " ".join(found) == text.strip()


def test_abbreviations_end_no_sentence() -> None:
    text = "He met Mr. A. Finch, Dr. Who and Mrs. Smith of St. Ives. They left."
    assert [text[start:end] for start, end in sentences(text)] == [
        "He met Mr. A. Finch, Dr. Who and Mrs. Smith of St. Ives.",
        "They left.",
    ]


@given(stories())
def test_every_character_is_spoken_once_or_is_no_word(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    lines = plan(build_script(book, annotations), layers=tuple(Layer)).lines
    spoken = [False] * len(book.text)
    breaks = [block.span for block in book.blocks if block.kind == "break"]
    for line in lines:
        assert line.text == book.text[line.start : line.end]
        assert line.text == line.text.strip()
        assert not any(spoken[line.start : line.end])
        spoken[line.start : line.end] = [True] * len(line.text)
    for at, heard in enumerate(spoken):
        in_break = any(span.start <= at < span.end for span in breaks)
        assert heard or in_break or not has_words(book.text[at])


def cue(
    start: int, end: int, text: str, subject: str, verb: str, manner: str | None = None
) -> dict:
    return {
        "kind": "explicit",
        "text": text,
        "start": start,
        "end": end,
        "verb": verb,
        "manner": manner,
        "subject": subject,
    }


def script_of(*pieces: tuple[str, str | None, dict | None]) -> dict:
    """Make a script of one paragraph."""
    at, segments = 0, []
    for text, speaker, found in pieces:
        segments.append(
            {
                "id": f"s{at}",
                "kind": "speech" if speaker else "narration",
                "start": at,
                "end": at + len(text),
                "text": text,
                "chapter": None,
                "quotation": None,
                "speaker": speaker,
                "cue": found,
                "layer": "body",
                "block": "b0",
            }
        )
        at += len(text)
    people = [
        {"id": one, "name": one, "aliases": [], "gender": "female", "narrator": False, "words": 3}
        for one in ("ada", "tom")
    ]
    return {
        "segments": segments,
        "characters": people,
        "chapters": [],
        "breaks": [],
        "title": "Tale",
        "author": "",
        "language": "en",
    }
