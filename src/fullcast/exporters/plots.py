"""A story's figures as a picture: how much each talks, when, and to whom. Needs ``[plots]``."""

import io
import warnings
from pathlib import PurePath
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from fullcast.exporters.figures import Figures, count_figures
from fullcast.exporters.quoted import names_of
from fullcast.exporters.schema import Script
from fullcast.exporters.standing import Standing, find_standings

MOST_PEOPLE = 15
"""So many names can be read beside a chart; they who speak most are shown."""

_LONGEST_NAME = 24
_INK = "#0a62a0"
_INKS = (_INK, "#a84300")
_SHADES = "Blues"
_SETTINGS: dict[Any, Any] = {"svg.hashsalt": "fullcast", "svg.fonttype": "none"}


def plot_bytes(script: Script, suffix: str) -> bytes:
    """Draw a script's figures.

    Args:
        script: The story.
        suffix: ``.svg`` or ``.png``. The same script gives the same bytes.
    """
    figures = count_figures(script)
    names = {who: _shown(name) for who, name in names_of(script).items()}
    people = [share.character for share in figures.shares[:MOST_PEOPLE]]
    high = 1.6 + 0.3 * max(len(people), 3)
    page = io.BytesIO()
    with rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a box stands for the letter
        standings = find_standings(script, 1)
        rows: list[Any] = [
            ["talk", "pairs"],
            ["when", "when"],
            *([["warmth"] * 2] * len(standings)),
        ]
        figure = Figure(figsize=(11, len(rows) * high), layout="constrained")
        figure.suptitle(_title(script), parse_math=False)
        places = figure.subplot_mosaic(rows)
        _talk(places["talk"], figures, people, names)
        _pairs(places["pairs"], figures, people, names)
        _when(places["when"], figures, people, names)
        for standing in standings:
            _warmth(places["warmth"], standing, script, names)
        figure.savefig(page, format=suffix.lstrip("."), dpi=150, metadata=_undated(suffix))
    return page.getvalue()


def _undated(suffix: str) -> dict[str, None]:
    return {"Date": None} if suffix == ".svg" else {}


def _title(script: Script) -> str:
    return _shown(script["title"] or PurePath(script["source"]["path"]).name, 80)


def _shown(name: str, longest: int = _LONGEST_NAME) -> str:
    """Leave out what no font and no SVG has, and shorten."""
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _name_rows(axes: Axes, people: list[str], names: dict[str, str]) -> None:
    axes.set_yticks(range(len(people)), [names.get(who, who) for who in people], parse_math=False)


def _talk(axes: Axes, figures: Figures, people: list[str], names: dict[str, str]) -> None:
    parts = {share.character: 100 * share.part for share in figures.shares}
    axes.barh(range(len(people)), [parts[who] for who in people], color=_INK)
    axes.invert_yaxis()
    axes.set_title("Talk share")
    axes.set_xlabel("% of the words spoken")
    axes.spines[["top", "right"]].set_visible(False)
    _name_rows(axes, people, names)


def _pairs(axes: Axes, figures: Figures, people: list[str], names: dict[str, str]) -> None:
    places = {who: number for number, who in enumerate(people)}
    words = [[0] * len(people) for _ in people]
    for pair in figures.pairs:
        if pair.speaker in places and pair.addressee in places:
            words[places[pair.speaker]][places[pair.addressee]] = pair.words
    axes.set_title("Who talks to whom (below)")
    called = [names.get(who, who) for who in people]
    axes.set_xticks(range(len(people)), called, rotation=60, ha="right", parse_math=False)
    _grid(axes, words)
    _name_rows(axes, people, names)


def _when(axes: Axes, figures: Figures, people: list[str], names: dict[str, str]) -> None:
    words = [[each.talk.get(who, 0) for each in figures.stretches] for who in people]
    axes.set_title("Who speaks when")
    axes.set_xlabel(figures.unit)
    _grid(axes, words)
    every = 1 + len(figures.stretches) // 30
    numbers = range(0, len(figures.stretches), every)
    axes.set_xticks(numbers, [str(number + 1) for number in numbers])
    _name_rows(axes, people, names)


def _warmth(axes: Axes, standing: Standing, script: Script, names: dict[str, str]) -> None:
    """Draw what shows two people warm or cold toward each other, and where that turns.

    A line stands only where there are moves enough to carry one.
    """
    length = script["segments"][-1]["end"] if script["segments"] else 1
    axes.axhline(0, color="0.8", zorder=0)
    for way, ink, mark, dash in zip(
        (standing.there, standing.back), _INKS, "os", "-:", strict=True
    ):
        starts = [100 * move["start"] / length for move in way.moves]
        axes.scatter(
            starts,
            [move["amount"] for move in way.moves],
            s=9 if way.is_trend else 36,
            c=ink,
            marker=mark,
            label=f"{names.get(way.source)} toward {names.get(way.target)}",
        )
        if way.is_trend:
            axes.plot(starts, [move["warmth"] for move in way.moves], color=ink, linestyle=dash)
        turns = [100 * turn["start"] / length for turn in way.turns]
        after = [turn["after"] for turn in way.turns]
        axes.scatter(turns, after, s=120, c=ink, marker="D", edgecolors="black")
    axes.set_title("Warm (above) or cold (below), with turning points")
    axes.set_xlabel("% of the text")
    axes.set_xlim(0, 100)
    axes.set_ylim(-1, 1)
    for told in axes.legend(loc="lower right").get_texts():
        told.set_parse_math(False)


def _grid(axes: Axes, words: list[list[int]]) -> None:
    """Shade each cell by its words; square roots, so that a little talk is seen beside much."""
    if not words or not words[0]:
        return
    shades = [[count**0.5 for count in row] for row in words]
    picture = axes.imshow(shades, cmap=_SHADES, aspect="auto", interpolation="nearest")
    figure = axes.get_figure(root=True)
    if figure is not None:
        ticks = FuncFormatter(lambda root, _: f"{root * root:,.0f}")
        figure.colorbar(picture, ax=axes, format=ticks, label="words")
