"""From a story to the arrays that the reading network reads: tokens, windows, batches.

Training and inference share this module, so that what was learnt is what is asked.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from fullcast.infer.story import NOBODY, Beliefs, Story
from fullcast.model import Span

Array = NDArray[Any]

WINDOW = 512
"""Word pieces that the network reads at once, the two that frame them included."""
SLOTS = 40
"""Most characters told apart in a window, nobody among them."""
TRAITS = 9
"""What is told of each character; see :func:`_traits`."""
NARRATED, SPOKEN, LINE, MENTION = range(4)
"""Kinds of items: a name in narration, a name in speech, a line, a pronoun or description."""
LEFT, RIGHT = 200, 100
"""Word pieces that a line should have before and behind it in the window that answers it."""
_LEAST_BELIEF = 0.003
_NAMED = 0.1
"""What a name counts for in a window, where a line counts one."""
_BATCH = 512
"""Paragraphs split into word pieces at once."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a story with what does not change as beliefs do."""

    ids: Array
    starts: Array
    ends: Array
    """Characters of the text, half-open."""
    paragraphs: Array
    """For each piece the number of its paragraph."""
    lines: Array
    """For each piece the number of the line it is in, or -1."""
    first: Array
    """For each line its first piece."""
    last: Array
    """For each line its last piece."""

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, span: Span) -> tuple[int, int]:
        """Return the pieces of a span, half-open; empty where no piece stands in it."""
        low = int(np.searchsorted(self.ends, span.start, side="right"))
        high = int(np.searchsorted(self.starts, span.end, side="left"))
        return low, max(low, high)


def cut(story: Story, tokenizer: Tokenizer) -> Pieces:
    """Split a story into word pieces.

    Args:
        story: Whose lines and paragraphs do not overlap.
        tokenizer: Splits into word pieces with offsets in characters; adds no marks of its own.
    """
    columns: list[Array] = []
    for low in range(0, len(story.paragraphs), _BATCH):
        spans = story.paragraphs[low : low + _BATCH]
        texts = [span.of(story.text) for span in spans]
        encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
        for number, (span, found) in enumerate(zip(spans, encoded, strict=True), low):
            table = np.empty((4, len(found.ids)), dtype=np.int32)
            table[0] = found.ids
            table[1:3] = np.array(found.offsets, dtype=np.int32).reshape(-1, 2).T + span.start
            table[3] = number
            columns.append(table)
    ids, starts, ends, paragraphs = np.concatenate(columns or [np.empty((4, 0), np.int32)], axis=1)
    lines = np.full(len(ids), -1, dtype=np.int32)
    first = np.zeros(len(story.lines), dtype=np.int32)
    last = np.zeros(len(story.lines), dtype=np.int32)
    for number, spans in enumerate(story.lines):
        bounds = np.searchsorted(
            starts, [edge for span in spans for edge in (span.start, span.end)]
        )
        for low, high in bounds.reshape(-1, 2):
            lines[low:high] = number
        first[number] = min(bounds[0], max(len(ids) - 1, 0))
        last[number] = max(int(bounds[-1]) - 1, int(first[number]))
    return Pieces(ids, starts, ends, paragraphs, lines, first, last)


def frame_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the pieces that open and close a window."""
    opening, closing = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    if opening is None or closing is None:
        raise ValueError("the tokenizer has no [CLS] or no [SEP]")
    return opening, closing


@dataclass(frozen=True, slots=True)
class Place:
    """A window: its pieces, half-open, and the lines it answers, half-open."""

    start: int
    stop: int
    first: int
    last: int


def place_windows(pieces: Pieces, left: int = LEFT, right: int = RIGHT) -> Iterator[Place]:
    """Lay windows so that each line has its context; where nobody talks, none is laid."""
    room = WINDOW - 2
    line, count = 0, len(pieces.first)
    while line < count:
        start = max(0, min(int(pieces.first[line]) - left, len(pieces) - room))
        stop = min(start + room, len(pieces))
        reach = stop if stop == len(pieces) else stop - right
        after = max(int(np.searchsorted(pieces.first, reach)), line + 1)
        yield Place(start, stop, line, after)
        line = after


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads: T pieces, S slots, I items, M mentions, L lines."""

    ids: Array
    """[T] word pieces, framed."""
    kinds: Array
    """[T] 1 for speech, plus 2 in every other paragraph, plus 4 where one begins."""
    owners: Array
    """[T] 1 + the number of the item that a piece belongs to, or 0."""
    who: Array
    """[I, S] the share of each character in each item; nothing for lines without an answer."""
    items: Array
    """[I, 4] first piece, kind, turn, paragraph."""
    mentions: Array
    """[M, 4] likewise."""
    lines: Array
    """[L, 4] first piece, last piece, turn, paragraph."""
    own: Array
    """[L] number of the item that each line is."""
    traits: Array
    """[S, TRAITS] of each slot's character."""
    slots: tuple[str, ...]
    """Who is in each slot; the first is nobody."""
    numbers: tuple[int, ...]
    """Which line of the story each line is."""
    asked: tuple[int, ...]
    """Which mention of the story each mention is."""


