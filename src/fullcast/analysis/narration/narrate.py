"""All that narration tells around the talk, read once, and meant anew after each correction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fullcast.analysis.narration.clauses import ClauseReader
from fullcast.analysis.narration.deeds import DeedReader, FoundDeed
from fullcast.analysis.narration.feelings import find_feelings
from fullcast.analysis.narration.manner import MannerReader
from fullcast.analysis.narration.presence import Sighting, find_scenes, people_scenes
from fullcast.analysis.narration.silences import FoundSilence, SilenceReader
from fullcast.analysis.narration.steps import FoundStep, Step, StepReader
from fullcast.analysis.narration.thoughts import FoundThought, ThoughtReader
from fullcast.analysis.narration.whom import NOBODY, Stage, Whom, stage_beside
from fullcast.analysis.scene.layout import Paragraph
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.infer.feelings import shipped_feelings
from fullcast.model import (
    Attribution,
    BlockKind,
    Deed,
    DeedKind,
    Feeling,
    Manner,
    QuotationKind,
    Silence,
    StoryScene,
    Thought,
)

_TURNS_BACK = 4
_SEVERAL = 0.8
"""How sure it is that *they* are the two who talk."""
_BROKEN_OFF = re.compile(r"(?:—|―|–|--)[^\w—―–-]*$")


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stretch of narration, as it was read."""

    left: int | None
    right: int | None
    before: tuple[int, ...]
    """The turns before it, the last first."""
    deeds: tuple[FoundDeed, ...]
    steps: tuple[FoundStep, ...]
    thoughts: tuple[FoundThought, ...]
    silences: tuple[FoundSilence, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    deeds: tuple[Deed, ...]
    steps: tuple[Step, ...]
    thoughts: tuple[Thought, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrated:
    """What the narration of a whole book tells."""

    manners: tuple[Manner, ...]
    deeds: tuple[Deed, ...]
    steps: tuple[Step, ...]
    thoughts: tuple[Thought, ...]
    silences: tuple[Silence, ...]
    scenes: tuple[StoryScene, ...]
    feelings: tuple[Feeling, ...]


class Narration:
    """Reads a book's narration once. Only who is meant depends on who speaks."""

    def __init__(self, scene: Scene, words: Words) -> None:
        """Read what is done, thought and left unsaid, and how the lines are said."""
        self._scene = scene
        self._whom = Whom(scene)
        clauses = ClauseReader(scene.text, words, scene.narrated, scene.genders)
        self._deeds = DeedReader(scene.text, words, clauses)
        self._steps = StepReader(scene.text, words, clauses)
        self._thoughts = ThoughtReader(words, clauses)
        self._silences = SilenceReader(scene.text, words, scene.narrated)
        self._gaps = [gap for paragraph in scene.layout.paragraphs for gap in self._read(paragraph)]
        self._meant: list[tuple[object, _Told] | None] = [None] * len(self._gaps)
        self.manners = find_manners(scene, words)
        """Of every turn, in order; who cuts it off is not asked here."""
        self._broken = {t: after for t in range(len(self.manners)) if (after := self._broken_by(t))}
        self._heard = [(q.span, q.kind is QuotationKind.SPEECH) for q in scene.quotations]
        self._scenes = find_scenes(scene.text, scene.layout)
        self.feelings = find_feelings(scene, words, self.manners, shipped_feelings())
        """What turns are felt with, whoever says them."""

    def told(self, attributions: Sequence[Attribution]) -> Narrated:
        """Say whom it all means, given who says each turn.

        Args:
            attributions: One for each turn of the scene, in order.
        """
        told = [self._mean(number, attributions) for number in range(len(self._gaps))]
        deeds = tuple(deed for each in told for deed in each.deeds)
        sightings = [*self._sighted(attributions), *_seen(deeds)]
        return Narrated(
            manners=tuple(self._with_cuts(attributions)),
            deeds=deeds,
            steps=tuple(step for each in told for step in each.steps),
            thoughts=tuple(thought for each in told for thought in each.thoughts),
            silences=tuple(silence for each in told for silence in each.silences),
            scenes=tuple(people_scenes(self._scenes, sightings)),
            feelings=self.feelings,
        )

    def _read(self, paragraph: Paragraph) -> Iterator[_Gap]:
        if paragraph.kind is not BlockKind.PARAGRAPH:
            return
        numbers = [number for _, number in paragraph.parts]
        first = numbers[0] if numbers else self._next_turn(paragraph)
        for place, span in enumerate(paragraph.narration()):
            left = numbers[place - 1] if place else None
            right = numbers[place] if place < len(numbers) else None
            latest = first if left is None else left
            gap = _Gap(
                left=left,
                right=right,
                before=tuple(range(latest - 1, max(-1, latest - 1 - _TURNS_BACK), -1)),
                deeds=tuple(self._deeds.deeds(span.start, span.end)),
                steps=tuple(self._steps.steps(span.start, span.end)),
                thoughts=tuple(self._thoughts.thoughts(span.start, span.end)),
                silences=tuple(self._silences.silences(span.start, span.end)),
            )
            if gap.deeds or gap.steps or gap.thoughts or gap.silences:
                yield gap

    def _next_turn(self, paragraph: Paragraph) -> int:
        """Return the number of the first turn after a paragraph without one."""
        low, high = 0, len(self._scene.layout.first)
        while low < high:
            middle = (low + high) // 2
            if self._scene.layout.first[middle] < paragraph.number:
                low = middle + 1
            else:
                high = middle
        return low

    def _mean(self, number: int, attributions: Sequence[Attribution]) -> _Told:
        """Say whom one stretch means; the last answer holds while its lines are the same."""
        gap = self._gaps[number]
        beside = [attributions[t] if t is not None else None for t in (gap.left, gap.right)]
        before = [attributions[t].speaker for t in gap.before]
        key = (*((a.speaker, a.probability, a.addressees) for a in beside if a), *before)
        kept = self._meant[number]
        if kept is not None and kept[0] == key:
            return kept[1]
        stage = stage_beside(beside[0], beside[1], [who for who in before if who is not None])
        told = self._told(gap, stage)
        self._meant[number] = key, told
        return told

    def _told(self, gap: _Gap, stage: Stage) -> _Told:
        stepping, thinking, silent = (replace(stage, acted=[]) for _ in range(3))
        return _Told(
            tuple(self._deed(found, stage) for found in gap.deeds),
            tuple(step for found in gap.steps for step in self._step(found, stepping)),
            tuple(self._thought(found, thinking) for found in gap.thoughts),
            tuple(self._silence(found, silent) for found in gap.silences),
        )

    def _deed(self, found: FoundDeed, stage: Stage) -> Deed:
        agent, sure = self._whom.agent(found.agent, stage)
        target = NOBODY
        if found.target:
            target = self._whom.target(found.target, agent, stage)
        return replace(
            found.deed,
            character=agent,
            probability=sure,
            target_character=target[0],
            target_probability=target[1],
        )

    def _step(self, found: FoundStep, stage: Stage) -> Iterator[Step]:
        named = found.target.characters if found.target else ()
        agent, sure = self._whom.actor(found.agent, stage, named)
        several = found.agent.gender == "p"
        apart = found.kind is DeedKind.WITHDRAWAL
        if (several and apart) or (not several and agent is None):
            return
        target, aimed = NOBODY
        if found.target and not several:
            target, aimed = self._whom.concerned(found.target, agent, stage)
            if target is None and found.target.gender != "p":
                return
        yield Step(
            kind=found.kind,
            name=found.name,
            weight=found.weight,
            span=found.span,
            character=None if several else agent,
            target=target,
            probability=round(found.sure * (sure or _SEVERAL) * (aimed or 1.0), 3),
        )

    def _thought(self, found: FoundThought, stage: Stage) -> Thought:
        character, probability = self._whom.agent(found.subject, stage)
        return replace(found.thought, character=character, probability=probability)

    def _silence(self, found: FoundSilence, stage: Stage) -> Silence:
        if found.subject is None:
            return found.silence
        character, probability = self._whom.agent(found.subject, stage)
        return replace(found.silence, character=character, probability=probability)

    def _with_cuts(self, attributions: Sequence[Attribution]) -> Iterator[Manner]:
        """Add who breaks in on whom; leave out what nothing is told of."""
        for t, manner in enumerate(self.manners):
            if t in self._broken and attributions[t].speaker != attributions[t + 1].speaker:
                yield replace(manner, cut_off_by=self._broken[t])
            elif manner.verb or manner.phrases or manner.hesitates:
                yield manner

    def _broken_by(self, t: int) -> str | None:
        """Return the turn that breaks in on another, if somebody else speaks it."""
        scene = self._scene
        if t + 1 >= len(scene.quotations):
            return None
        here, after = scene.quotations[t], scene.quotations[t + 1]
        adjoins = scene.layout.first[t + 1] - scene.layout.last[t] <= 1
        speaks = here.kind is after.kind is QuotationKind.SPEECH
        if not (adjoins and speaks and _BROKEN_OFF.search(here.spans[-1].of(scene.text))):
            return None
        silent = not any(map(str.isalnum, scene.text[here.span.end : after.span.start]))
        return after.id if silent or self._interrupts(t + 1) else None

    def _interrupts(self, t: int) -> bool:
        tag = self._scene.tag(t)
        return tag is not None and tag.rank <= 1

    def _sighted(self, attributions: Sequence[Attribution]) -> Iterator[Sighting]:
        """Yield who is shown to be there by speaking, or by being spoken to."""
        for (span, aloud), judged in zip(self._heard, attributions, strict=True):
            if aloud and judged.speaker is not None:
                yield Sighting(judged.speaker, span, judged.probability)
                for addressee in judged.addressees:
                    yield Sighting(addressee, span, judged.probability / 2)


def find_manners(scene: Scene, words: Words) -> list[Manner]:
    """Read how each turn of a scene is said, in order."""
    reader = MannerReader(scene.text, words)
    manners = []
    for t, quotation in enumerate(scene.quotations):
        tag = scene.tag(t)
        phrases = reader.phrases(tag) if tag else ()
        verb = tag.verb if tag and not tag.label else None
        manners.append(
            Manner(
                quotation=quotation.id,
                verb=verb,
                phrases=phrases,
                voice=reader.voice(verb, phrases),
                hesitates=reader.hesitates(quotation.spans),
            )
        )
    return manners


def _seen(deeds: Sequence[Deed]) -> Iterator[Sighting]:
    """Yield who is shown to be there by what they do, or what is done to them."""
    for deed in deeds:
        if deed.character is not None and deed.probability is not None:
            yield Sighting(deed.character, deed.span, deed.probability, deed.kind)
        if deed.target_character is not None and deed.target_probability is not None:
            yield Sighting(deed.target_character, deed.span, deed.target_probability)
