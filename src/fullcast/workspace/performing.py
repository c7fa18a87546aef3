"""A story performed: from a file, or a script, to something one can listen to."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Unpack
from typing import cast as cast_type

from fullcast.errors import CastingError
from fullcast.exporters import Script, write_atomically
from fullcast.model import Book, Layer
from fullcast.render.casting import (
    Casting,
    Role,
    cast,
    more_roles,
    read_casting,
    settle,
    write_casting,
)
from fullcast.render.engines import build_engine
from fullcast.render.engines.engine import Engine
from fullcast.render.ledger import Ledger
from fullcast.render.lines import plan
from fullcast.render.packages import check_package, write_package
from fullcast.render.packages.report import Report
from fullcast.render.pronunciation import (
    Pronunciation,
    Said,
    doubtful_names,
    read_pls,
    write_pls,
)
from fullcast.render.stage import Recorded, assign, record, set_in_time, tell_state
from fullcast.render.takes import Takes
from fullcast.render.timeline import Timeline
from fullcast.workspace.stories import Progress
from fullcast.workspace.understanding import Judging, understood

DEFAULT_ENGINE = "espeak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What came of performing a story."""

    timeline: Timeline
    casting: Casting
    casting_path: Path
    """Where the casting stands, to be edited."""
    clips: int
    made: int
    """How many takes were spoken anew; the others were kept from before."""
    report: Report
    """What was written, and measured of it."""

    @property
    def failed(self) -> tuple[str, ...]:
        """What could not be spoken, and why; empty where the performance is whole."""
        return self.timeline.failed


class Wishes(Judging, total=False):
    """What one may ask of a performance, beside how its story is judged."""

    engine: str | Engine | None
    """Who speaks: ``espeak`` where not given, another's name, or one of your own."""
    settings: Mapping[str, str] | None
    """What the engine needs to know, by name."""
    casting: str | PathLike[str] | None
    """A file that says who has which voice; written where there is none. That beside the output
    where not given."""
    series: Sequence[str | PathLike[str]]
    """Castings of other books; their people keep their voices."""
    pronunciation: Sequence[str | PathLike[str]]
    """Dictionaries, W3C PLS; of several for one word the last holds. One that does not exist is
    written, with the names that are likely said wrong."""
    skip_tags: bool
    """Leave out what only tells who speaks: *he said*."""
    directed: bool
    """Heed how the story says that a line is said, as is done where not given."""
    layers: Collection[str]
    """The layers of the book that are spoken; the body where not given."""
    cover: str | PathLike[str] | None
    """A JPEG or PNG picture, for packages that have one."""
    series_title: str
    """The series that the book belongs to, for the tags of M4B and MP3."""
    series_part: str
    """Its number there."""
    takes: str | PathLike[str] | None
    """Where to keep what was spoken; a folder beside the output where not given."""
    lanes: int | None
    """How many lines are spoken at a time; a kill loses no more than those."""


def perform(
    story: str | PathLike[str] | Book,
    output: str | PathLike[str],
    **wishes: Unpack[Wishes],
) -> Performance:
    """Perform a story with a full cast, and pack it into a file or a folder.

    What was spoken once is kept beside the output: perform again after a change, and only what
    changed is spoken again.

    Args:
        story: A book, the path of a story, or of a script that :func:`fullcast.script` wrote.
        output: What to make; its ending says which package.
        wishes: See :class:`Wishes`.

    Raises:
        SourceError: The story cannot be read.
        OutputError: It cannot be written there; told before any work is done.
        EngineError: The engine or a voice cannot be had, or no line could be spoken.
        CastingError: The casting cannot be read, or names people who are not in the story.
        PronunciationError: A dictionary cannot be read.
    """
    target = Path(output)
    check_package(target)
    book, script = understood(story, **_judging(wishes))
    progress = wishes.get("progress")
    casting_path = Path(wishes.get("casting") or target.with_suffix(".casting.toml"))
    engine, casting = _cast(script, casting_path, wishes)
    kept = Takes(Path(wishes.get("takes") or target.with_suffix(".takes")))
    with Ledger(kept.folder, target) as ledger:
        timeline, recorded = _speak(script, engine, casting, kept, ledger, wishes, progress)
        report = _pack(timeline, target, (book, script), ledger, wishes.get("cover"), progress)
    return Performance(
        timeline=timeline,
        casting=casting,
        casting_path=casting_path,
        clips=len(set(recorded.takes)),
        made=recorded.made,
        report=report,
    )


