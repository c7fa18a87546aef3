"""A story understood, or the script of one read back: whence performances and exports start."""

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast

from fullcast.errors import SourceDamaged, SourceError
from fullcast.exporters import SCHEMA, Script
from fullcast.model import Annotations, Book, KnownCast
from fullcast.opinions import Llm
from fullcast.workspace import stories
from fullcast.workspace.stories import Progress

_PROMISED = ("source", "characters", "segments", "chapters", "breaks", "title", "language")
_LATER = (
    *("mentions", "manners", "deeds", "thoughts", "silences", "scenes", "feelings"),
    *("ties", "moves", "turning_points"),
)
"""Lists that scripts written by earlier versions have not."""
_FOR_STORIES = ("annotations", "cast", "corrections", "llm")


class Judging(TypedDict, total=False):
    """How a story is read and judged; each as in :func:`fullcast.script`."""

    annotations: Annotations | None
    cast: KnownCast | None
    corrections: str | PathLike[str] | None
    encoding: str | None
    network: str | PathLike[str] | None
    llm: Llm | None
    progress: Progress | None


def understood(
    story: str | PathLike[str] | Book, **judging: Unpack[Judging]
) -> tuple[Book | None, Script]:
    """Find who says what; of a script that was written, find its book again.

    Args:
        story: A book, or the path of a story or script.
        judging: See :class:`Judging`.

    Returns:
        The book, or ``None`` where a script's is gone or was changed since; and the script.

    Raises:
        SourceError: Neither a story nor a script can be read there.
    """
    if not isinstance(story, Book):
        path = Path(story)
        if path.suffix.lower() == ".json" and path.is_file():
            _refuse_judging(path, judging)
            script = read_script(path)
            return _source(script), script
        story = stories.read(story, encoding=judging.pop("encoding", None))
    return story, stories.script(story, **judging)


def _refuse_judging(path: Path, judging: Mapping[str, Any]) -> None:
    given = [key for key in _FOR_STORIES if judging.get(key) is not None]
    if given:
        raise SourceError(
            f"{path}: this is a script, which is not judged again; give the story itself with "
            f"{' and '.join(given)}"
        )


def _source(script: Script) -> Book | None:
    """Read the book of a script, where it is still the same."""
    try:
        book = stories.read(script["source"]["path"])
    except SourceError:
        return None
    return book if book.origin.sha256 == script["source"]["sha256"] else None


def read_script(path: Path) -> Script:
    """Read a script that was written as JSON, and perhaps edited.

    Raises:
        SourceDamaged: It is none, or names speakers who are not among its characters.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceDamaged(f"{path}: the script cannot be read ({error})") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise SourceDamaged(f"{path}: this is no script; fullcast script STORY -o writes one")
    try:
        _check(found, path)
    except (KeyError, TypeError) as error:
        raise SourceDamaged(
            f"{path}: the script is not whole ({error} is missing, or of another kind); "
            "write it again with fullcast script STORY -o"
        ) from error
    return cast("Script", dict.fromkeys(_LATER, ()) | found)


def _check(found: Mapping[str, Any], path: Path) -> None:
    """Refuse what would come out wrong further on."""
    for key in _PROMISED:
        found[key]
    known = {one["id"] for one in found["characters"]}
    for segment in found["segments"]:
        if segment["speaker"] is not None and segment["speaker"] not in known:
            raise SourceDamaged(
                f"{path}: {segment['id']} is spoken by {segment['speaker']!r}, who is not among "
                f"its characters: {', '.join(sorted(known))}"
            )
