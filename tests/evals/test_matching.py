"""What was found is matched to what was annotated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.matching import bare, folded, match_people, match_spans, overlap
from fullcast.model import Annotations, Book, Character, Mention, MentionKind, Span


def spans(*pairs: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (spans((0, 10)), spans((0, 10)), 1.0),
        (spans((0, 10)), spans((10, 20)), 0.0),
        (spans((0, 10)), spans((5, 15)), 1 / 3),
        (spans((0, 10), (20, 30)), spans((0, 10)), 0.5),
        (spans((0, 10), (20, 30)), spans((0, 30)), 2 / 3),
        (spans((0, 10), (20, 30)), spans((5, 25)), 1 / 3),
        ((), (), 0.0),
    ],
)
def test_overlap(one: tuple[Span, ...], other: tuple[Span, ...], share: float) -> None:
    assert overlap(one, other) == pytest.approx(share)
    assert overlap(other, one) == pytest.approx(share)


def test_marks_and_spaces_do_not_count() -> None:
    text = "“Come in,” he said. ' No ' «»"
    assert bare(text, spans((0, 10), (20, 26))) == spans((1, 9), (22, 24))
    assert bare(text, spans((27, 29))) == spans((27, 29))


def test_spans_are_matched_one_to_one_and_best_first() -> None:
    gold = [spans((0, 10)), spans((20, 30)), spans((40, 50), (60, 70)), spans((80, 90))]
    found = [spans((0, 9)), spans((0, 10)), spans((21, 41)), spans((42, 50), (60, 70))]
    # 0: the very same beats nine of ten; 1: 9 of 21 is too little; 2: 18 of 20; 3: nothing there.
    assert match_spans(gold, sorted(found)) == {0: 1, 2: 3}


def test_half_is_enough() -> None:
    assert match_spans([spans((0, 10))], [spans((0, 5))]) == {0: 0}
    assert match_spans([spans((0, 11))], [spans((0, 5))]) == {}
    assert match_spans([], [spans((0, 5))]) == {}
    assert match_spans([spans((0, 5))], []) == {}


def test_one_long_piece_stands_for_one_only() -> None:
    assert match_spans([spans((0, 10)), spans((10, 20))], [spans((0, 20))]) == {0: 0}


ITEMS = st.lists(
    st.lists(st.integers(0, 40), min_size=2, max_size=4, unique=True)
    .map(sorted)
    .map(lambda e: tuple(Span(a, b) for a, b in zip(e[::2], e[1::2], strict=False))),
    max_size=6,
).map(sorted)


@given(ITEMS, ITEMS)
def test_a_match_is_mutual_and_at_least_half(
    gold: list[tuple[Span, ...]], found: list[tuple[Span, ...]]
) -> None:
    matched = match_spans(gold, found)
    assert len(set(matched.values())) == len(matched)
    assert all(overlap(gold[g], found[f]) >= 0.5 for g, f in matched.items())
    # Nothing that fits is left over on both sides.
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            if overlap(one, other) >= 0.5:
                assert g in matched or f in matched.values()


@given(ITEMS)
def test_the_same_is_wholly_found(gold: list[tuple[Span, ...]]) -> None:
    assert len(match_spans(gold, gold)) == len(gold)


@pytest.mark.parametrize(
    ("alias", "plain"),
    [("The Landlord", "landlord"), ("a  boy", "boy"), ("An Owl", "owl"), ("Theo", "theo"),
     ("Miss\nFinch", "miss finch")],
)  # fmt: skip
def test_names_are_folded(alias: str, plain: str) -> None:
    assert folded(alias) == plain


TEXT = "Ada sat. Miss Finch sat. Ada ran. The landlord ran. Tom ran."
GOLD = (
    Character(id="ADA", name="Ada Finch", aliases=("Ada",)),
    Character(id="AUNT", name="Miss Finch"),
    Character(id="HOST", name="landlord"),
)


def mentioned(*found: tuple[str, str]) -> Annotations:
    """Make a cast of ids, each mentioned under some words: every place where they stand."""
    mentions = [
        Mention(span=Span(at, at + len(words)), kind=MentionKind.NAME, character=who)
        for who, words in found
        for at in range(len(TEXT))
        if TEXT.startswith(words, at)
    ]
    cast = {who: Character(id=who, name=words) for who, words in reversed(found)}
    return Annotations(characters=tuple(cast.values()), mentions=tuple(mentions))


def test_people_stand_for_whom_their_mentions_name_most() -> None:
    book = Book(text=TEXT, blocks=())
    found = mentioned(("x", "Miss Finch"), ("x", "Ada"), ("y", "The landlord"), ("z", "Tom"))
    # x is named Ada twice and Miss Finch once; nobody in the gold cast is called Tom.
    assert match_people(book, found, GOLD) == {"x": "ADA", "y": "HOST", "z": None}


def test_an_alias_counts_though_never_mentioned() -> None:
    found = Annotations(characters=(Character(id="x", name="X", aliases=("the LANDLORD",)),))
    assert match_people(Book(text="", blocks=()), found, GOLD) == {"x": "HOST"}


def test_several_may_stand_for_one() -> None:
    found = mentioned(("x", "Ada"), ("y", "Ada"))
    assert match_people(Book(text=TEXT, blocks=()), found, GOLD) == {"x": "ADA", "y": "ADA"}
