"""A story performed: from a file, or a script, to something one can listen to."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from fullcast.errors import CastingError, SourceDamaged, SourceError
from fullcast.exporters import Script, write_atomically
from fullcast.model import Annotations, Book, Layer
from fullcast.opinions import Llm
from fullcast.render.casting import (
    Casting,
    CastingFile,
    Role,
    cast,
    more_roles,
    read_casting,
    settle,
    write_casting,
)
from fullcast.render.engines import build_engine
from fullcast.render.engines.engine import Engine
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
from fullcast.render.stage import assign, record, set_in_time
from fullcast.render.takes import Takes
from fullcast.render.timeline import Timeline
from fullcast.workspace import stories
from fullcast.workspace.stories import Progress

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


def perform(
    story: str | PathLike[str] | Book,
    output: str | PathLike[str],
    *,
    annotations: Annotations | None = None,
    encoding: str | None = None,
    network: str | PathLike[str] | None = None,
    llm: Llm | None = None,
    engine: str | Engine | None = None,
    settings: Mapping[str, str] | None = None,
    casting: str | PathLike[str] | None = None,
    series: Sequence[str | PathLike[str]] = (),
    pronunciation: Sequence[str | PathLike[str]] = (),
    skip_tags: bool = False,
    directed: bool = True,
    layers: Collection[str] = (Layer.BODY,),
    cover: str | PathLike[str] | None = None,
    takes: str | PathLike[str] | None = None,
    lanes: int | None = None,
    progress: Progress | None = None,
) -> Performance:
    """Perform a story with a full cast, and pack it into a file or a folder.

    What was spoken once is kept beside the output: perform again after a change, and only what
    changed is spoken again.

    Args:
        story: A book, the path of a story, or of a script that :func:`fullcast.script` wrote.
        output: What to make; its ending says which package.
        annotations: As in :func:`fullcast.script`.
        encoding: As in :func:`fullcast.script`.
        network: As in :func:`fullcast.analyze`.
        llm: As in :func:`fullcast.analyze`.
        engine: Who speaks: ``espeak`` (the default), another's name, or one of your own.
        settings: What the engine needs to know, by name.
        casting: A file that says who has which voice; written where there is none. Without one,
            that beside the output.
        series: Castings of other books; their people keep their voices.
        pronunciation: Dictionaries, W3C PLS; of several for one word the last holds. One that does
            not exist is written, with the names that are likely said wrong.
        skip_tags: Leave out what only tells who speaks: *he said*.
        directed: Heed how the story says that a line is said: whispered, shouted.
        layers: The layers of the book that are spoken.
        cover: A JPEG or PNG picture, for packages that have one.
        takes: Where to keep what was spoken; a folder beside the output where not given.
        lanes: How many lines are spoken at a time; a kill loses no more than those.
        progress: Told now and then how far the work is.

    Raises:
        SourceError: The story cannot be read.
        OutputError: It cannot be written there; told before any work is done.
        EngineError: The engine or a voice cannot be had, or no line could be spoken.
        CastingError: The casting cannot be read, or names people who are not in the story.
        PronunciationError: A dictionary cannot be read.
    """
    target = Path(output)
    check_package(target)
    book, script = _understood(story, annotations, encoding, network, llm, progress)
    casting_path = target.with_suffix(".casting.toml") if casting is None else Path(casting)
    file = read_casting(casting_path) if casting_path.exists() else None
    actor = _engine(engine or (file.engine if file else "") or DEFAULT_ENGINE, settings)
    roles = _cast(script, actor, casting_path, file, series)
    said = Pronunciation(_pronunciation(script, actor, pronunciation))
    scenario = plan(script, skip_tags=skip_tags, layers=layers)
    kept = Takes(target.with_suffix(".takes") if takes is None else Path(takes))
    wanted = assign(
        scenario,
        actor,
        roles,
        pronunciation=said,
        language=script["language"],
        directed=directed,
    )
    recorded = record(wanted, actor, kept, lanes=lanes or actor.lanes, progress=progress)
    timeline = set_in_time(script, scenario, recorded, roles, kept)
    report = write_package(
        timeline,
        target,
        cover=None if cover is None else Path(cover),
        source=book,
        cache=kept.folder / "packed",
        progress=progress,
    )
    return Performance(
        timeline=timeline,
        casting=roles,
        casting_path=casting_path,
        clips=len(set(wanted)),
        made=recorded.made,
        report=report,
    )


def _understood(
    story: str | PathLike[str] | Book,
    annotations: Annotations | None,
    encoding: str | None,
    network: str | PathLike[str] | None,
    llm: Llm | None,
    progress: Progress | None,
) -> tuple[Book | None, Script]:
    """Find who says what; of a script that was written, find its book again."""
    if not isinstance(story, Book):
        path = Path(story)
        if path.suffix.lower() == ".json" and path.is_file():
            script = _read_script(path)
            return _source(script), script
        story = stories.read(story, encoding=encoding)
    return story, stories.script(
        story, annotations=annotations, network=network, llm=llm, progress=progress
    )


def _source(script: Script) -> Book | None:
    """Read the book of a script, where it is still the same."""
    try:
        book = stories.read(script["source"]["path"])
    except SourceError:
        return None
    return book if book.origin.sha256 == script["source"]["sha256"] else None


def _read_script(path: Path) -> Script:
    """Read a script that was written, and perhaps edited."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceDamaged(f"{path}: the script cannot be read ({error})") from error
    if not isinstance(found, dict) or found.get("schema") != "fullcast.script/1":
        raise SourceDamaged(f"{path}: this is no script; fullcast script STORY -o writes one")
    known = {one["id"] for one in found["characters"]}
    for segment in found["segments"]:
        if segment["speaker"] is not None and segment["speaker"] not in known:
            raise SourceDamaged(
                f"{path}: {segment['id']} is spoken by {segment['speaker']!r}, who is not among "
                f"its characters: {', '.join(sorted(known))}"
            )
    script: Script = found  # type: ignore[assignment]
    return script


def _engine(engine: str | Engine, settings: Mapping[str, str] | None) -> Engine:
    return build_engine(engine, settings) if isinstance(engine, str) else engine


def _cast(
    script: Script,
    engine: Engine,
    path: Path,
    file: CastingFile | None,
    series: Sequence[str | PathLike[str]],
) -> Casting:
    """Settle who has which voice, and write down what was not."""
    earlier = []
    for other in series:
        found = read_casting(Path(other))
        if found.engine and found.engine != engine.name:
            raise CastingError(f"{other}: its voices are {found.engine}'s, not {engine.name}'s")
        earlier.append(found.roles)
    chosen: Mapping[str, Role] = settle(file, script, engine) if file else {}
    casting = cast(script, engine, chosen=chosen, earlier=earlier)
    if file is None:
        write_atomically(path, write_casting(casting).encode("utf-8", "replace"))
    elif more := more_roles(casting, chosen):
        before = path.read_bytes().rstrip() + b"\n"
        write_atomically(path, before + more.encode("utf-8", "replace"))
    return casting


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
