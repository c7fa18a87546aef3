"""The report's pages for editors: tags, runs without any, and the lines that are least sure."""

from collections.abc import Mapping

from fullcast.exporters.figures import LONGEST_RUN, Figures, confidence
from fullcast.exporters.report.markup import Content, Html, el, join, percent, table
from fullcast.exporters.report.people import Person
from fullcast.exporters.report.text import DOUBT, Lines
from fullcast.exporters.schema import Script

MOST_WORDS = 25
MOST_LINES = 40

_MONOTONOUS = 0.9
_VARIED = 0.5
_FEWEST_TAGS = 20
"""Fewer tags than this show no habit."""


def tags_section(figures: Figures) -> Html:
    """List the verbs of tags, and how things are said."""
    total = sum(figures.verbs.values())
    if not total:
        return el("p", "No line has a tag.")
    once = sum(count == 1 for count in figures.verbs.values())
    told = (
        f"{_counted(total, 'tag')} on {_counted(len(figures.lines), 'line')}; "
        f"{_counted(len(figures.verbs), 'verb')}, {once} of them used once. "
        f"{_judged(figures, total)}"
    )
    shown = [
        table(
            _most("Verbs in tags", figures.verbs), ("Verb", "Tags", "Of all"), _rows(figures.verbs)
        )
    ]
    if figures.manners:
        caption = _most("Adverbs and the like in tags", figures.manners)
        shown.append(table(caption, ("Said how", "Tags", "Of all"), _rows(figures.manners)))
    return join([el("p", told.strip()), el("div", *shown, class_="pair")])


def _judged(figures: Figures, total: int) -> str:
    """Tell of monotony, or of too many ways to say *said*; of neither where tags are few."""
    verb, most = next(iter(figures.verbs.items()))
    plain = sum(figures.verbs.get(word, 0) for word in ("said", "says", "say"))
    if total < _FEWEST_TAGS:
        return ""
    if most / total >= _MONOTONOUS:
        return f"Nearly every tag is “{verb}”: readers may hear it."
    if 1 - plain / total >= _VARIED:
        return (
            f"{1 - plain / total:.0%} of the tags are other than “said”: readers may see the tags."
        )
    return ""


def _rows(counts: Mapping[str, int]) -> list[tuple[Content, ...]]:
    total = sum(counts.values())
    shown = [*counts.items()][:MOST_WORDS]
    return [(word, f"{count:,}", percent(count / total)) for word, count in shown]


def _most(caption: str, counts: Mapping[str, int]) -> str:
    more = len(counts) > MOST_WORDS
    return f"{caption}: the {MOST_WORDS} commonest of {len(counts)}" if more else caption


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def runs_section(figures: Figures, lines: Lines) -> Html:
    """List runs of lines in which a reader may lose who speaks."""
    rows: list[tuple[Content, ...]] = [
        (lines.link(run.first), str(run.lines))
        for run in sorted(figures.runs, key=lambda run: -run.lines)[:MOST_LINES]
    ]
    if not rows:
        return el("p", f"No run is longer than {LONGEST_RUN} lines.")
    caption = f"Runs of more than {LONGEST_RUN} lines without tag or action"
    if len(figures.runs) > len(rows):
        caption += f": the {len(rows)} longest of {len(figures.runs)}"
    return table(caption, ("Begins", "Lines"), rows)


def doubt_section(figures: Figures, people: Mapping[str, Person], lines: Lines) -> Html:
    """List the lines whose speaker is least sure."""
    doubtful = figures.doubtful(DOUBT)
    if not doubtful:
        return el("p", f"Every line is at least {DOUBT:.0%} sure.")
    rows: list[tuple[Content, ...]] = []
    for line in doubtful[:MOST_LINES]:
        speaker = people.get(line.first["speaker"] or "")
        rows.append(
            (lines.link(line), speaker.label if speaker else "not known", f"{confidence(line):.0%}")
        )
    caption = f"Lines less than {DOUBT:.0%} sure"
    if len(doubtful) > len(rows):
        caption += f": the {len(rows)} least sure of {len(doubtful):,}"
    return table(caption, ("Line", "Speaker", "Sure"), rows)


def notices_section(script: Script) -> Html | None:
    """List the doubts about the book itself."""
    if not script["notices"]:
        return None
    items = [
        el(
            "li",
            el("b", notice["code"]),
            " ",
            notice["message"],
            el("br"),
            el("small", notice["hint"]),
        )
        for notice in script["notices"]
    ]
    return el("ul", join(items), class_="notices")
