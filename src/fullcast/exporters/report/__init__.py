"""A story as one page of HTML that needs nothing else: its cast, its talk, and its whole text.

Sections are made one by one from the script and its figures; another is another row in
``_sections``.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import PurePath

from fullcast.exporters.figures import Figures, count_figures
from fullcast.exporters.report.editing import (
    doubt_section,
    notices_section,
    runs_section,
    tags_section,
)
from fullcast.exporters.report.markup import Html, el
from fullcast.exporters.report.overview import cast_section, legend, pairs_section, when_section
from fullcast.exporters.report.people import People, people_of
from fullcast.exporters.report.standing import (
    Places,
    feelings_section,
    nearness_section,
    standing_section,
    ties_section,
)
from fullcast.exporters.report.text import DOUBT, Lines, script_section
from fullcast.exporters.schema import Script

__all__ = ["report_bytes"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Browsers fetch nothing for this page, whatever is in it."""


def report_bytes(script: Script) -> bytes:
    """Write the page, in UTF-8."""
    figures = count_figures(script)
    people = people_of(script, figures)
    lines = Lines(script, figures, people)
    title = script["title"].strip() or PurePath(script["source"]["path"]).name or "A story"
    sections = list(_sections(script, figures, people, lines))
    body = el(
        "body",
        el("a", "Skip to the script", href="#script", class_="skip"),
        _header(script, figures, title),
        el(
            "nav",
            *(el("a", name, href=f"#{id_}") for id_, name, _ in sections),
            aria_label="Sections",
        ),
        el("main", *(_section(*each) for each in sections)),
        _panel(),
        el("script", Html(lines.told()), type="application/json", id="lines"),
        el("script", _asset("report.js")),
        el("script", _asset("correct.js")),
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="generator", content="Fullcast"),
        el("title", f"{title}: who says what"),
        el("style", Html(f"{_asset('report.css')}\n{lines.initials()}\n")),
    )
    language = script["language"].strip() or "en"
    page = el("html", head, "\n", body, lang=language)
    return f"<!doctype html>\n{page}\n".encode()


def _asset(name: str) -> Html:
    return Html((files(__package__) / name).read_text("utf-8"))


def _header(script: Script, figures: Figures, title: str) -> Html:
    talk = sum(sum(each.talk.values()) for each in figures.stretches)
    doubtful = len(figures.doubtful(DOUBT))
    facts = (
        (f"{figures.words:,}", "words"),
        (f"{talk / max(figures.words, 1):.0%}", "of them talk"),
        (f"{len(figures.lines):,}", "lines"),
        (f"{len(figures.shares):,}", "who speak"),
        (f"{doubtful:,}", "lines in doubt"),
    )
    author = script["author"].strip()
    return el(
        "header",
        el("h1", title),
        el("p", f"by {author}") if author else None,
        el("ul", *(el("li", el("b", number), " ", name) for number, name in facts), class_="facts"),
    )


def _sections(
    script: Script, figures: Figures, people: People, lines: Lines
) -> Iterator[tuple[str, str, Html]]:
    """Make the page's sections: id, name, content."""
    if figures.shares:
        yield "cast", "The cast", cast_section(figures, people)
    if figures.pairs:
        yield "pairs", "Who talks to whom", pairs_section(figures, people)
    if figures.shares:
        yield "when", "Who speaks when", when_section(figures, people)
    yield from _told_of(script, figures, Places(script, figures, people, lines))
    if figures.lines:
        yield "tags", "Tags", tags_section(figures)
        yield "runs", "Untagged runs", runs_section(figures, lines)
        yield "doubt", "Least sure", doubt_section(figures, people, lines)
    notices = notices_section(script)
    if notices:
        yield "notices", "Notices", notices
    yield "script", "The script", Html(_guide() + legend(people) + script_section(script, lines))


def _told_of(script: Script, figures: Figures, places: Places) -> Iterator[tuple[str, str, Html]]:
    """Make the sections on people and each other, of which there is something to tell."""
    sections = (
        ("standing", "How they stand", standing_section(script, places)),
        ("nearness", "Nearer and further", nearness_section(script, places)),
        ("ties", "Who is what to whom", ties_section(script, places)),
        ("feelings", "Feelings", feelings_section(script, figures, places)),
    )
    yield from ((id_, name, content) for id_, name, content in sections if content)


def _panel() -> Html:
    """What is told of a line, and where one says who speaks it."""
    form = el(
        "form",
        el("label", "Said by ", el("select", name="speaker", disabled=True)),
        el("button", "Right as it is", type="button", name="right", disabled=True),
        el("button", "Undo", type="button", name="undo"),
        el("button", "Save", type="button", name="save"),
        id="correct",
        hidden=True,
    )
    about = el("div", role="status")
    return el("aside", about, form, id="told", aria_label="About this line", hidden=True)


def _guide() -> Html:
    looking = el(
        "p",
        "Initials and a colour mark each line’s speaker; ",
        el("span", "a wavy line", class_="doubt"),
        f" those less than {DOUBT:.0%} sure. Point at a line, or go to one with Tab and on with "
        "the arrow keys, to see who speaks, who else it may be, and which words decided. Esc hides "
        "that.",
        class_="guide",
    )
    correcting = el(
        "p",
        el(
            "button",
            "Correct speakers",
            type="button",
            id="correcting",
            aria_pressed="false",
            hidden=True,
        ),
        " Choose a line, then who speaks it (Enter, or 1 to 9 for those who speak most). Your "
        "browser remembers; Save makes a file for ",
        el("code", "--corrections"),
        ", from which the lines around learn.",
        class_="guide",
    )
    return Html(looking + correcting)


def _section(id_: str, name: str, content: Html) -> Html:
    return el("section", el("h2", name, id=f"h-{id_}"), content, id=id_, aria_labelledby=f"h-{id_}")
