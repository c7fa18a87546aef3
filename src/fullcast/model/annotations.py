"""Everything known about one book, immutable."""

from dataclasses import dataclass

from fullcast.model.attribution import Attribution
from fullcast.model.cast import Character, Mention
from fullcast.model.deed import Deed, Thought
from fullcast.model.feeling import Feeling
from fullcast.model.manner import Manner, Silence
from fullcast.model.notice import Notice
from fullcast.model.presence import StoryScene
from fullcast.model.relation import Move, Tie, TurningPoint
from fullcast.model.speech import Cue, Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """What was found in a book. Every part points into its text with spans."""

    quotations: tuple[Quotation, ...] = ()
    """In the order of their first characters; their spans do not overlap."""
    characters: tuple[Character, ...] = ()
    """By number of quotations, most first."""
    mentions: tuple[Mention, ...] = ()
    """Names, and descriptions that are in the cast; ``fullcast.mentions`` finds all others."""
    cues: tuple[Cue, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    """At most one for each quotation."""
    notices: tuple[Notice, ...] = ()
    manners: tuple[Manner, ...] = ()
    """Of the quotations of which narration or their own marks tell how they are said."""
    deeds: tuple[Deed, ...] = ()
    """In the order of the text, as are all that follow."""
    thoughts: tuple[Thought, ...] = ()
    silences: tuple[Silence, ...] = ()
    scenes: tuple[StoryScene, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    """At most one for each quotation that somebody utters."""
    ties: tuple[Tie, ...] = ()
    """Relations that the text states; one stated twice is there twice."""
    moves: tuple[Move, ...] = ()
    """What shows people warm or cold toward each other, with how warm they stand after it."""
    turning_points: tuple[TurningPoint, ...] = ()

    def character(self, id: str) -> Character:  # noqa: A002 - the field's own name
        """Return the character with that id; raise ``KeyError`` where there is none."""
        for character in self.characters:
            if character.id == id:
                return character
        raise KeyError(id)