def _judging(wishes: Wishes) -> Judging:
    """Take out what says how the story is judged."""
    kept = {key: value for key, value in wishes.items() if key in Judging.__annotations__}
    return cast_type("Judging", kept)


def _pack(
    timeline: Timeline,
    target: Path,
    performed: tuple[Book | None, Script],
    ledger: Ledger,
    cover: str | PathLike[str] | None,
    progress: Progress | None,
) -> Report:
    """Write the package, and what was measured of it."""
    tell_state(ledger.folder, "packing")
    report = write_package(
        timeline,
        target,
        cover=None if cover is None else Path(cover),
        source=performed[0],
        script=performed[1],
        cache=ledger.folder / "packed",
        need=ledger.need,
        progress=progress,
    )
    if report.chapters:
        told = json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n"
        write_atomically(target.with_suffix(".report.json"), told.encode("utf-8", "replace"))
    tell_state(ledger.folder, "partial" if timeline.failed else "done")
    return report


def _speak(
    script: Script,
    engine: Engine,
    casting: Casting,
    kept: Takes,
    ledger: Ledger,
    wishes: Wishes,
    progress: Progress | None,
) -> tuple[Timeline, Recorded]:
    """Speak what is not kept, and put all of it in time."""
    words = _pronunciation(script, engine, wishes.get("pronunciation", ()))
    scenario = plan(
        script,
        skip_tags=wishes.get("skip_tags", False),
        layers=wishes.get("layers", (Layer.BODY,)),
    )
    takes = assign(
        scenario,
        engine,
        casting,
        pronunciation=Pronunciation(words),
        language=script["language"],
        directed=wishes.get("directed", True),
    )
    kept.sweep()
    ledger.need(kept.path(take.key) for take in takes)
    lanes = wishes.get("lanes") or engine.lanes
    recorded = record(takes, engine, kept, lanes=lanes, progress=progress)
    timeline = set_in_time(script, scenario, recorded, casting, kept)
    series, part = wishes.get("series_title", ""), wishes.get("series_part", "")
    return replace(timeline, series=series, series_part=part), recorded


def _cast(script: Script, path: Path, wishes: Wishes) -> tuple[Engine, Casting]:
    """Settle who speaks with which voice, and write down what was not settled."""
    file = read_casting(path) if path.exists() else None
    wanted = wishes.get("engine") or (file.engine if file else "") or DEFAULT_ENGINE
    engine = _engine(wanted, script["language"], wishes.get("settings"))
    earlier = [_earlier(Path(other), engine) for other in wishes.get("series", ())]
    chosen: Mapping[str, Role] = settle(file, script, engine) if file else {}
    casting = cast(script, engine, chosen=chosen, earlier=earlier)
    if file is None:
        write_atomically(path, write_casting(casting).encode("utf-8", "replace"))
    elif more := more_roles(casting, chosen):
        before = path.read_bytes().rstrip() + b"\n"
        write_atomically(path, before + more.encode("utf-8", "replace"))
    return engine, casting


def _engine(wanted: str | Engine, language: str, settings: Mapping[str, str] | None) -> Engine:
    """Build the engine; espeak speaks any language, where it is told which."""
    if not isinstance(wanted, str):
        return wanted
    told = {"language": language} if wanted == "espeak" else {}
    return build_engine(wanted, told | dict(settings or {}))


def _earlier(path: Path, engine: Engine) -> Mapping[str, Role]:
    """Read the casting of another book of the series."""
    found = read_casting(path)
    if found.engine and found.engine != engine.name:
        raise CastingError(f"{path}: its voices are {found.engine}'s, not {engine.name}'s")
    for role in found.roles.values():
        engine.voice(role.voice)
    return found.roles


def _pronunciation(
    script: Script, engine: Engine, paths: Sequence[str | PathLike[str]]
) -> dict[str, Said]:
    words: dict[str, Said] = {}
    for path in map(Path, paths):
        if path.exists():
            words |= read_pls(path)
            continue
        names = doubtful_names(script)
        read_aloud = getattr(engine, "read_aloud", None)
        remarks = {name: f"read as {read_aloud(name)}" for name in names} if read_aloud else {}
        doubtful = {name: Said(alias=name) for name in names}
        content = write_pls(doubtful, script["language"], remarks)
        write_atomically(path, content.encode("utf-8", "replace"))
    return words
