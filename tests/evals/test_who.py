"""Who is who among mentions, by rules, on sentences made by hand."""

import re
from pathlib import Path

import numpy as np
import pytest

from fullcast.analysis import analyze
from fullcast.model import Book, MentionKind, Span
from fullcast.readers.plain import read_plain
from training.entities import TOLD, History, Text
from training.references import Reference, read_talk, refer
from training.who import by_rules, resolve

MARK = re.compile(r"\[([ndp]) ([^\[\]]+)\]")
KINDS = {"n": MentionKind.NAME, "d": MentionKind.DESCRIPTION, "p": MentionKind.PRONOUN}


def marked(story: str) -> Text:
    """Read a story whose mentions are marked: ``[n Ada]``, ``[d a woman]``, ``[p she]``."""
    text, mentions, at = "", [], 0
    for match in MARK.finditer(story):
        text += story[at : match.start()]
        span = Span(len(text), len(text) + len(match[2]))
        mentions.append((span, KINDS[match[1]]))
        text, at = text + match[2], match.end()
    book: Book = read_plain((text + story[at:]).encode(), Path("story.txt"))
    found = analyze(book)
    count = len(mentions)
    return Text(
        refer(book, found, mentions),
        read_talk(found),
        np.zeros((count, count)),
        np.zeros(count),
    )


@pytest.mark.parametrize(
    ("story", "homes"),
    [
        ("[n Ada Finch] nodded. [n Tom] saw [p her]. [n Ada] left.", [0, 1, 0, 0]),
        (
            "“[p I] will,” said [n Ada Finch].\n\n“And [p I] too,” said [n Tom Hale].\n",
            [0, 0, 1, 1],
        ),
        ("[d A man] came. [d The dog] sat. [d A man] came. [d The dog] ran.", [0, 1, 2, 1]),
    ],
)
def test_rules(story: str, homes: list[int]) -> None:
    text = marked(story)
    found = resolve(text, by_rules)
    first = {home: n for n, home in reversed(list(enumerate(found)))}
    wanted = {home: n for n, home in reversed(list(enumerate(homes)))}
    assert [first[home] for home in found] == [wanted[home] for home in homes]


def test_what_a_mention_tells_by_itself() -> None:
    text = marked("“[d My wives], [p you],” said [d the old king of [n Ys].\n")

    def short(reference: Reference) -> tuple[str, str, str, bool]:
        return reference.head, reference.opening, reference.gender, reference.line is not None

    assert [short(r) for r in text.references][:2] == [
        ("wives", "possessive", "p", True),
        ("", "", "x", True),
    ]


def test_each_candidate_has_its_figures() -> None:
    text = marked("[n Ada Finch] nodded. [n Tom Hale] saw [p her].")
    history = History(text)
    for mention in (0, 1):
        history.join(mention, None)
    rows = history.features(2, history.candidates(2))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][-TOLD:] == [0.0] * TOLD
