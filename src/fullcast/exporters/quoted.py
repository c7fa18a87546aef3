"""A script's quotations put together again: a script lists their pieces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fullcast.exporters.schema import Script, SegmentEntry


@dataclass(frozen=True, slots=True)
class Quoted:
    """One speech, thought or writing, perhaps in several pieces."""

    id: str
    pieces: tuple[SegmentEntry, ...]

    @property
    def first(self) -> SegmentEntry:
        """The piece it begins with; what was judged is the same in all."""
        return self.pieces[0]

    @property
    def end(self) -> int:
        """Past its last character, the white space after it left out."""
        last = self.pieces[-1]
        return last["start"] + len(last["text"].rstrip())

    @property
    def text(self) -> str:
        """Its pieces without the white space around them, joined by a space."""
        return " ".join(piece["text"].strip() for piece in self.pieces)

    @property
    def words(self) -> int:
        """How many words it has, as white space parts them."""
        return sum(len(piece["text"].split()) for piece in self.pieces)


def quoted(segments: Iterable[SegmentEntry]) -> list[Quoted]:
    """Put quotations together, in the order of their first pieces."""
    pieces: dict[str, list[SegmentEntry]] = {}
    for segment in segments:
        if segment["quotation"] is not None:
            pieces.setdefault(segment["quotation"], []).append(segment)
    return [Quoted(id_, tuple(parts)) for id_, parts in pieces.items()]


def spoken_to(quotation: Quoted) -> Iterator[tuple[str, str]]:
    """Yield speaker and addressee of what is said aloud: one pair for each of several."""
    first = quotation.first
    if first["kind"] != "speech" or first["speaker"] is None:
        return
    for addressee in dict.fromkeys(first["addressees"]):
        if addressee != first["speaker"]:
            yield first["speaker"], addressee


def text_of(script: Script) -> str:
    """Return the story's whole text."""
    return "".join(segment["text"] for segment in script["segments"])


def names_of(script: Script) -> dict[str, str]:
    """Return what the characters are called, by id."""
    return {character["id"]: character["name"] for character in script["characters"]}
