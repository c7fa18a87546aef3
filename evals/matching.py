"""Match what was found to what was annotated: quotations by their characters, people by names."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fullcast.model import Annotations, Book, Character, Span

LEAST_OVERLAP = 0.5
"""Intersection over union, in characters, from which a quotation counts as found."""
_MARKS = "\"“”'‘’«»‹›„‚「」『』 \t\r\n\u00a0"
_ARTICLES = ("the ", "a ", "an ")


def bare(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans without the quotation marks and white space at their edges."""
    found = []
    for span in spans:
        words = span.of(text)
        start = span.start + len(words) - len(words.lstrip(_MARKS))
        end = span.end - (len(words) - len(words.rstrip(_MARKS)))
        found.append(Span(start, end) if end > start else span)
    return tuple(found)


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return intersection over union of two sets of spans, in characters."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    total = sum(map(len, one)) + sum(map(len, other)) - shared
    return shared / total if total else 0.0


def match_spans(
    gold: Sequence[tuple[Span, ...]], found: Sequence[tuple[Span, ...]]
) -> dict[int, int]:
    """Return for each gold item that was found the number of what found it, one to one.

    Both sides must be sorted.
    """
    reach = max((f[-1].end - f[0].start for f in found), default=0)
    starts = [spans[0].start for spans in found]
    pairs = []
    for g, spans in enumerate(gold):
        for f in range(
            bisect_left(starts, spans[0].start - reach), bisect_left(starts, spans[-1].end)
        ):
            share = overlap(spans, found[f])
            if share >= LEAST_OVERLAP:
                pairs.append((-share, g, f))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, f in sorted(pairs):
        if g not in matched and f not in taken:
            matched[g] = f
            taken.add(f)
    return matched


def match_people(
    book: Book, annotations: Annotations, gold: Sequence[Character]
) -> dict[str, str | None]:
    """Return for each found character whom it stands for: most alias matches by mentions."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for character in gold:
        for alias in (character.name, *character.aliases):
            bearers[folded(alias)].add(character.id)
    counts = alias_counts(book, annotations)
    return {
        c.id: _most_shared(counts.get(c.id, Counter()), c, bearers) for c in annotations.characters
    }


def folded(alias: str) -> str:
    """Return an alias with case and leading article folded."""
    plain = " ".join(alias.split()).lower()
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return plain


def alias_counts(book: Book, annotations: Annotations) -> defaultdict[str, Counter[str]]:
    """Return for each found character by what folded words it is mentioned, and how often."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in annotations.mentions:
        if mention.character is not None:
            counts[mention.character][folded(mention.span.of(book.text))] += 1
    return counts


def _most_shared(
    counts: Counter[str], character: Character, bearers: Mapping[str, set[str]]
) -> str | None:
    shared: Counter[str] = Counter()
    for alias in {folded(a) for a in (character.name, *character.aliases)} | counts.keys():
        for gold in bearers.get(alias, ()):
            shared[gold] += max(counts[alias], 1)
    if not shared:
        return None
    return min(shared, key=lambda g: (-shared[g], g))
