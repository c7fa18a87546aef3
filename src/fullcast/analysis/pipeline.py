"""From a book to what is known of it. Pure: no files, no clock, no chance."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fullcast.analysis.lexicon import SPEAKER_WEIGHTS
from fullcast.analysis.people.find import find_cast
from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.identify import identify, only_titled
from fullcast.analysis.scene.layout import Layout, lay_out
from fullcast.analysis.scene.scene import Scene, Speech, set_scene
from fullcast.analysis.speakers.attribute import Judgements, tempered
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.evidence import PERSON, reason
from fullcast.analysis.speakers.links import Step, find_steps
from fullcast.analysis.speakers.story import tell
from fullcast.analysis.words import Words, split_words
from fullcast.errors import CorrectionError
from fullcast.infer.story import ReadingNetwork
from fullcast.model import (
    Annotations,
    Attribution,
    Book,
    Character,
    Correction,
    Cue,
    CueKind,
    Layer,
    Mention,
    MentionKind,
    Notice,
    Quotation,
    QuotationKind,
    SourceKind,
    Span,
)

Progress = Callable[[str, float], None]
"""``progress(stage, done)``: the stage that begins, and the share done, in [0, 1]."""
_TURNS = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
"""Kinds that somebody in the story utters; the others have no speaker."""


def analyze(
    book: Book,
    corrections: Iterable[Correction] = (),
    *,
    quotations: Sequence[Quotation] | None = None,
    cast: Sequence[Character] | None = None,
    weights: Mapping[str, float] = SPEAKER_WEIGHTS,
    network: ReadingNetwork | None = None,
    progress: Progress | None = None,
) -> Annotations:
    """Find who says what in ``book``.

    Args:
        book: The story.
        corrections: What a person has decided; of several for one quotation the last holds.
        quotations: Its quotations where they are known already; found otherwise.
        cast: Its characters with their aliases where they are known; found otherwise.
        weights: What each kind of evidence for a speaker weighs where rules judge, in log-odds.
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
        weights=weights,
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
    scene: Scene
    steps: Sequence[Step]
    notices: tuple[Notice, ...]


