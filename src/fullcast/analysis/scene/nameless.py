"""Who *he* or *she* is where nobody in the cast can be meant."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from fullcast.analysis.lexicon import PEOPLE
from fullcast.analysis.people.find import slug
from fullcast.analysis.people.gender import GENDERS
from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.model import Character

_NAMES = (("f", "She"), ("m", "He"))
_WORDS_BACK = 40
_ARTICLES = frozenset(("the", "a", "an"))
_ADJECTIVES = 2


def add_nameless(
    cast: Sequence[Character], scene: Scene, words: Words, told: Callable[[int], bool]
) -> list[Character]:
    """Add the barista of *The barista glances over. “Okay?” she asks.*, or a mere *She*.

    Only to a story that names nobody who can be meant.

    Args:
        cast: Those who have names or descriptions.
        scene: What tags say of them.
        words: The book's.
        told: Whether a place in the text is narration.
    """
    subjects = [tags[0].subject for tags in scene.tags if tags]
    pronouns = [s for s in subjects if not (s.characters or s.head or s.first_person)]
    known = {scene.genders.get(c.id, "x") for c in cast if not (c.narrator or c.group)}
    taken = {c.id for c in cast}
    added = []
    for letter, name in _NAMES:
        meant = [subject for subject in pronouns if subject.gender == letter]
        if meant and not known & {letter, "x"}:
            described = Counter(_described(meant, words, told))
            shown = described.most_common(1)[0][0] if described else ""
            added.append(
                Character(
                    id=slug(shown or name, taken),
                    name=shown[:1].upper() + shown[1:] or name,
                    aliases=(shown,) if shown else (),
                    gender=GENDERS[letter],
                )
            )
    return [*cast, *added]


def _described(
    pronouns: Sequence[Subject], words: Words, told: Callable[[int], bool]
) -> Iterator[str]:
    """Yield, for each pronoun, who was described last before it in narration: *the barista*."""
    for pronoun in pronouns:
        place = words.at_or_after(pronoun.span.start)
        for at in range(place - 1, max(0, place - _WORDS_BACK), -1):
            fits = PEOPLE.get(words.lower[at]) in (pronoun.gender, "x")
            if fits and told(words.starts[at]) and _introduced(words, at):
                yield f"the {words.lower[at]}"
                break


def _introduced(words: Words, at: int) -> bool:
    before = words.lower[max(0, at - 1 - _ADJECTIVES) : at]
    return not _ARTICLES.isdisjoint(before)
