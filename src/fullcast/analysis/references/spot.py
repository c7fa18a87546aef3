"""Where a text speaks of people: by pronoun, by a name of the cast, by a description."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from fullcast.analysis.lexicon import PEOPLE
from fullcast.analysis.references.reference import PRONOUNS
from fullcast.analysis.words import Words, split_words
from fullcast.model import Annotations, Book, Layer, MentionKind, Span

Spotted = tuple[Span, MentionKind]
"""A mention before it is known whom it means."""
_UNCOUNTED = frozenset("it its itself who whom whose theirs hers yours ours mine".split())
"""Pronouns that hardly ever stand for a person, or that LitBank leaves out."""
_NO_HEADS = frozenset("voice voices both all other others company party couple god page".split())
_EVERYBODY = frozenset(
    "someone somebody anyone anybody everyone everybody nobody mankind children lads chaps".split()
)
_OPENERS = frozenset(
    "a an the this that these those my your his her our their its thy some any no every each "
    "another two three four five six several many few other".split()
)
_PLAIN = frozenset(
    "of in on at to from with by for and or but as is was were had said than".split()
)
_MOST_BEFORE = 4
_MOST_OF = 4


def spot(book: Book, found: Annotations) -> list[Spotted]:
    """Return the mentions of people in the story, in order.

    Of two that begin together the longer comes first.
    A description runs to the end of what is put behind its noun by *of*.
    """
    words = split_words(book.text)
    names = {m.span for m in found.mentions if m.kind is MentionKind.NAME}
    kinds: dict[Span, MentionKind] = dict.fromkeys(names, MentionKind.NAME)
    taken = {place for span in names for place in words.between(span.start, span.end)}
    for at, word in enumerate(words.lower):
        span = Span(words.starts[at], words.ends[at])
        if word in PRONOUNS and word not in _UNCOUNTED and (word != "i" or words.forms[at] == "I"):
            kinds.setdefault(span, MentionKind.PRONOUN)
        elif at not in taken and _is_head(words, at):
            kinds.setdefault(_phrase(book.text, words, at), MentionKind.DESCRIPTION)
    blocks = [block for block in book.blocks if block.layer is Layer.BODY]
    starts = [block.span.start for block in blocks]
    return sorted(
        (each for each in kinds.items() if bisect_right(starts, each[0].start)),
        key=lambda each: (each[0].start, -each[0].end),
    )


def _is_head(words: Words, at: int) -> bool:
    word = words.lower[at]
    if word in _NO_HEADS:
        return False
    single = word.removesuffix("s")
    return word in PEOPLE or word in _EVERYBODY or (single in PEOPLE and single not in _NO_HEADS)


def _phrase(text: str, words: Words, at: int) -> Span:
    """Return a description from its article or owner to the end of what *of* puts behind it."""
    first = at
    for before in range(at - 1, max(-1, at - 1 - _MOST_BEFORE), -1):
        if words.lower[before] in _PLAIN or not _joined(text, words, before):
            break
        if words.lower[before] in _OPENERS:
            first = before
            break
    return Span(words.starts[first], words.ends[max([at, *_behind(text, words, at)])])


def _behind(text: str, words: Words, at: int) -> Iterator[int]:
    """Yield the words of *of the house* behind a noun."""
    last = len(words.lower) - 1
    if at >= last or words.lower[at + 1] != "of" or not _joined(text, words, at):
        return
    for number in range(at + 2, min(last + 1, at + 2 + _MOST_OF)):
        opens = words.lower[number] in _OPENERS and number == at + 2
        if words.lower[number] in _PLAIN or not _joined(text, words, number - 1):
            return
        if not opens:
            yield number
            if number > at + 2:
                return


def _joined(text: str, words: Words, at: int) -> bool:
    """Tell whether nothing but white space or a hyphen stands between a word and the next."""
    return re.fullmatch(r"\s+|-", text[words.ends[at] : words.starts[at + 1]]) is not None
