"""A story under the network's eyes: read whole once, then only where an answer has come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fullcast.infer.encode import Array, Encoder, Place, Window, cut, frame_of, place_windows
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
        self._told: list[Mapping[int, str] | None] = [None] * len(self._places)
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
        answers = {**tagged, **decided}
        stale = []
        for number, (place, lines) in enumerate(zip(self._places, self._shown, strict=True)):
            beside = range(place.first - _NEAR, place.last + _NEAR)
            told = {n: answers[n] for n in lines if n in tagged or (n in beside and n in answers)}
            if told != self._told[number]:
                self._told[number] = told
                stale.append((place, told))
        for place, told in stale:
            window = self._encoder.window(place, told)
            self._note(place, window, self._network.answer(window))
        return [line for place, _ in stale for line in range(place.first, place.last)]

    def _note(self, place: Place, window: Window, answers: Answers) -> None:
        speakers, addressees = _softmax(answers.speakers), _softmax(answers.addressees)
        for row, line in enumerate(window.numbers):
            if place.first <= line < place.last:
                self.readings[line] = Reading(
                    dict(zip(window.slots, speakers[row].tolist(), strict=True)),
                    dict(zip(window.slots, addressees[row].tolist(), strict=True)),
                )


def _lines_in(encoder: Encoder, place: Place) -> list[int]:
    """Return the numbers of the lines that a window shows."""
    return [int(n) for n in np.unique(encoder.pieces.lines[place.start : place.stop]) if n >= 0]


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