class Encoder:
    """Makes windows of one story."""

    def __init__(
        self,
        story: Story,
        pieces: Pieces,
        frame: tuple[int, int],
        likely: Sequence[Beliefs],
    ) -> None:
        """Index the story.

        Args:
            story: The story.
            pieces: Its word pieces.
            frame: The pieces that open and close a window.
            likely: Who may speak each line, before anything is read. The network is told only how
                much talk in a window is each character's, so that it judges each line afresh.
        """
        self.story, self.pieces, self._likely = story, pieces, likely
        self._frame = frame
        self._names = [pieces.at(name.span) for name in story.names]
        self._mentions = [pieces.at(span) for span in story.mentions]
        self._name_starts = [low for low, _ in self._names]
        self._mention_starts = [low for low, _ in self._mentions]

    def window(self, place: Place, answers: Mapping[int, str]) -> Window:
        """Encode one window, given the lines whose speakers are settled."""
        pieces = self.pieces
        span = slice(place.start, place.stop)
        inside = pieces.lines[span]
        numbers = [int(n) for n in np.unique(inside) if n >= 0]
        names = list(self._within(self._name_starts, place))
        mass = self._mass(numbers, names, answers)
        slots = (NOBODY, *sorted(mass, key=lambda c: (-mass[c], c))[: SLOTS - 1])
        rank = {character: slot for slot, character in enumerate(slots)}
        items = np.zeros((len(names) + len(numbers), 4), dtype=np.int64)
        who = np.zeros((len(items), len(slots)), dtype=np.float32)
        owners = np.zeros(place.stop - place.start, dtype=np.int64)
        turns, paragraphs = self._turns(inside, numbers), pieces.paragraphs[span]
        for row, number in enumerate(numbers, len(names)):
            at = max(int(pieces.first[number]) - place.start, 0)
            items[row] = at + 1, LINE, turns[at], paragraphs[at]
            owners[inside == number] = row + 1
            if number in answers and answers[number] in rank:
                who[row, rank[answers[number]]] = 1.0
        for row, n in enumerate(names):
            low, high = (edge - place.start for edge in self._names[n])
            kind = SPOKEN if inside[low] >= 0 else NARRATED
            items[row] = low + 1, kind, turns[low], paragraphs[low]
            owners[low:high] = row + 1
            known = [c for c in self.story.names[n].characters if c in rank]
            for character in known:
                who[row, rank[character]] = 1 / len(known)
        asked = self._within(self._mention_starts, place)
        places = np.array([self._mentions[m][0] - place.start for m in asked], dtype=np.int64)
        own = np.arange(len(names), len(items), dtype=np.int64)
        return Window(
            ids=np.concatenate(([self._frame[0]], pieces.ids[span], [self._frame[1]])),
            kinds=np.pad(_kinds(inside, paragraphs), 1),
            owners=np.pad(owners, 1),
            who=who,
            items=items,
            mentions=np.stack(
                [places + 1, np.full_like(places, MENTION), turns[places], paragraphs[places]], 1
            ),
            lines=self._lines(place, numbers, items[own]),
            own=own,
            traits=self._traits(slots, names, mass),
            slots=slots,
            numbers=tuple(numbers),
            asked=tuple(asked),
        )

    @staticmethod
    def _within(starts: Sequence[int], place: Place) -> range:
        return range(bisect_left(starts, place.start), bisect_left(starts, place.stop))

    def _mass(
        self, numbers: Sequence[int], names: Sequence[int], answers: Mapping[int, str]
    ) -> dict[str, float]:
        """Weigh who is there: those believed to speak, those named, those who do speak."""
        mass: dict[str, float] = {}
        for n in numbers:
            for character, share in self._likely[n].items():
                if share >= _LEAST_BELIEF and character != NOBODY:
                    mass[character] = mass.get(character, 0.0) + share
            if answers.get(n, NOBODY) != NOBODY:
                mass[answers[n]] = max(mass.get(answers[n], 0.0), 1.0)
        for n in names:
            for character in self.story.names[n].characters:
                mass[character] = mass.get(character, 0.0) + _NAMED
        return mass

    @staticmethod
    def _turns(inside: Array, numbers: Sequence[int]) -> Array:
        """Return twice the count of lines, odd between two of them."""
        turns = np.empty(len(inside), dtype=np.int64)
        rank = {number: 2 * (k + 1) for k, number in enumerate(numbers)}
        latest = 0
        for at, number in enumerate(inside.tolist()):
            latest = rank[number] if number >= 0 else latest | 1
            turns[at] = latest
        return turns

    def _lines(self, place: Place, numbers: Sequence[int], items: Array) -> Array:
        lines = np.empty((len(numbers), 4), dtype=np.int64)
        for row, number in enumerate(numbers):
            last = min(int(self.pieces.last[number]), place.stop - 1) - place.start
            lines[row] = items[row, 0], last + 1, items[row, 2], items[row, 3]
        return lines

    def _traits(
        self, slots: Sequence[str], names: Sequence[int], mass: Mapping[str, float]
    ) -> Array:
        """Tell of each slot: nobody; she, he, they, untold; narrator; prominence; named; talks."""
        traits = np.zeros((len(slots), TRAITS), dtype=np.float32)
        traits[0, 0] = 1.0
        named = {c for n in names for c in self.story.names[n].characters}
        for slot, character in enumerate(slots[1:], 1):
            person = self.story.people[character]
            traits[slot, 1 + "fmpx".index(person.gender)] = 1.0
            traits[slot, 5] = person.narrator
            traits[slot, 6] = max(person.prominence, -8.0) / 8.0
            traits[slot, 7] = character in named
            traits[slot, 8] = np.log1p(mass[character]) / 3.0
        return traits


