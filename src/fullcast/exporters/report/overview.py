"""The report's overview: who speaks, to whom, and when."""

import math
from collections.abc import Mapping

from fullcast.exporters.figures import Figures, Share
from fullcast.exporters.report.markup import (
    Content,
    Html,
    el,
    escape,
    join,
    percent,
    scrolled,
    table,
)
from fullcast.exporters.report.people import HUES, People, Person

MOST_DRAWN = 14
"""So many people fit on a circle with their names."""

MOST_ROWS = 20
"""So many rows of a table are shown at once; the others are folded away."""

_CAST_HEADS = ("Character", "Lines", "Words", "Talk", "Tags", "Said how")
_SIZE, _RADIUS, _MARGIN = 520, 195, 110


def cast_section(figures: Figures, people: People) -> Html:
    """List who speaks, how much, and with which verbs."""
    rows: list[tuple[Content, ...]] = [
        (
            people[share.character].label,
            f"{share.lines:,}",
            f"{share.words:,}",
            Html(_bar(share.part) + escape(percent(share.part))),
            _counted(share.verbs, 4),
            _counted(share.manners, 4),
        )
        for share in figures.shares
    ]
    return _folded("Who speaks", _CAST_HEADS, rows)


def _folded(caption: str, heads: tuple[Content, ...], rows: list[tuple[Content, ...]]) -> Html:
    """Make a table, its last rows folded away where there are many."""
    shown = table(caption, heads, rows[:MOST_ROWS])
    if len(rows) <= MOST_ROWS:
        return shown
    rest = table(f"{caption}: the others", heads, rows[MOST_ROWS:])
    return Html(shown + el("details", el("summary", f"{len(rows) - MOST_ROWS} more"), rest))


def _bar(part: float) -> Html:
    return el("i", class_="bar", style=f"--v:{part:.3f}")


def _counted(words: Mapping[str, int], most: int) -> str:
    return ", ".join(f"{word} {number}" for word, number in [*words.items()][:most])


def pairs_section(figures: Figures, people: People) -> Html:
    """Draw who talks to whom, and tell the same in a table."""
    rows: list[tuple[Content, ...]] = [
        (
            people[pair.speaker].label,
            people[pair.addressee].label,
            f"{pair.lines:,}",
            f"{pair.words:,}",
        )
        for pair in figures.pairs
        if pair.addressee in people
    ]
    listed = _folded("Who talks to whom", ("Speaker", "To", "Lines", "Words"), rows)
    return el("div", _network(figures, people), el("div", listed), class_="pair")


def _network(figures: Figures, people: People) -> Html:
    """Set people on a circle, and draw a line for each two who talk, as thick as their talk."""
    shown = figures.shares[:MOST_DRAWN]
    turn = 2 * math.pi / max(len(shown), 1)
    places = {
        share.character: (
            _SIZE / 2 + _RADIUS * math.sin(number * turn),
            _SIZE / 2 - _RADIUS * math.cos(number * turn),
        )
        for number, share in enumerate(shown)
    }
    words: dict[tuple[str, str], int] = {}
    for pair in figures.pairs:
        if pair.speaker in places and pair.addressee in places:
            two = (min(pair.speaker, pair.addressee), max(pair.speaker, pair.addressee))
            words[two] = words.get(two, 0) + pair.words
    most = max(words.values(), default=1) or 1
    lines = [_edge(places[two[0]], places[two[1]], count / most) for two, count in words.items()]
    nodes = [_node(people[share.character], share, places[share.character]) for share in shown]
    told = f"A network of the {len(shown)} who speak most; the table after it tells the same."
    return el(
        "svg",
        *lines,
        *nodes,
        viewBox=f"{-_MARGIN} 0 {_SIZE + 2 * _MARGIN} {_SIZE}",
        role="img",
        aria_label=told,
        class_="net",
    )


def _edge(one: tuple[float, float], other: tuple[float, float], part: float) -> Html:
    """Draw a line that bends towards the middle, so that it does not run through a third."""
    middle = _SIZE / 2
    bend = [(a + b) / 2 * 0.75 + middle * 0.25 for a, b in zip(one, other, strict=True)]
    path = f"M{one[0]:.0f} {one[1]:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {other[0]:.0f} {other[1]:.0f}"
    return el("path", d=path, stroke_width=f"{1 + 13 * part:.1f}")


def _node(person: Person, share: Share, place: tuple[float, float]) -> Html:
    x, y = place
    size = 15 + 25 * math.sqrt(share.part)
    out = (x - _SIZE / 2) / _RADIUS
    anchor = "start" if out > 0.3 else "end" if out < -0.3 else "middle"
    sideways = 0.0 if anchor == "middle" else math.copysign(size + 5, out)
    above = 0.0 if sideways else math.copysign(size + 14, y - _SIZE / 2)
    name = person.name if len(person.name) <= 18 else person.name[:17] + "…"
    return el(
        "g",
        el("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=f"{size:.0f}"),
        el("text", person.initials, x=f"{x:.0f}", y=f"{y + 5:.0f}", class_="in"),
        el("text", name, x=f"{x + sideways:.0f}", y=f"{y + above + 5:.0f}", text_anchor=anchor),
        class_=person.style,
    )


def when_section(figures: Figures, people: People) -> Html:
    """Show chapter by chapter how much of it is talk, and how much each speaks there."""
    heads = [el("th", "Character", scope="col")]
    for number, stretch in enumerate(figures.stretches, 1):
        told = stretch.title or str(number)
        heads.append(
            el(
                "th",
                el("span", told, class_="vh"),
                el("span", number, aria_hidden="true"),
                scope="col",
                title=told,
            )
        )
    talk = [
        el(
            "td",
            _column(each.talk_part),
            el("span", percent(each.talk_part)),
            title=f"{each.title}: {percent(each.talk_part)} talk",
        )
        for each in figures.stretches
    ]
    rows = [el("tr", el("th", "All talk, of the words", scope="row"), *talk)]
    rows += [_stage_row(figures, people[share.character]) for share in figures.shares[:MOST_ROWS]]
    caption = el("caption", f"Words spoken in each {figures.unit}")
    body = el("table", caption, el("thead", el("tr", *heads)), el("tbody", *rows), class_="when")
    many = " many" if len(figures.stretches) > 12 else ""
    return el("div", scrolled("Who speaks when", body), class_=f"strip{many}")


def _stage_row(figures: Figures, person: Person) -> Html:
    counts = [stretch.talk.get(person.id, 0) for stretch in figures.stretches]
    most = max(counts, default=0) or 1
    cells = [
        el(
            "td",
            _column(count / most) if count else None,
            el("span", f"{count:,}") if count else None,
            title=f"{person.name}, {stretch.title}: {count:,} words" if count else None,
        )
        for count, stretch in zip(counts, figures.stretches, strict=True)
    ]
    return el("tr", el("th", person.label, scope="row"), *cells, class_=person.style)


def _column(part: float) -> Html:
    return el("i", style=f"--v:{max(part, 0.06):.2f}")


def legend(people: People) -> Html:
    """Tell the colours and initials of those who speak most."""
    shown = [el("li", person.label) for person in [*people.values()][: 2 * HUES]]
    return el("ul", join(shown), class_="legend") if shown else Html("")
