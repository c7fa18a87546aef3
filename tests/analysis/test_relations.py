"""What people are to each other, and how that moves."""

import pytest
from telling import understood

CAST = (
    "Ada Finch met Tom Reed and Harry Reed. “Well?” said Ada. “Well,” said Tom. “So,” said Harry."
    " She knew him. He knew her. Mrs. Lee smiled. “Yes,” said Mrs. Lee. Mr. Lee laughed."
    " “Yes,” said Mr. Lee."
)


def ties(*paragraphs: str) -> list[tuple[str, str, str, bool]]:
    """Return each tie as who, word, of whom, past."""
    _, found = understood(*paragraphs)
    names = {character.id: character.name for character in found.characters}
    return [(names.get(t.character or "", "-"), t.word, names[t.of], t.past) for t in found.ties]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tom’s brother Harry came in.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("Harry, Tom’s brother, came in.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("Tom was Ada’s late husband.", [("Tom Reed", "husband", "Ada Finch", True)]),
        ("Tom had been Ada’s husband.", [("Tom Reed", "husband", "Ada Finch", True)]),
        ("Ada came with her cousin Tom.", [("Tom Reed", "cousin", "Ada Finch", False)]),
        ("Mr. and Mrs. Lee came in.", [("Mrs. Lee", "wife", "Mr. Lee", False)]),
        ("“My brother Harry came,” said Tom.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("“My dead sister came,” said Tom.", [("-", "sister", "Tom Reed", True)]),
        ("Tom’s brother, Harry thought, was ill.", []),
        ("Tom’s sister Harry came in.", []),
        ("“My brother,” said Tom, “come in.”", []),
        ("Tom’s future wife Ada came in.", []),
    ],
)
def test_ties(words: str, told: list[tuple[str, str, str, bool]]) -> None:
    assert ties(CAST, words) == told


def test_a_wife_who_speaks_is_the_wife_of_whom_she_answers() -> None:
    told = ties(
        "Ada Finch met Tom Reed. She knew him.",
        "“Well?” said Tom.",
        "“Well,” said Ada.",
        "“Go, Ada,” said Tom.",
        "“No, Tom,” said his wife.",
    )
    assert ("Ada Finch", "wife", "Tom Reed", False) in told