def _kinds(inside: Array, paragraphs: Array) -> Array:
    opens = np.diff(paragraphs, prepend=-1) != 0
    return np.asarray((inside >= 0) + 2 * (paragraphs % 2) + 4 * opens, dtype=np.int64)


_PADDING: Mapping[str, tuple[str, ...]] = {
    "ids": ("T",), "kinds": ("T",), "owners": ("T",), "who": ("I", "S"), "items": ("I", "4"),
    "mentions": ("M", "4"), "lines": ("L", "4"), "own": ("L",), "traits": ("S", "F"),
}  # fmt: skip
INPUTS = (*_PADDING, "mask", "listed", "counted")
"""The network's inputs, as :func:`collate` names them."""


def collate(windows: Sequence[Window]) -> dict[str, Array]:
    """Stack windows into one batch, zeros where one is shorter than another.

    Adds ``mask`` [B, T], ``listed`` [B, S] and ``counted`` [B, I + M]: which pieces, slots and
    items (mentions after the others) are there.
    """
    batch: dict[str, Array] = {}
    for name in _PADDING:
        arrays = [getattr(window, name) for window in windows]
        shape = [max(1, *sizes) for sizes in zip(*(a.shape for a in arrays), strict=True)]
        batch[name] = np.zeros((len(arrays), *shape), dtype=arrays[0].dtype)
        for row, array in enumerate(arrays):
            inside: Any = (row, *map(slice, array.shape))
            batch[name][inside] = array
    batch["ids"] = batch["ids"].astype(np.int64)
    batch["mask"] = _present([len(w.ids) for w in windows], batch["ids"].shape[1])
    batch["listed"] = _present([len(w.slots) for w in windows], batch["who"].shape[2])
    items = _present([len(w.items) for w in windows], batch["items"].shape[1])
    mentions = _present([len(w.mentions) for w in windows], batch["mentions"].shape[1])
    batch["counted"] = np.concatenate((items, mentions), axis=1)
    return batch


def _present(counts: Sequence[int], width: int) -> Array:
    return np.arange(width)[None, :] < np.array(counts)[:, None]
