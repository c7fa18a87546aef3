"""A story under the network's eyes: read whole once, then only where an answer has come in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from fullcast.infer.encode import Array, Encoder, Place, cut, frame_of, place_windows
from fullcast.infer.story import Beliefs, Reading, Story

if TYPE_CHECKING:
    from fullcast.infer.network import Network


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network makes of one window: log-odds over its slots."""

    speakers: Array
    """[L, S]"""
    addressees: Array
    """[L, S]"""
    mentions: Array
    """[M, S]"""


_UNREAD = Reading({}, {})
_NEAR = 2
"""Lines beside those it answers of which a window hears what a person has decided."""
_LEAST_BEFORE, _LEAST_BEHIND = 20, 10
"""Word pieces that a window must show on either side of a line to have a vote on it."""


@dataclass(slots=True)
class _Votes:
    """What windows say of one line."""

    count: int = 0
    speakers: dict[str, float] = field(default_factory=dict)
    addressees: dict[str, float] = field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        self.count += 1
        for sums, shares in (
            (self.speakers, reading.speakers),
            (self.addressees, reading.addressees),
        ):
            for character, share in shares.items():
                sums[character] = sums.get(character, 0.0) + share

    def mean(self) -> Reading:
        return Reading(
            {character: share / self.count for character, share in self.speakers.items()},
            {character: share / self.count for character, share in self.addressees.items()},
        )


class NetworkReader:
    """Reads one story with the network, and reads again what is near a new answer."""

    def __init__(self, story: Story, likely: Sequence[Beliefs], network: "Network") -> None:
        """Cut the story into windows.

        Args:
            story: The story.
            likely: Who may speak each line, before anything is read.
            network: Who reads.
        """
        pieces = cut(story, network.tokenizer)
        self._network = network
        self._encoder = Encoder(story, pieces, frame_of(network.tokenizer), likely)
        self._places = list(place_windows(pieces))
        self._shown = [_lines_in(self._encoder, place) for place in self._places]
        self._told: list[Mapping[int, str]] = [{} for _ in self._places]
        """What has been decided of lines beside those that each window answers."""
        self._at_first: list[Reading] = []
        self.readings: list[Reading] = [_UNREAD] * len(story.lines)
        """One for each line."""

    def read(self, tagged: Mapping[int, str], decided: Mapping[int, str]) -> list[int]:
        """Read, given who speaks some lines; return the lines read again.

        What the text does not tell itself is told to the windows that answer lines beside it, and
        not to all that show it: to read one takes longer than all else that a correction asks for.

        Args:
            tagged: Whom the text itself names as the speaker; the same at every call.
            decided: What a person has said since, or what follows from it.
        """
        again: set[int] = set()
        if not self._at_first:
            self._at_first = self._read_whole(tagged)
            self.readings[:] = self._at_first
            again.update(range(len(self.readings)))
        for number, (place, lines) in enumerate(zip(self._places, self._shown, strict=True)):
            beside = range(place.first - _NEAR, place.last + _NEAR)
            told = {n: decided[n] for n in lines if n in beside and n in decided}
            if told == self._told[number]:
                continue
            self._told[number] = told
            own = range(place.first, place.last)
            again.update(own)
            if told:
                answers = {n: name for n, name in tagged.items() if n in lines} | told
                for line, reading in self._read_window(place, answers):
                    if line in own:
                        self.readings[line] = reading
            else:
                self.readings[place.first : place.last] = self._at_first[place.first : place.last]
        return sorted(again)

    def _read_whole(self, tagged: Mapping[int, str]) -> list[Reading]:
        """Read all windows: of each line the mean of what those say that show it well."""
        votes = [_Votes() for _ in self.readings]
        for place, lines in zip(self._places, self._shown, strict=True):
            for line, reading in self._read_window(
                place, {n: tagged[n] for n in lines if n in tagged}
            ):
                if place.first <= line < place.last or self._shows_well(place, line):
                    votes[line].add(reading)
        return [each.mean() for each in votes]

    def _read_window(
        self, place: Place, answers: Mapping[int, str]
    ) -> Iterator[tuple[int, Reading]]:
        window = self._encoder.window(place, answers)
        answered = self._network.answer(window)
        speakers, addressees = _softmax(answered.speakers), _softmax(answered.addressees)
        for row, line in enumerate(window.numbers):
            yield (
                line,
                Reading(
                    dict(zip(window.slots, speakers[row].tolist(), strict=True)),
                    dict(zip(window.slots, addressees[row].tolist(), strict=True)),
                ),
            )

    def _shows_well(self, place: Place, line: int) -> bool:
        pieces = self._encoder.pieces
        before, behind = pieces.first[line] - place.start, place.stop - 1 - pieces.last[line]
        return bool(
            (before >= _LEAST_BEFORE or place.start == 0)
            and (behind >= _LEAST_BEHIND or place.stop == len(pieces))
        )


def _lines_in(encoder: Encoder, place: Place) -> list[int]:
    """Return the numbers of the lines that a window shows."""
    return [int(n) for n in np.unique(encoder.pieces.lines[place.start : place.stop]) if n >= 0]


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
