"""A small story for the network, made by hand."""

from fullcast.infer.story import Name, Person, Story
from fullcast.model import Span

TEXT = (
    "Ada came in and shut the door.\n\n"
    "“You are late,” said Ben.\n\n"
    "“I know,” she said. “The bridge was up.”\n\n"
    "“Again?”\n\n"
    "“Again.” Ada sat down.\n\n"
)


def span_of(words: str, nth: int = 0) -> Span:
    """Find the nth place of some words."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


LINES = [
    (span_of("“You are late,”"),),
    (span_of("“I know,”"), span_of("“The bridge was up.”")),
    (span_of("“Again?”"),),
    (span_of("“Again.”"),),
]
SPEAKERS = ["ben", "ada", "ben", "ada"]


def make_story(times: int = 1) -> Story:
    """Return the story, told over and over."""
    length = len(TEXT)

    def shifted(span: Span, n: int) -> Span:
        return Span(span.start + n * length, span.end + n * length)

    paragraphs, at = [], 0
    for block in TEXT.split("\n\n")[:-1]:
        paragraphs.append(Span(at, at + len(block) + 2))
        at += len(block) + 2
    names = [("ada", span_of("Ada")), ("ben", span_of("Ben")), ("ada", span_of("Ada", 1))]
    turns = range(times)
    return Story(
        text=TEXT * times,
        paragraphs=[shifted(p, n) for n in turns for p in paragraphs],
        lines=[tuple(shifted(s, n) for s in line) for n in turns for line in LINES],
        names=[Name(shifted(span, n), (who,)) for n in turns for who, span in names],
        mentions=[shifted(span_of("she"), n) for n in turns],
        people={"ada": Person("f", False, 0.0), "ben": Person("m", False, -1.0)},
    )
