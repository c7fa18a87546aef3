"""From annotated novels to examples: windows with their answers, some shown, some hidden.

The rules read each novel first, and the lines they are sure of are shown to the network, as they
will be when it is used. In a second reading the tags of half the lines are cut out of the text:
their answers are known, and their lines become ones that only the talk around them can tell. So
books that nobody annotated teach too: tags that name are right nearly always.
"""

import csv
import random
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from evals.pdnc import listed, read_novel
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.links import Step
from fullcast.analysis.speakers.story import tell
from fullcast.infer.encode import Array, Encoder, Pieces, Window, cut, frame_of, place_windows
from fullcast.infer.scorer import Scorer
from fullcast.infer.story import NOBODY
from fullcast.model import Character, Span
from fullcast.readers import read_book
from training.fit_rules import gold_of, scene_of

UNASKED = -100
"""Marks what has no answer to learn from."""
HIDDEN_SHARE = 0.5
"""Of the tags, in a reading with some cut out."""
RENAMED = 0.3
"""Of the windows: their names are dealt anew."""
_NOT_NAMES = frozenset(
    "mr mrs miss ms dr sir lady lord dame madame mademoiselle monsieur the of a an de old young "
    "little uncle aunt captain colonel general major king queen prince princess father mother "
    "professor doctor inspector . ' - s".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A novel as the rules read it, with the answers."""

    name: str
    encoder: Encoder
    settled: Mapping[int, str]
    """Who speaks the lines that rules are sure of."""
    speakers: Sequence[str]
    """Ids; :data:`NOBODY` where no one in the cast speaks, ``""`` where it is not known."""
    addressees: Sequence[frozenset[str]]
    traced: Sequence[str]
    """For each mention the character it means, or ``""``."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and its answers, as numbers of slots."""

    window: Window
    speakers: Array
    """[L], :data:`UNASKED` where it is not asked."""
    addressees: Array
    """[L, S], summing to one, or to nothing where it is not asked."""
    traced: Array
    """[M], :data:`UNASKED` where it is not known."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A book with what is known of its turns, and of whom its words mean."""

    name: str
    scene: Scene
    steps: Sequence[Step]
    speakers: Sequence[str]
    """Ids; :data:`NOBODY` where no one in the cast speaks, ``""`` where it is not known."""
    addressees: Sequence[frozenset[str]]
    meant: Mapping[Span, str]


def annotated_novel(folder: Path) -> Annotated:
    """Read a novel in PDNC's format."""
    novel = read_novel(folder)
    scene, steps = scene_of(novel)
    gold = gold_of(novel, scene)
    cast = {c.id for c in novel.cast}
    speakers = [g.speaker if g.speaker in cast else NOBODY for g in gold]
    return Annotated(
        name=novel.name,
        scene=scene,
        steps=steps,
        speakers=speakers,
        addressees=[frozenset(g.addressees & cast) for g in gold],
        meant=_labels(folder, novel.cast) | _tag_labels(scene, speakers),
    )


def annotated_book(path: Path) -> Annotated:
    """Read a book that nobody annotated: its cast is found, and tags that name are believed."""
    found = prepare(read_book(path))
    count = len(found.steps)
    return Annotated(
        name=path.stem,
        scene=found.scene,
        steps=found.steps,
        speakers=[found.scene.named(t) or "" for t in range(count)],
        addressees=[frozenset()] * count,
        meant={},
    )


def encode(book: Annotated, scorer: Scorer, tokenizer: Tokenizer, seed: int | None) -> Reading:
    """Have the rules read a book; with a seed, with tags cut out by it."""
    scene, gone = book.scene, list[Span]()
    told = tell(scene)
    if seed is not None:
        scene, gone = _untagged(scene, random.Random(f"{book.name} {seed}"))
    names = [n for n in told.names if not _inside(n.span, gone)]
    mentions = sorted({s for s in (*told.mentions, *book.meant) if not _inside(s, gone)})
    told = replace(told, names=names, mentions=mentions)
    pieces = without(cut(told, tokenizer), gone)
    likely = Conversation(scene, book.steps, Scorer(scorer.weights)).beliefs
    return Reading(
        name=book.name,
        encoder=Encoder(told, pieces, frame_of(tokenizer), likely),
        settled={t: name for t in range(len(book.steps)) if (name := scene.named(t))},
        speakers=book.speakers,
        addressees=book.addressees,
        traced=[book.meant.get(span, "") for span in mentions],
    )


def _untagged(scene: Scene, chance: random.Random) -> tuple[Scene, list[Span]]:
    """Cut out tags with a verb of speech, half of them."""
    tags, gone = [list(found) for found in scene.tags], list[Span]()
    for t, found in enumerate(tags):
        if any(tag.verb for tag in found) and chance.random() < HIDDEN_SHARE:
            gone += [_with_stop(scene.text, tag.span) for tag in found]
            tags[t] = []
    gone.sort()
    kept = [n for n, naming in enumerate(scene.narrated) if not _inside(naming.span, gone)]
    bare = replace(
        scene,
        tags=tags,
        narrated=[scene.narrated[n] for n in kept],
        subjects=[scene.subjects[n] for n in kept],
    )
    return bare, gone


def _with_stop(text: str, span: Span) -> Span:
    end = span.end
    while end < len(text) and text[end] in ".,;:":
        end += 1
    return Span(span.start, end)


def _inside(span: Span, gone: Sequence[Span]) -> bool:
    place = bisect_right(gone, span.start, key=lambda s: s.start) - 1
    return place >= 0 and span.start < gone[place].end


def without(pieces: Pieces, gone: Sequence[Span]) -> Pieces:
    """Leave out the pieces in some spans of narration."""
    if not gone:
        return pieces
    keep = np.ones(len(pieces), dtype=bool)
    for span in gone:
        low, high = pieces.at(span)
        keep[low:high] = False
    keep |= pieces.lines >= 0
    before = np.concatenate(([0], np.cumsum(keep)))
    return Pieces(
        pieces.ids[keep],
        pieces.starts[keep],
        pieces.ends[keep],
        pieces.paragraphs[keep],
        pieces.lines[keep],
        before[pieces.first],
        before[pieces.last],
    )


def _labels(folder: Path, cast: Sequence[Character]) -> dict[Span, str]:
    """Return whom PDNC says is meant inside quotations, where it is one person of the cast."""
    ids = {alias: c.id for c in reversed(cast) for alias in (*c.aliases, c.name)}
    found: dict[Span, str] = {}
    with (folder / "quotation_info.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            columns = ("mentionTextsList", "mentionSpansList", "mentionEntitiesList")
            for part in zip(*(listed(row.get(c, "")) for c in columns), strict=True):
                for words, (start, end), people in zip(*part, strict=False):
                    if len(people) == 1 and people[0] in ids and _third(words):
                        found[Span(start, max(start + 1, end))] = ids[people[0]]
    return found


def _third(words: str) -> bool:
    return words.strip().lower() not in _FIRST_OR_SECOND and words[:1].islower()


_FIRST_OR_SECOND = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves thou thee thy "
    "ye".split()
)


def _tag_labels(scene: Scene, speakers: Sequence[str]) -> dict[Span, str]:
    """Return whom tags mean by *he* or *the landlord*: the speaker."""
    return {
        tag.subject.span: speaker
        for tags, speaker in zip(scene.tags, speakers, strict=True)
        for tag in tags[:1]
        if tag.verb and tag.rank == 0 and not tag.subject.characters
        if not tag.subject.first_person
    }


def draw(
    reading: Reading, chance: random.Random, pool: Array, share: float = 1.0
) -> Iterator[Example]:
    """Yield a share of the windows of one reading, some of their answers shown, all by chance."""
    pieces = reading.encoder.pieces
    for place in place_windows(pieces, left=chance.randrange(200), right=chance.randrange(24, 80)):
        if chance.random() >= share:
            continue
        sure = chance.choice((0.0, 0.5, 0.9, 1.0))
        others = chance.choice((0.0, 0.0, 0.0, 0.1, 0.3))
        low = int(np.searchsorted(pieces.last, place.start))
        answers: dict[int, str] = {}
        for n in range(low, min(place.last + 8, len(reading.speakers))):
            if n in reading.settled and chance.random() < sure:
                answers[n] = reading.settled[n]
            elif reading.speakers[n] and chance.random() < others:
                answers[n] = reading.speakers[n]
        window = reading.encoder.window(place, answers)
        if chance.random() < RENAMED:
            _rename(window, chance, pool)
        yield _example(reading, window, answers)


def _example(reading: Reading, window: Window, answered: Container[int]) -> Example:
    rank = {character: slot for slot, character in enumerate(window.slots)}
    asked = window.numbers
    speakers = [UNASKED if n in answered else rank.get(reading.speakers[n], UNASKED) for n in asked]
    addressees = np.zeros((len(asked), len(window.slots)), dtype=np.float32)
    for row, n in enumerate(asked):
        for character in reading.addressees[n] & rank.keys():
            addressees[row, rank[character]] = 1 / len(reading.addressees[n])
    traced = [rank.get(reading.traced[m], UNASKED) for m in window.asked]
    return Example(
        window,
        np.array(speakers, dtype=np.int64),
        addressees,
        np.array(traced, dtype=np.int64),
    )


def _rename(window: Window, chance: random.Random, pool: Array) -> None:
    """Give every name another, the same wherever it stands; titles stay."""
    new: dict[int, int] = {}
    names = window.items[:, 1] < 2
    owned = np.isin(window.owners, np.flatnonzero(names) + 1)
    for at in np.flatnonzero(owned):
        old = int(window.ids[at])
        if old in pool:
            window.ids[at] = new.setdefault(old, int(chance.choice(pool)))


def name_pool(readings: Sequence[Reading], tokenizer: Tokenizer) -> Array:
    """Return the word pieces that names are made of, titles and small words left out."""
    kept = {tokenizer.token_to_id(word) for word in _NOT_NAMES}
    found: set[int] = set()
    for reading in readings:
        pieces, text = reading.encoder.pieces, reading.encoder.story.text
        for name in reading.encoder.story.names:
            for at in range(*pieces.at(name.span)):
                if text[pieces.starts[at]].isupper():
                    found.add(int(pieces.ids[at]))
    return np.array(sorted(found - kept))
