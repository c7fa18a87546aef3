"""Stories told to their hero: *you say*, *you turn your back*."""

from dataclasses import replace

from fullcast.analysis.scene.layout import Layout
from fullcast.analysis.words import Words, split_words
from fullcast.model import BlockKind

_YOU_RATE = 0.02
"""Share of *you* among the words of narration from which the story is told to its hero; who
addresses the reader now and then says it far less often."""
_LEAST_YOU = 5
_OVER_I = 4
"""So many times as often as *I*: else somebody in the story tells it to somebody."""
_AS_FIRST = {
    "you": "I",
    "you're": "I'm",
    "you've": "I've",
    "you'd": "I'd",
    "you'll": "I'll",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
}
_BEFORE_OBJECTS = frozenset(
    "to with of at by for from upon toward towards after beside into on near like than about "
    "behind before past against between among around over under without through".split()
)


def words_as_told(text: str, layout: Layout) -> Words:
    """Find the words of a story; where it is told to *you*, narration’s *you* is read as *I*.

    So whatever is known of a narrator who is in the story holds for that hero too. Places are
    those of the text as it is.
    """
    words = split_words(text)
    narration = [
        words.between(span.start, span.end)
        for paragraph in layout.paragraphs
        if paragraph.kind is BlockKind.PARAGRAPH
        for span in paragraph.narration()
    ]
    return _as_first_person(text, words, narration) if _addressed(words, narration) else words


def _addressed(words: Words, narration: list[range]) -> bool:
    told = [words.lower[stretch.start : stretch.stop] for stretch in narration]
    you, own = (sum(forms.count(word) for forms in told) for word in ("you", "i"))
    return you >= max(_LEAST_YOU, _OVER_I * own, _YOU_RATE * sum(map(len, told)))


def _as_first_person(text: str, words: Words, narration: list[range]) -> Words:
    forms, lower = list(words.forms), list(words.lower)
    for at in (at for stretch in narration for at in stretch):
        first = _AS_FIRST.get(words.lower[at])
        if first is None:
            continue
        if first == "I" and _is_object(text, words, at):
            first = "me"
        large = words.forms[at][0].isupper()
        forms[at] = first[0].upper() + first[1:] if large else first
        lower[at] = first.lower()
    return replace(words, forms=forms, lower=lower)


def _is_object(text: str, words: Words, at: int) -> bool:
    """Tell whether something is done to *you*: *He looks at you*."""
    if at and words.lower[at - 1] in _BEFORE_OBJECTS:
        return True
    following = text[words.ends[at] : words.ends[at] + 1]
    return following in tuple(",.;:!?—")
