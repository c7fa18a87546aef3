"""What is asked of LitBank's texts to learn where mentions of people begin and end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from evals.excerpts import Excerpt, GoldMention
from fullcast.analysis.references.grammar import Grammar
from fullcast.analysis.references.phrases import (
    Rows,
    ends_of,
    find_heads,
    starts_of,
    weigh_ends,
    weigh_starts,
)
from fullcast.analysis.references.reference import core_of
from fullcast.analysis.references.spot import read_grammar
from fullcast.model import Annotations, MentionKind

_OFTEN = 3
"""How many times a word must have been met for its odds to be told."""
Asked = tuple[Rows, int]
"""The features of all candidates, and the number of the right one."""
_EVEN = 2
"""As how many words that are as all are a word is counted before it is met."""


@dataclass(frozen=True, slots=True)
class Taught:
    """An excerpt with its words, and the first and last word of what hangs on each noun."""

    grammar: Grammar
    heads: Sequence[int]
    right: Mapping[int, tuple[int, int]]

    def met(self) -> Counter[str]:
        """Count the words that may speak of people."""
        return Counter(self.grammar.words.lower[head] for head in self.heads)

    def meant(self) -> Counter[str]:
        """Count those that do."""
        return Counter(self.grammar.words.lower[head] for head in self.right)


def teach(excerpt: Excerpt, found: Annotations) -> Taught:
    """Lay the mentions of an excerpt, the shortest first, on the nouns they hang on."""
    grammar = read_grammar(excerpt.book, found)
    heads = list(find_heads(grammar))
    right: dict[int, tuple[int, int]] = {}
    mentions = [m for m in excerpt.mentions if m.kind is not MentionKind.PRONOUN]
    for mention in sorted(mentions, key=lambda m: m.span.end - m.span.start):
        words = grammar.words.between(mention.span.start, mention.span.end)
        free = sorted(set(heads).intersection(words) - set(right))
        if free:
            right[_noun(excerpt, grammar, mention, free)] = (words[0], words[-1])
    return Taught(grammar, heads, right)


def _noun(excerpt: Excerpt, grammar: Grammar, mention: GoldMention, free: Sequence[int]) -> int:
    """Return the last word that may be its noun before what is put behind that."""
    core = mention.span.start + len(core_of(mention.span.of(excerpt.book.text)))
    before = [head for head in free if grammar.words.starts[head] < core]
    return before[-1] if before else free[0]


class Odds:
    """How likely each word is to speak of a person, counted in several excerpts."""

    def __init__(self, taught: Iterable[Taught]) -> None:
        """Count."""
        self.met: Counter[str] = Counter()
        self.meant: Counter[str] = Counter()
        for each in taught:
            self.met.update(each.met())
            self.meant.update(each.meant())
        self._usual = self.meant.total() / max(1, self.met.total())

    def of(self, word: str, but: Taught | None = None) -> float | None:
        """Return the log-odds of a word, as they were without the excerpt ``but``."""
        met, meant = self.met[word], self.meant[word]
        if but:
            met, meant = met - but.met()[word], meant - but.meant()[word]
        share = (meant + _EVEN * self._usual) / (met + _EVEN)
        return log(share / (1 - share)) if met >= _OFTEN else None


def starts_asked(taught: Taught, odds: Odds) -> Iterator[Asked]:
    """Ask of each noun whether it speaks of a person, and where the phrase begins."""
    grammar = taught.grammar
    known = {word: odds.of(word, taught) for word in taught.met()}
    for head in taught.heads:
        starts = starts_of(grammar, head)
        first = taught.right[head][0] if head in taught.right else None
        if first is None or first in starts:
            rows = weigh_starts(grammar, head, starts, known[grammar.words.lower[head]])
            yield rows, [None, *starts].index(first)


def ends_asked(taught: Taught) -> Iterator[Asked]:
    """Ask of each phrase where it ends."""
    for head, (first, last) in taught.right.items():
        ends = ends_of(taught.grammar, head)
        if last in ends and first in starts_of(taught.grammar, head):
            rows = weigh_ends(taught.grammar, first, head, ends)
            yield rows, ends.index(last)