def prepare(
    book: Book,
    *,
    quotations: Sequence[Quotation] | None = None,
    cast: Sequence[Character] | None = None,
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
    words = split_words(book.text)
    layout = lay_out(book, turns)
    if cast is None:
        cast = _find_people(book.text, words, layout, turns, written)
    if turns and not cast:
        notices += (Notice(code="C001", message="Nobody in the story has a name."),)
    report("speakers", 0.6)
    scene = set_scene(book.text, words, turns, layout, cast, written=written)
    return Prepared(
        quotations=tuple(quotations),
        cast=cast,
        scene=scene,
        steps=find_steps(book.text, layout, turns),
        notices=(*notices, *_shared_names(scene, cast)),
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
        weights: Mapping[str, float] = SPEAKER_WEIGHTS,
        network: ReadingNetwork | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Understand the book as :func:`analyze` does."""
        report = progress or _quiet
        found = prepare(book, quotations=quotations, cast=cast, progress=report)
        scene, turns = found.scene, found.scene.quotations
        self._path = book.origin.path
        self._quotations = found.quotations
        self._cast = tuple(replace(c, gender=scene.gender(c)) for c in found.cast)
        self._numbers = {q.id: t for t, q in reversed(list(enumerate(turns)))}
        self._mentions, self._cues, self._notices = _mentions(scene), _cues(scene), found.notices
        self._conversation = Conversation(scene, found.steps, weights)
        self._weights = weights
        if network is not None and turns:
            report("reading", 0.7)
            reader = network.open(tell(scene), self._conversation.beliefs)
            self._conversation = Conversation(scene, found.steps, network.weights, reader)
            self._weights = network.weights
        self._shares: list[dict[str, float]] = [{} for _ in turns]
        self._judgements = Judgements(found.steps, network.name if network else "")
        self._attributions = self._judge(range(len(turns)))

    def annotate(self, corrections: Iterable[Correction] = ()) -> Annotations:
        """Return all that is known of the book, given what a person has decided.

        Args:
            corrections: All that hold, from the first to the last; not only the new ones. What
                comes out depends on nothing else, above all not on earlier calls.

        Raises:
            CorrectionError: where one names a quotation or a character that this book has not.
        """
        decided = self._decided(corrections)
        said = {self._numbers[q]: who for q, who in decided.items() if q in self._numbers}
        changed = self._conversation.correct(said)
        if changed:
            self._attributions = self._judge(changed)
        attributions = (*self._attributions, *self._beyond(decided))
        return Annotations(
            quotations=self._quotations,
            characters=self._by_talk(attributions),
            mentions=self._mentions,
            cues=self._cues,
            attributions=attributions,
            notices=self._notices,
        )

    def _judge(self, changed: Collection[int]) -> list[Attribution]:
        """Make final probabilities of beliefs, and attributions of these, where they changed."""
        scene, beliefs = self._conversation.scene, self._conversation.beliefs
        for t in changed:
            trust = self._weights.get(f"temper: {reason(scene, t)}", 1.0)
            self._shares[t] = tempered(beliefs[t], trust)
        readings = self._conversation.readings
        return self._judgements.revise(scene, self._shares, readings, changed)

    def _decided(self, corrections: Iterable[Correction]) -> dict[str, str | None]:
        """Return whom a person has named for each quotation, the last word on each."""
        decided = {c.quotation: c.speaker for c in corrections}
        kinds = {q.id: q.kind for q in self._quotations} if decided else {}
        people = {c.id for c in self._cast}
        for quotation, speaker in decided.items():
            trouble = ""
            if quotation not in kinds:
                trouble = f"the book has no quotation {quotation!r}"
            elif kinds[quotation] is QuotationKind.MENTION:
                trouble = f"quotation {quotation!r} is a mention, which nobody says"
            elif speaker is not None and speaker not in people:
                trouble = f"nobody in the cast is {speaker!r}, named for quotation {quotation!r}"
            if trouble:
                where = f"{self._path}: " if self._path else ""
                raise CorrectionError(f"{where}{trouble}; take ids from the book's own annotations")
        return decided

    def _beyond(self, decided: Mapping[str, str | None]) -> Iterator[Attribution]:
        """Yield what a person has decided of letters, of prefaces: of what is nobody's turn."""
        for quotation in self._quotations:
            if quotation.id in decided and quotation.id not in self._numbers:
                yield Attribution(
                    quotation=quotation.id,
                    speaker=decided[quotation.id],
                    probability=1.0,
                    source=SourceKind.PERSON,
                    reason=PERSON,
                )

    def _by_talk(self, attributions: Iterable[Attribution]) -> tuple[Character, ...]:
        """Sort the cast by number of quotations."""
        lines = Counter(a.speaker for a in attributions)
        prominence = self._conversation.scene.prominence
        return tuple(sorted(self._cast, key=lambda c: (-lines[c.id], -prominence[c.id], c.id)))


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
) -> list[Character]:
    """Find the cast: who is named, then who is who by what tags and calls say of them."""
    speech = Speech([*turns, *written])
    cast = find_cast(text, words, layout.tells, speech.covers)
    scene = set_scene(text, words, turns, layout, cast, written=written)
    return identify(
        text, words, cast, scene, lambda place: layout.tells(place) and not speech.covers(place)
    )


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


def _cues(scene: Scene) -> tuple[Cue, ...]:
    return tuple(
        _cue(quotation, tags[0])
        for quotation, tags in zip(scene.quotations, scene.tags, strict=True)
        if tags
    )


def _cue(quotation: Quotation, tag: Tag) -> Cue:
    return Cue(
        quotation=quotation.id,
        span=tag.span,
        kind=tag.subject.kind if tag.verb else CueKind.BEAT,
        subject=tag.subject.span,
        verb=tag.verb,
        manner=tag.manner,
    )
