"""From a book to what is known of it. Pure: no files, no clock, no chance."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fullcast.analysis.narration.narrate import Narrated, Narration
from fullcast.analysis.people.find import find_cast
from fullcast.analysis.people.known import lay_over
from fullcast.analysis.people.names import only_titled
from fullcast.analysis.people.recast import Recast
from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.relations.relate import Related, Relations
from fullcast.analysis.scene.addressed import words_as_told
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.identify import identify
from fullcast.analysis.scene.layout import Layout, lay_out
from fullcast.analysis.scene.scene import Scene, Speech, set_scene
from fullcast.analysis.speakers.attribute import Judgements
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.evidence import PERSON
from fullcast.analysis.speakers.links import Step, find_steps
from fullcast.analysis.speakers.story import tell
from fullcast.analysis.words import Words
from fullcast.errors import CorrectionError
from fullcast.infer.scorer import Scorer, rules_scorer
from fullcast.infer.story import ReadingNetwork
from fullcast.model import (
    Annotations,
    Attribution,
    Book,
    Character,
    Correction,
    Cue,
    CueKind,
    KnownCast,
    Layer,
    Manner,
    Mention,
    MentionKind,
    Notice,
    Quotation,
    QuotationKind,
    SourceKind,
    Span,
    SpeakerSet,
)

Progress = Callable[[str, float], None]
"""``progress(stage, done)``: the stage that begins, and the share done, in [0, 1]."""
_TURNS = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
"""Kinds that somebody in the story utters; the others have no speaker."""
NOBODY_KNOWN = KnownCast()
"""The whole cast is to be found."""


def analyze(
    book: Book,
    corrections: Iterable[Correction] = (),
    *,
    quotations: Sequence[Quotation] | None = None,
    cast: Sequence[Character] | None = None,
    known: KnownCast = NOBODY_KNOWN,
    scorer: Scorer | None = None,
    network: ReadingNetwork | None = None,
    progress: Progress | None = None,
) -> Annotations:
    """Find who says what in ``book``.

    Args:
        book: The story.
        corrections: What a person has decided; of several for one quotation the last holds.
        quotations: Its quotations where they are known already; found otherwise.
        cast: All its characters with all their aliases where they are known; found otherwise.
        known: What a person knows of the cast that is to be found.
        scorer: How evidence tells for a speaker where rules judge; the shipped one by default.
        network: Reads what the rules leave open; without it they judge alone.
        progress: Called as each stage begins.

    Raises:
        CorrectionError: where a correction names what is not in this book.
        ValueError: where a given quotation does not lie in the book's text.
    """
    analysis = Analysis(
        book,
        quotations=quotations,
        cast=cast,
        known=known,
        scorer=scorer,
        network=network,
        progress=progress,
    )
    annotations = analysis.annotate(corrections)
    if progress:
        progress("done", 1.0)
    return annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A book before anybody judges it: what is quoted, who there is, what the rules see."""

    quotations: tuple[Quotation, ...]
    cast: Sequence[Character]
    words: Words
    scene: Scene
    steps: Sequence[Step]
    notices: tuple[Notice, ...]
    set_scene: Callable[[Sequence[Character]], Scene]
    """Sets the scene for another cast."""


def prepare(
    book: Book,
    *,
    quotations: Sequence[Quotation] | None = None,
    cast: Sequence[Character] | None = None,
    known: KnownCast = NOBODY_KNOWN,
    progress: Progress | None = None,
) -> Prepared:
    """Find the quotations and the cast of a book, where they are not given, and set its scene."""
    report = progress or _quiet
    report("quotations", 0.0)
    notices: tuple[Notice, ...] = ()
    if quotations is None:
        quotations, notices = find_quotations(book)
    quotations = sorted(quotations, key=lambda q: q.spans)
    if quotations and max(q.span.end for q in quotations) > len(book.text):
        raise ValueError(f"a quotation ends past the text's {len(book.text)} characters")
    turns = [q for q in quotations if q.kind in _TURNS and _in_story(book, q)]
    written = [q for q in quotations if q.kind is QuotationKind.WRITING]
    report("cast", 0.3)
    layout = lay_out(book, turns)
    words = words_as_told(book.text, layout)
    if cast is None:
        mentioned = Speech([q for q in quotations if q.kind is QuotationKind.MENTION])
        cast = _find_people(book.text, words, layout, turns, written, mentioned, known)
    if turns and not cast:
        notices += (Notice(code="C001", message="Nobody in the story has a name."),)
    report("speakers", 0.6)
    scene_with = partial(set_scene, book.text, words, turns, layout, written=written)
    scene = scene_with(cast)
    return Prepared(
        quotations=tuple(quotations),
        cast=cast,
        words=words,
        scene=scene,
        steps=find_steps(book.text, layout, turns),
        notices=(*notices, *_shared_names(scene, cast)),
        set_scene=scene_with,
    )


