"""Whom the narrator's words mean: the one place where narration asks it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fullcast.analysis.scene.phrases import INDEFINITE, Subject
from fullcast.analysis.scene.scene import Scene
from fullcast.model import Attribution

Meant = tuple[str | None, float | None]
"""A character's id, and how probable that is; ``None`` twice where nobody was found."""
NOBODY: Meant = (None, None)
_NAMED = 0.97
_SHARED_NAME = 0.6
_ACTS_ON = 0.9
_RECENT = 0.7
_OF_DESCRIPTION = 0.7
_NAMES_BACK = 12
_REACH = 2500
"""Characters back to the last name that a pronoun may mean."""


@dataclass(slots=True)
class Stage:
    """Who is to be thought of where a stretch of narration stands."""

    speaker: Attribution | None = None
    """Of the line beside it."""
    others: Sequence[str] = ()
    """Who is spoken to there, and who spoke before, nearest first."""
    acted: list[str] = field(default_factory=list)
    """Who was named in this stretch so far, last first."""


class Whom:
    """Finds whom a pronoun, a name or a description means."""

    def __init__(self, scene: Scene) -> None:
        """Keep the scene's names and genders."""
        self._scene = scene

    def agent(self, subject: Subject, stage: Stage) -> Meant:
        """Say who acts."""
        meant = self._told(subject, stage) or self._pronoun(subject, stage, None)
        _remember(stage, meant[0])
        return meant

    def target(self, subject: Subject, agent: str | None, stage: Stage) -> Meant:
        """Say to whom somebody does something; never to the agent."""
        meant = self._told(subject, stage) or self._pronoun(subject, stage, agent)
        if meant[0] is not None and meant[0] not in stage.acted:
            stage.acted.append(meant[0])
        return meant

    def actor(self, subject: Subject, stage: Stage, others: Sequence[str] = ()) -> Meant:
        """Say who acts, by a description too, and never one of ``others``."""
        if len(subject.characters) != 1 and not subject.first_person:
            meant = self._described(subject, stage, others)
        else:
            meant = self._told(subject, stage) or NOBODY
        _remember(stage, meant[0])
        return meant

    def concerned(self, subject: Subject, agent: str | None, stage: Stage) -> Meant:
        """Say whom a deed concerns, by a description too; never the agent."""
        if subject.head and subject.gender != "p":
            return self._described(subject, stage, (agent,) if agent else ())
        return self.target(subject, agent, stage)

    def _described(self, subject: Subject, stage: Stage, others: Sequence[str]) -> Meant:
        """Choose among those at hand whom *the older man* or *she* may mean."""
        if subject.gender == "p" or subject.head in INDEFINITE:
            return NOBODY
        told = self._told(subject, stage)
        if told is not None and (told[0] is not None or not subject.head):
            return told
        likely = _OF_DESCRIPTION if subject.head else 1.0
        if stage.speaker is None and (subject.head or not stage.acted):
            # Between two lines it is mostly who listened that does something.
            stage = replace(stage, others=(*stage.others[1:], *stage.others[:1]))
        for character, probability in self._thinkable(subject, stage):
            if character not in others and self._agrees(character, subject.gender):
                return character, round(probability * likely, 3)
        return NOBODY

    def _told(self, subject: Subject, stage: Stage) -> Meant | None:
        """Read what the words themselves tell; ``None`` for a pronoun of the third person."""
        if subject.first_person:
            scene = self._scene
            teller = scene.tellers.at(subject.span.start) or scene.narrator
            narrator = teller if subject.gender != "p" else None
            return (narrator, _NAMED) if narrator else NOBODY
        if len(subject.characters) == 1:
            return subject.characters[0], _NAMED
        if subject.characters:
            known = [*stage.acted, *self._speakers(stage), *self._named(subject.span.start)]
            return next(((c, _SHARED_NAME) for c in known if c in subject.characters), NOBODY)
        return NOBODY if subject.head or subject.gender not in ("f", "m") else None

    def _pronoun(self, subject: Subject, stage: Stage, agent: str | None) -> Meant:
        for character, probability in self._thinkable(subject, stage):
            if character != agent and self._agrees(character, subject.gender):
                return character, round(probability, 3)
        return NOBODY

    def _thinkable(self, subject: Subject, stage: Stage) -> Iterator[tuple[str, float]]:
        """Yield whom one thinks of, first the likeliest."""
        yield from ((character, _ACTS_ON) for character in stage.acted)
        if stage.speaker and stage.speaker.speaker:
            yield stage.speaker.speaker, stage.speaker.probability
        yield from ((character, _RECENT) for character in stage.others)
        yield from ((character, _RECENT) for character in self._named(subject.span.start))

    def _named(self, place: int) -> Iterator[str]:
        """Yield those last named before a place, subjects before others."""
        names = self._scene.named_before(place, _NAMES_BACK)
        for naming in reversed(names):
            if len(naming.characters) == 1 and place - naming.start < _REACH:
                yield naming.characters[0]

    def _speakers(self, stage: Stage) -> Iterator[str]:
        if stage.speaker and stage.speaker.speaker:
            yield stage.speaker.speaker
        yield from stage.others

    def _agrees(self, character: str, gender: str) -> bool:
        known = self._scene.genders.get(character, "x")
        return known == gender or "x" in (known, gender)


def stage_beside(
    left: Attribution | None, right: Attribution | None, before: Sequence[str]
) -> Stage:
    """Set the stage between two lines of a paragraph.

    Args:
        left: Of the line before the narration, in its paragraph.
        right: Of the line after it.
        before: Who spoke before, the last first.
    """
    nearest = left or right
    others = [*(nearest.addressees if nearest else ()), *before]
    return Stage(speaker=nearest, others=tuple(dict.fromkeys(others)))


def _remember(stage: Stage, character: str | None) -> None:
    """Put an agent first among those who acted."""
    if character is not None:
        stage.acted[:] = [character, *(c for c in stage.acted if c != character)]
