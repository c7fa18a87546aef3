"""What a story can be exported to: one row a format, one module a row.

The module of ``web-annotation`` is ``fullcast.exporters.web_annotation``. It has one function::

    def export(script: Script) -> Content

Content is the bytes of one file, or a folder's files by their names. A format that has a form
without the story's words says so in its row, and its function takes ``text: bool = True``, keyword
only. A module is imported when its format is asked for, so it may import what is in an extra.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TypeAlias, cast

from fullcast.errors import OutputError, how_to_add
from fullcast.exporters.schema import Script

Content: TypeAlias = bytes | Mapping[str, bytes]
"""One file, or a folder's files by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Something a story can be exported to."""

    name: str
    summary: str
    """What it is, for people who choose among formats."""
    suffix: str = ""
    """How its file's name ends; a folder where there is none."""
    extra: str = ""
    """The optional part of Fullcast that it needs."""
    wordless: bool = False
    """Whether it has a form without the story's words."""

    def ready(self, *, text: bool = True) -> "Callable[[Script], Content]":
        """Find what makes it of a script, before anybody waits for one.

        Args:
            text: Whether it is to hold the story's words.

        Raises:
            OutputError: A library that it needs is not installed, or it has no wordless form.
        """
        if not (text or self.wordless):
            able = ", ".join(each.name for each in FORMATS.values() if each.wordless)
            raise OutputError(f"{self.name} always holds the story's words; without them: {able}")
        try:
            module = import_module(f"fullcast.exporters.{self.name.replace('-', '_')}")
        except ModuleNotFoundError as error:
            how = how_to_add(self.extra) if self.extra else "pip install --force-reinstall fullcast"
            raise OutputError(
                f"{self.name} needs {error.name}, which is not installed: {how}"
            ) from error
        make = cast("Callable[..., Content]", module.export)
        return partial(make, text=text) if self.wordless else make

    def check_name(self, path: PurePath) -> None:
        """Raise ``OutputError`` where ``path`` is not named as this format is."""
        if path.suffix.lower() != self.suffix:
            raise OutputError(
                f"{path}: {self.name} is one file; give it a name that ends in {self.suffix}"
            )


_ROWS: tuple[Format, ...] = (
    Format(name="tei", suffix=".xml", summary="TEI P5: who says what to whom, and the cast"),
    Format(name="tables", summary="cast, quotations, segments … as CSV", wordless=True),
    Format(name="parquet", summary="the same as Parquet", extra="tables", wordless=True),
    Format(name="booknlp", summary="BookNLP's .tokens, .entities, .quotes, .book", wordless=True),
    Format(
        name="dracor",
        summary="DraCor's tables, network and measures",
        extra="graphs",
        wordless=True,
    ),
    Format(
        name="gexf",
        suffix=".gexf",
        summary="who talks to whom and when",
        extra="graphs",
        wordless=True,
    ),
    Format(
        name="graphml",
        suffix=".graphml",
        summary="who talks to whom",
        extra="graphs",
        wordless=True,
    ),
    Format(name="speeches", summary="what each character says, a .txt each"),
    Format(name="fountain", suffix=".fountain", summary="a screenplay in plain text"),
    Format(name="fdx", suffix=".fdx", summary="a screenplay for Final Draft"),
    Format(name="ink", suffix=".ink", summary="interactive fiction: ink"),
    Format(name="twee", suffix=".twee", summary="interactive fiction: Twine, as Twee 3"),
    Format(name="yarn", suffix=".yarn", summary="interactive fiction: Yarn Spinner"),
    Format(name="renpy", suffix=".rpy", summary="a visual novel for Ren'Py"),
    Format(name="docx", suffix=".docx", summary="Word: a column of speakers, doubts as comments"),
    Format(
        name="web-annotation", suffix=".json", summary="W3C Web Annotations: who says each line"
    ),
    Format(name="ssml", suffix=".ssml", summary="for speech engines, a voice for each speaker"),
)
FORMATS = MappingProxyType({each.name: each for each in _ROWS})
"""By name, in the order in which they are listed; ``fullcast export --help`` lists them too."""


def format_called(name: str) -> Format:
    """Find a format; raise ``OutputError`` where there is none of that name."""
    if name in FORMATS:
        return FORMATS[name]
    if name.lower() == "csv":
        raise OutputError(
            "CSV comes as tables, a folder of them (--to tables -o FOLDER), or as one table of the "
            "script: fullcast script STORY -o OUT.csv"
        )
    near = get_close_matches(name.lower(), FORMATS, n=1)
    hint = f"did you mean {near[0]}? There are" if near else "there are"
    raise OutputError(f"no format is called {name!r}; {hint} {', '.join(FORMATS)}")