def _shared_names(scene: Scene, cast: Sequence[Character]) -> Iterator[Notice]:
    """Yield a doubt for each title and family name that several of one family answer to."""
    for character in cast:
        families = scene.families[character.id]
        if not (families and only_titled(character)):
            continue
        bearers = [
            other.name
            for other in cast
            if families & scene.families[other.id] and not only_titled(other)
            if scene.genders[other.id] in (scene.genders[character.id], "x")
        ]
        if len(bearers) > 1:
            message = f"Several people answer to {character.name}: {', '.join(bearers)}."
            yield Notice(code="C002", message=message, span=_first_named(scene, character))


def _first_named(scene: Scene, character: Character) -> Span | None:
    return next((n.span for n in scene.narrated if character.id in n.characters), None)


def _quiet(stage: str, done: float) -> None:
    """Report progress to nobody."""


class Analysis:
    """A book understood once, to be corrected many times: each time only what that concerns."""

    def __init__(
        self,
        book: Book,
        *,
        quotations: Sequence[Quotation] | None = None,
        cast: Sequence[Character] | None = None,
        known: KnownCast = NOBODY_KNOWN,
        scorer: Scorer | None = None,
        network: ReadingNetwork | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Understand the book as :func:`analyze` does."""
        report = progress or _quiet
        found = prepare(book, quotations=quotations, cast=cast, known=known, progress=report)
        self._path = book.origin.path
        self._found = found
        self._numbers = {q.id: t for t, q in reversed(list(enumerate(found.scene.quotations)))}
        if network is not None and self._numbers:
            report("reading", 0.7)
        self._understand = partial(
            _Understanding,
            words=found.words,
            steps=found.steps,
            scorer=scorer or rules_scorer(),
            network=network,
        )
        self._first = self._last = self._understand(found.cast, found.scene)

    def annotate(self, corrections: Iterable[Correction] = ()) -> Annotations:
        """Return all that is known of the book, given what a person has decided.

        Args:
            corrections: All that hold, from the first to the last; not only the new ones. What
                comes out depends on nothing else, above all not on earlier calls.

        Raises:
            CorrectionError: where one names a quotation or a character that this book has not.
        """
        corrections = tuple(corrections)
        try:
            recast = Recast(self._found.cast, corrections)
            decided = self._decided(corrections, recast)
        except CorrectionError as error:
            raise CorrectionError(f"{self._path}: {error}" if self._path else str(error)) from None
        understanding = self._last = self._understood_with(recast.cast)
        said = {self._numbers[q]: who for q, who in decided.items() if q in self._numbers}
        judged = understanding.judge(said)
        attributions = (*judged, *self._beyond(decided))
        told = understanding.narrated(judged)
        related = understanding.related(judged, told)
        return Annotations(
            quotations=self._found.quotations,
            characters=tuple(map(recast.shown, understanding.by_talk(attributions))),
            mentions=understanding.mentions,
            cues=understanding.cues,
            attributions=attributions,
            notices=self._found.notices,
            manners=told.manners,
            deeds=told.deeds,
            thoughts=told.thoughts,
            silences=told.silences,
            scenes=told.scenes,
            ties=related.ties,
            moves=related.moves,
            turning_points=related.turning_points,
            feelings=told.feelings,
        )

    def _understood_with(self, cast: Sequence[Character]) -> "_Understanding":
        """Understand the book with another cast, unless that was done for the first or last."""
        for understanding in (self._first, self._last):
            if understanding.cast == tuple(cast):
                return understanding
        return self._understand(cast, self._found.set_scene(cast))

    def _decided(self, corrections: Iterable[Correction], recast: Recast) -> dict[str, str | None]:
        """Return whom a person has named for each quotation, the last word on each."""
        named = {c.quotation: c.speaker for c in corrections if isinstance(c, SpeakerSet)}
        kinds = {q.id: q.kind for q in self._found.quotations} if named else {}
        decided: dict[str, str | None] = {}
        for quotation, speaker in named.items():
            trouble = ""
            found = decided[quotation] = None if speaker is None else recast.find(speaker)
            if quotation not in kinds:
                trouble = f"the book has no quotation {quotation!r}"
            elif kinds[quotation] is QuotationKind.MENTION:
                trouble = f"quotation {quotation!r} is a mention, which nobody says"
            elif speaker is not None and found is None and not recast.is_removed(speaker):
                trouble = f"nobody in the cast is {speaker!r}, named for quotation {quotation!r}"
            if trouble:
                raise CorrectionError(f"{trouble}; take ids from the book's own annotations")
        return decided

    def _beyond(self, decided: Mapping[str, str | None]) -> Iterator[Attribution]:
        """Yield what a person has decided of letters, of prefaces: of what is nobody's turn."""
        for quotation in self._found.quotations:
            if quotation.id in decided and quotation.id not in self._numbers:
                yield Attribution(
                    quotation=quotation.id,
                    speaker=decided[quotation.id],
                    probability=1.0,
                    source=SourceKind.PERSON,
                    reason=PERSON,
                )


class _Understanding:
    """Who says what, as long as the cast is the same."""

    def __init__(
        self,
        cast: Sequence[Character],
        scene: Scene,
        words: Words,
        steps: Sequence[Step],
        scorer: Scorer,
        network: ReadingNetwork | None,
    ) -> None:
        self.cast = tuple(cast)
        self._narration = Narration(scene, words)
        told = self._narration
        self._relations = Relations(scene, words, told.manners, told.feelings)
        self.mentions = _mentions(scene)
        self.cues = _cues(scene, self._narration.manners)
        self._shown = tuple(replace(c, gender=scene.gender(c)) for c in cast)
        reader = None
        if network is not None and steps:
            likely = Conversation(scene, steps, Scorer(scorer.weights)).beliefs
            scorer, reader = network.scorer, network.open(tell(scene), likely)
        self._conversation = Conversation(scene, steps, scorer, reader)
        self._judgements = Judgements(steps, network.name if network else "")
        self._attributions = self._revise(range(len(steps)))

    def judge(self, said: Mapping[int, str | None]) -> list[Attribution]:
        """Judge each turn, given who speaks those that a person has settled."""
        changed = self._conversation.correct(said)
        if changed:
            self._attributions = self._revise(changed)
        return self._attributions

    def narrated(self, attributions: Sequence[Attribution]) -> Narrated:
        """Say what narration tells, given who says each turn."""
        return self._narration.told(attributions)

    def related(self, attributions: Sequence[Attribution], narrated: Narrated) -> Related:
        """Say how people stand to each other, given who says each turn."""
        return self._relations.told(attributions, narrated)

    def _revise(self, changed: Collection[int]) -> list[Attribution]:
        """Make attributions of what is believed in the end, where that changed."""
        talk = self._conversation
        return self._judgements.revise(talk.scene, talk.shares, talk.readings, changed)

    def by_talk(self, attributions: Iterable[Attribution]) -> tuple[Character, ...]:
        """Sort the cast by number of quotations."""
        lines = Counter(a.speaker for a in attributions)
        prominence = self._conversation.scene.prominence
        return tuple(sorted(self._shown, key=lambda c: (-lines[c.id], -prominence[c.id], c.id)))


def _in_story(book: Book, quotation: Quotation) -> bool:
    """Tell whether a quotation stands in a block of the story, and not in a preface, say."""
    place = bisect_right(book.blocks, quotation.spans[0].start, key=lambda b: b.span.start) - 1
    return place >= 0 and book.blocks[place].layer is Layer.BODY


def _find_people(
    text: str,
    words: Words,
    layout: Layout,
    turns: Sequence[Quotation],
    written: Sequence[Quotation],
    mentioned: Speech,
    known: KnownCast,
) -> list[Character]:
    """Find the cast: who is named, then who is who by what tags and calls say of them.

    A name in scare quotes is nobody's unless it stands elsewhere too. What a person knows helps
    at the second step, and stands above both.
    """
    speech = Speech([*turns, *written])

    def in_story(place: int) -> bool:
        return layout.tells(place) and not mentioned.covers(place)

    cast = lay_over(known, find_cast(text, words, in_story, speech.covers))
    scene = set_scene(text, words, turns, layout, cast, written=written)
    found = identify(
        words, cast, scene, lambda place: layout.tells(place) and not speech.covers(place)
    )
    return lay_over(known, found)


def _mentions(scene: Scene) -> tuple[Mention, ...]:
    namings = [*scene.narrated, *(n for inside in scene.named_in_speech for n in inside)]
    namings.sort(key=lambda n: n.start)
    return tuple(
        Mention(
            span=naming.span,
            kind=MentionKind.DESCRIPTION if naming.common else MentionKind.NAME,
            character=naming.characters[0] if len(naming.characters) == 1 else None,
        )
        for naming in namings
    )


def _cues(scene: Scene, manners: Sequence[Manner]) -> tuple[Cue, ...]:
    return tuple(
        _cue(quotation, tags[0], manner)
        for quotation, tags, manner in zip(scene.quotations, scene.tags, manners, strict=True)
        if tags
    )


def _cue(quotation: Quotation, tag: Tag, manner: Manner) -> Cue:
    return Cue(
        quotation=quotation.id,
        span=tag.span,
        kind=tag.subject.kind if tag.verb else CueKind.BEAT,
        subject=tag.subject.span,
        verb=None if tag.label else tag.verb,
        manner=manner.phrases[0].span if manner.phrases else None,
    )
