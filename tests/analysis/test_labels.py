import pytest
from telling import tell

from fullcast.analysis import analyze

CHAT = """Mara couldn't sleep. Her phone buzzed.

Jo: you awake?

Mara: no

Jo: liar

Mara smiled. "Go home, Jo," she said to nobody.

Mara: go home
"""


def told(text: str) -> list[tuple[str, str | None]]:
    """Return each line's words with who says it, by name."""
    book = tell(text)
    found = analyze(book)
    names = {c.id: c.name for c in found.characters}
    words = {q.id: " ".join(s.of(book.text) for s in q.spans) for q in found.quotations}
    return [(words[a.quotation], names.get(a.speaker or "")) for a in found.attributions]


def test_messages_are_lines_of_whom_they_are_labelled_with() -> None:
    assert told(CHAT) == [
        ("you awake?", "Jo"),
        ("no", "Mara"),
        ("liar", "Jo"),
        ('"Go home, Jo,"', "Mara"),
        ("go home", "Mara"),
    ]


def test_a_colon_is_no_verb() -> None:
    found = analyze(tell(CHAT))
    assert found.cues[0].verb is None
    assert [m.verb.of(CHAT) for m in found.manners if m.verb] == ["said"]


def test_me_is_the_narrator() -> None:
    text = (
        "I stared at the screen. I put the phone down. I picked it up.\n\n"
        "Mom: Are you eating?\nMe: yes mom\nMom: Vegetables?\nMe: define vegetables\n"
    )
    assert [name for _, name in told(text)] == ["Mom", "Narrator"] * 2


def test_a_play() -> None:
    text = "ADA: You're up.\n\nTOM: (laughing) So are you.\n\nADA: No.\n\nTom looks at Ada.\n"
    assert told(text) == [("You're up.", "Ada"), ("So are you.", "Tom"), ("No.", "Ada")]


def test_stamps_and_handles() -> None:
    text = (
        "The chat was loud.\n\n[10:41 PM] sunshine: is anyone awake\n\n**tsukki** (10:42): no\n\n"
        "sunshine: lol\n\ntsukki: go to sleep\n\n“You two,” said Ada.\n"
    )
    assert told(text) == [
        ("is anyone awake", "sunshine"),
        ("no", "tsukki"),
        ("lol", "sunshine"),
        ("go to sleep", "tsukki"),
        ("“You two,”", "Ada"),
    ]


def test_labels_before_quotation_marks() -> None:
    text = "Priya: “You came back.”\n\nTom: “I forgot my keys.”\n\nThey laughed.\n"
    assert [name for _, name in told(text)] == ["Priya", "Tom"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Sugar: two cups", "Flour: one cup", "Note: do not forget the eggs"],
        ["Monday: rain", "Tuesday: rain", "Monday: more rain"],
        ["Name: Ada", "Age: 12", "Name: Tom", "Age: 14"],
        ["Jo: only one"],
    ],
)
def test_lists_are_narration(lines: list[str]) -> None:
    assert told("\n\n".join(["“Read it,” said Ada.", *lines])) == [("“Read it,”", "Ada")]


def test_a_colon_at_the_head_of_a_wrapped_line_is_no_label() -> None:
    text = "“No,” said Ada. Tom went to the window where she stood with old Mr.\nFinch: “Yes.”\n"
    assert all(name != "Finch" for _, name in told(text))
    found = analyze(tell(text))
    assert not any(c.name == "gentleman" for c in found.characters)
