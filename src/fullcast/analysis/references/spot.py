"""Where a text speaks of people: by pronoun, by name, by description."""

from bisect import bisect_right
from collections.abc import Iterator

from fullcast.analysis.references.grammar import Grammar
from fullcast.analysis.references.phrases import (
    ends_of,
    find_heads,
    is_name,
    starts_of,
    weigh_ends,
    weigh_starts,
)
from fullcast.analysis.references.reference import PRONOUNS
from fullcast.analysis.words import Words, split_words
from fullcast.infer.ranker import Phrases
from fullcast.model import Annotations, Book, Layer, MentionKind, Span

Spotted = tuple[Span, MentionKind]
"""A mention before it is known whom it means."""
_UNCOUNTED = frozenset("it its itself who whom whose theirs hers yours ours mine".split())
"""Pronouns that hardly ever stand for a person, or that LitBank leaves out."""


def spot(book: Book, found: Annotations, phrases: Phrases) -> list[Spotted]:
    """Return the mentions of people in the story, in order.

    Of two that begin together the longer comes first. A mention runs from its article or owner
    to the end of all that is put behind its noun, other mentions among it.
    """
    grammar = read_grammar(book, found)
    kinds: dict[Span, MentionKind] = dict(_pronouns(grammar.words))
    for head in find_heads(grammar):
        if spotted := _phrase(grammar, head, phrases):
            kinds.setdefault(*spotted)
    blocks = [block for block in book.blocks if block.layer is Layer.BODY]
    starts = [block.span.start for block in blocks]
    return sorted(
        (each for each in kinds.items() if bisect_right(starts, each[0].start)),
        key=lambda each: (each[0].start, -each[0].end),
    )


def read_grammar(book: Book, found: Annotations) -> Grammar:
    """Return the words of a book, those known that name one of the cast."""
    words = split_words(book.text)
    names = [m.span for m in found.mentions if m.kind is MentionKind.NAME]
    return Grammar(
        book.text, words, {at for span in names for at in words.between(span.start, span.end)}
    )


def _pronouns(words: Words) -> Iterator[Spotted]:
    for at, word in enumerate(words.lower):
        if word in PRONOUNS and word not in _UNCOUNTED and (word != "i" or words.forms[at] == "I"):
            yield Span(words.starts[at], words.ends[at]), MentionKind.PRONOUN


def _phrase(grammar: Grammar, head: int, phrases: Phrases) -> Spotted | None:
    """Return the phrase that hangs on a word, if it speaks of a person."""
    starts = starts_of(grammar, head)
    odds = phrases.odds.get(grammar.words.lower[head])
    none, *shares = phrases.starts.rank(weigh_starts(grammar, head, starts, odds))
    if none > 1 / 2:
        return None
    first = starts[shares.index(max(shares))]
    ends = ends_of(grammar, head)
    shares = phrases.ends.rank(weigh_ends(grammar, first, head, ends))
    last = ends[shares.index(max(shares))]
    span = Span(grammar.words.starts[first], grammar.words.ends[last])
    named = is_name(grammar, first, head)
    return span, MentionKind.NAME if named else MentionKind.DESCRIPTION
