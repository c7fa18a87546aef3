"""Plain text and Markdown: the text is the file; layouts, headings, layers, emphasis."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import chapters, parts, read, stressed, words

from fullcast.analysis import analyze
from fullcast.model import BlockKind, Origin
from fullcast.readers.plain import read_plain

PROSE = "Ada walked down to the mill, and nobody met her on the way, for it was late."

LINES = st.lists(
    st.sampled_from(
        ["", " ", "\t", "I", "II", "CHAPTER I", "Chapter 2: Rain", "* * *", "# One", "---", "===",
         "\ufeff", "A/N: hi", "“Yes,” she said.", PROSE, "   " + PROSE, "_oh_", "*a **b*",
         "x\u00a0",          "Contents", "by Jane", "[1] note", "\u2028", "\x0c", "THE END"]
    )
)  # fmt: skip


def check_blocks(text: str, data: bytes) -> None:
    book = read_plain(data, Path("story.txt"), "utf-8")
    assert book.text == text
    assert book.text.encode(book.origin.encoding or "") == data
    at = 0
    for block in book.blocks:
        assert block.span.start >= at
        assert not book.text[at : block.span.start].strip().strip("\ufeff").strip()
        words = block.span.of(book.text)
        assert words == words.strip()
        assert words
        at = block.span.end
    assert not book.text[at:].strip()
    assert len({block.id for block in book.blocks}) == len(book.blocks)
    for span in book.emphasis:
        assert any(block.span.contains(span) for block in book.blocks)
    for chapter in book.chapters:
        assert any(block.span.start == chapter.span.start for block in book.blocks)


@given(st.text(), st.sampled_from(["", "\ufeff"]))
def test_blocks_cover_any_text(text: str, mark: str) -> None:
    text = f"{mark}{text}."
    check_blocks(text, text.encode())


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]))
def test_blocks_cover_anything_like_a_story(lines: list[str], end: str) -> None:
    text = end.join([*lines, "End."])
    check_blocks(text, text.encode())


def test_carriage_returns_and_mark_stay(tmp_path: Path) -> None:
    content = f"\ufeffAda left.\r\n\r\n{PROSE}\r\nfor a while it rained.\r\n"
    book = read(tmp_path, content)
    assert book.text == content
    assert [b.place.line for b in book.blocks] == [1, 3]
    assert words(book) == ["Ada left.", f"{PROSE}\r\nfor a while it rained."]


WRAPPED = """\
The mill stood at the end of the lane where nobody ever went, for it was
said that the miller had gone mad one winter and had walked into the river
with his boots on.
{gap}{indent}Ada did not believe it. She had known the miller since she was small, and
he had never been a man to go near the water without a reason.
{gap}{indent}"Is anyone there?" she called.
{gap}{indent}Nobody answered her, though the wheel went on turning in the dark as if it
had all the time in the world.
"""


@pytest.mark.parametrize(
    ("gap", "indent"), [("\n", ""), ("\n", "   "), ("", "    "), ("", "\t"), ("", "")]
)
def test_hard_wrapped(gap: str, indent: str, tmp_path: Path) -> None:
    book = read(tmp_path, indent + WRAPPED.format(gap=gap, indent=indent))
    assert [w.split()[0] for w in words(book)] == ["The", "Ada", '"Is', "Nobody"]


def test_every_line_a_paragraph(tmp_path: Path) -> None:
    lines = ["hey", '"you coming?"', "she nodded and got up", '"ok"', "", "later", '"well?"']
    assert words(read(tmp_path, "\n".join(lines))) == [line for line in lines if line]


def test_long_lines_are_paragraphs(tmp_path: Path) -> None:
    lines = [f"{PROSE} {PROSE * i}" for i in range(1, 5)] + ["“No.”", "“Yes.”"]
    assert words(read(tmp_path, "\n".join(lines))) == lines


def test_few_joined_lines_among_paragraphs_are_verse(tmp_path: Path) -> None:
    verse = "The wheel goes round,\nThe wheel goes down."
    book = read(tmp_path, "\n\n".join([*[PROSE] * 6, verse, *[PROSE] * 6]))
    assert verse in words(book)


def story(*blocks: str) -> str:
    """Put prose after every block that is to be a heading."""
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize(
    "heading",
    [
        "CHAPTER I", "Chapter 12: The Rain", "CHAPTER I. Ada is Surprised", "Chapter Twenty-One",
        "PART ONE", "BOOK II", "PROLOGUE", "Epilogue", "~ Chapter 2 ~", "**Chapter 2**",
        "Chapter the Last", "FIRST PERIOD", "Kapitel 3", "Глава 4", "# Rain", "[ Chapter 9 ]",
        "CHAPTER III.\nIn Which It Rains", "Rain\n====",
    ],
)  # fmt: skip
def test_headings(heading: str, tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, heading, PROSE))
    assert parts(book)[1] == ("heading", "body", heading)
    assert len(book.chapters) == 1


@pytest.mark.parametrize(
    "line",
    [
        "I", '"NO!"', "NO SMOKING", "Chapter one was the best part of it, she thought.",
        "Part of him wanted to go.", "Book I liked.", "Chapter 3 was missing.", "mild", "X", "12",
        "Introductions were made.", "Act one was over.", "#hashtag", "Conclusion drawn, he left.",
    ],
)  # fmt: skip
def test_no_headings(line: str, tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, line, PROSE))
    assert parts(book)[1] == ("paragraph", "body", line)
    assert book.chapters == ()


@pytest.mark.parametrize(
    "numbers", [("I", "II", "III"), ("1.", "2.", "3."), ("One", "Two", "Three")]
)
def test_numbers_that_count_on(numbers: tuple[str, ...], tmp_path: Path) -> None:
    blocks = [block for number in numbers for block in (number, PROSE)]
    book = read(tmp_path, story(*blocks))
    assert [title for title, _ in chapters(book)] == list(numbers)


def test_page_numbers_are_no_chapters(tmp_path: Path) -> None:
    cut = PROSE.removesuffix(" for it was late.") + " and the way was long enough to think of"
    blocks = [block for page in range(7, 12) for block in (cut, str(page))]
    assert read(tmp_path, story(*blocks)).chapters == ()


def test_somebody_counts(tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, "One.", "Two.", "Three.", PROSE))
    assert book.chapters == ()


@pytest.mark.parametrize("subtitle", ["THE OLD MILL", "In Chancery", "THE OLD MILL."])
def test_subtitles(subtitle: str, tmp_path: Path) -> None:
    book = read(tmp_path, story("CHAPTER I", subtitle, PROSE))
    assert words(book, "heading") == ["CHAPTER I", subtitle]
    assert chapters(book)[0][0] == f"CHAPTER I: {subtitle}"


def test_parts_stand_above_chapters(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        story("PART ONE", "CHAPTER I", PROSE, "CHAPTER II", PROSE, "PART TWO", "CHAPTER I", PROSE),
    )
    assert [level for _, level in chapters(book)] == [1, 2, 2, 1, 2]
    part, first, second, other, _ = book.chapters
    assert part.span.contains(first.span)
    assert part.span.end == second.span.end == other.span.start


@pytest.mark.parametrize(
    "line",
    ["* * *", "***", "---", "#", "~", "⁂", "o0o", "oOo", "xXx", "-o-", "[scene break]", "x x x"],
)
def test_scene_breaks(line: str, tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, line, PROSE))
    assert [b.kind for b in book.blocks][1] is BlockKind.BREAK


@pytest.mark.parametrize("line", ["...", "Ooo!", "“—”", "Ooo", "?!", "X."])
def test_no_scene_breaks(line: str, tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, line, PROSE))
    assert [b.kind for b in book.blocks][1] is BlockKind.PARAGRAPH


def test_gutenberg(tmp_path: Path) -> None:
    start = "*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***"
    end = "*** END OF THE PROJECT GUTENBERG EBOOK THE MILL ***"
    front = ["The Project Gutenberg eBook of The Mill", "Title: The Mill", "Author: Jane Doe",
             "Language: English", start, "Produced by Some Body"]  # fmt: skip
    title = ["THE MILL", "BY JANE DOE", "CONTENTS", " CHAPTER I. Rain\n CHAPTER II. Sun"]
    body = ["CHAPTER I. Rain", PROSE, "CHAPTER II. Sun", PROSE]
    back = [end, "Do with it what you like."]
    book = read(tmp_path, "\ufeff" + story(*front, *title, *body, *back))
    assert words(book, layer="front") == [block.strip() for block in [*front, *title]]
    assert words(book, layer="body") == body
    assert words(book, layer="back") == back
    assert (book.title, book.author, book.language) == ("The Mill", "Jane Doe", "en")
    assert book.chapters[-1].span.end == book.blocks[-3].span.end


def test_contents_of_headings(tmp_path: Path) -> None:
    titles = ["CHAPTER I. Rain", "CHAPTER II. Sun", "CHAPTER III. Snow"]
    blocks = [block for title in titles for block in (title, PROSE)]
    for caption in (["Contents"], []):
        book = read(tmp_path, story(*caption, *titles, *blocks))
        assert words(book, layer="front") == [*caption, *titles]
        assert [title for title, _ in chapters(book)] == titles


def test_epigraph(tmp_path: Path) -> None:
    front = ["THE MILL", "by Jane Doe", "_To my mother_", '"All is rain."', "--A POET"]
    book = read(tmp_path, story(*front, "CHAPTER I", PROSE))
    assert words(book, layer="front") == front


def test_prose_before_the_first_chapter_is_story(tmp_path: Path) -> None:
    book = read(tmp_path, story("THE MILL", PROSE, '"Oh," she said.', "CHAPTER I", PROSE))
    assert words(book, layer="front") == ["THE MILL"]


def test_authors_notes(tmp_path: Path) -> None:
    head = ["The Mill", "Rating: T", "Summary: Ada goes to the mill.", "Disclaimer: Not mine."]
    note = "A/N: Hello, thank you for reading!"
    last = "Author's Note: please review, it helps me update."
    aside = "(A/N: this is a song) She walked on and on until the road ended."
    book = read(tmp_path, story(*head, note, "Chapter 1", PROSE, last, "oOo", "Chapter 2", aside))
    assert words(book, layer="front") == head
    assert words(book, layer="note") == [note, last]
    assert aside in words(book, layer="body")


def test_a_note_ends_where_the_story_goes_on(tmp_path: Path) -> None:
    book = read(
        tmp_path, story("Chapter 1", "A/N: Enjoy!", PROSE, "“Who?” said Ada.", "***", PROSE)
    )
    assert words(book, layer="note") == ["A/N: Enjoy!"]


@pytest.mark.parametrize("label", ["Chapter Notes", "Chapter End Notes", "Notes:", "End Notes"])
def test_a_label_alone_and_what_it_labels_are_notes(label: str, tmp_path: Path) -> None:
    book = read(tmp_path, story("Chapter 1", label, "Thank you for reading!", "***", PROSE))
    assert words(book, layer="note") == [label, "Thank you for reading!"]


def test_notes_in_a_story_are_no_label(tmp_path: Path) -> None:
    book = read(tmp_path, story("Chapter 1", "Notes lay on the desk.", PROSE))
    assert words(book, layer="note") == []


def test_a_note_before_all_else(tmp_path: Path) -> None:
    book = read(tmp_path, story("**Author's Note:** Hi all!", "---", PROSE))
    assert words(book, layer="note") == ["**Author's Note:** Hi all!"]


def test_a_sign_is_story_and_a_disclaimer_is_none(tmp_path: Path) -> None:
    sign = "Warning: keep out, said the sign."
    book = read(tmp_path, story(PROSE, "Chapter 2", "Disclaimer: not mine.", sign, PROSE))
    assert words(book, layer="note") == ["Disclaimer: not mine."]


def test_a_note_between_breaks(tmp_path: Path) -> None:
    thanks = "Thanks to all who reviewed the last chapter."
    book = read(tmp_path, story("Chapter 1", PROSE, "***", "Author's Note:", thanks, "***", PROSE))
    assert words(book, layer="note") == ["Author's Note:", thanks]


def test_footnotes_and_captions(tmp_path: Path) -> None:
    notes = ["[Illustration: The mill]", "[Footnote 1: Of oak.]"]
    book = read(tmp_path, story(PROSE, *notes, PROSE))
    assert words(book, layer="note") == notes


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("She _ran_ to *him* and **cried**.", ["ran", "him", "cried"]),
        ("***No***, she said, _not\never_.", ["No", "not\never"]),
        ("two _protégé_s", ["protégé"]),
        ("the snake_case_name of 2*3*4 and _ this _", []),
        ("an _open mark", []),
        ("“_Never_,” he said—_never_—", ["Never", "never"]),
    ],
)
def test_emphasis(line: str, found: list[str], tmp_path: Path) -> None:
    assert stressed(read(tmp_path, story(PROSE, line, "* * *", "ends_"))) == found


def test_markdown(tmp_path: Path) -> None:
    front = '---\ntitle: "The Mill"\nauthor: Jane Doe\nlang: en\n---'
    book = read(
        tmp_path,
        story(front, "# Rain", "## One", f"{PROSE}\nIt rained.", "Two\n---", PROSE, "# Sun"),
        "a.md",
    )
    assert parts(book)[0] == ("paragraph", "front", front)
    assert (book.title, book.author, book.language) == ("The Mill", "Jane Doe", "en")
    assert chapters(book) == [("Rain", 1), ("One", 2), ("Two", 2), ("Sun", 1)]
    assert book.origin.format == "md"
    assert f"{PROSE}\nIt rained." in words(book)


def test_items_of_a_list_are_blocks_of_their_own(tmp_path: Path) -> None:
    items = ["- one", "- two\n  goes on", "* three", "1. four", "2. five"]
    book = read(tmp_path, story(PROSE, f"{PROSE}\n" + "\n".join(items), PROSE), "a.md")
    assert words(book) == [PROSE, PROSE, *items, PROSE]
    assert {part[:2] for part in parts(book)} == {("paragraph", "body")}


def test_a_wrapped_line_that_begins_with_a_number_is_no_item(tmp_path: Path) -> None:
    wrapped = "They counted the sheep on the quay again, and this time they came to\n41. It rained."
    book = read(tmp_path, story(wrapped, PROSE), "a.md")
    assert words(book) == [wrapped, PROSE]


def test_items_are_for_markdown_only(tmp_path: Path) -> None:
    verse = "- one\n- two"
    assert verse in words(read(tmp_path, story(PROSE, PROSE, verse, PROSE, PROSE, PROSE)))


def test_fenced_code_is_one_note(tmp_path: Path) -> None:
    code = "```python\n# no heading\n\nprint('\"no speech\"')\n- no item\n```"
    book = read(tmp_path, story(f"{PROSE}\n{code}\n{PROSE}", PROSE), "a.md")
    layers = [(layer, text) for _, layer, text in parts(book)]
    assert layers == [("body", PROSE), ("note", code), ("body", PROSE), ("body", PROSE)]
    assert analyze(book).quotations == ()


def test_a_fence_left_open_takes_nothing(tmp_path: Path) -> None:
    book = read(tmp_path, story(PROSE, "```", PROSE, PROSE), "a.md")
    assert {layer for _, layer, _ in parts(book)} == {"body"}


def test_markdown_is_told_by_its_marks(tmp_path: Path) -> None:
    assert read(tmp_path, story("# One", PROSE)).origin.format == "md"
    assert read(tmp_path, story("One", PROSE)).origin.format == "txt"


def test_origin(tmp_path: Path) -> None:
    book = read(tmp_path, "Ada left.\n")
    assert book.origin == Origin(
        path=str(tmp_path / "story.txt"),
        format="txt",
        sha256=book.sha256,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    "piece", ["_", "*", "\r", "\n", "(", "[A/N ", "-", "x ", "“", "#", "I\n\n", ">"]
)
def test_no_text_takes_long(piece: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{piece * 100_000}a").text.endswith("a")
