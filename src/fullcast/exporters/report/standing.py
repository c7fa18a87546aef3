"""The report's pages on how people stand to each other: warmth, turning points, ties, feelings."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from fullcast.exporters.figures import Figures
from fullcast.exporters.quoted import names_of, text_of
from fullcast.exporters.report.markup import Content, Html, el, join, percent, scrolled, table
from fullcast.exporters.report.people import People
from fullcast.exporters.report.text import Lines
from fullcast.exporters.schema import MoveEntry, Script, TurningPointEntry
from fullcast.exporters.standing import (
    Standing,
    Way,
    bodily_moves,
    find_standings,
    told_ties,
)

MOST_STANDINGS = 6
MOST_ROWS = 40
MOST_SPEAKERS = 12

_WIDTH, _HEIGHT, _EDGE = 720, 190, 34
_MIDDLE = _HEIGHT / 2
_REACH = _MIDDLE - 16
_LONGEST = 90


class Places:
    """What stands where, for links and charts."""

    def __init__(self, script: Script, figures: Figures, people: People, lines: Lines) -> None:
        self._lines = lines
        self._figures = figures
        self._people = people
        self._names = names_of(script)
        self._starts = [line.first["start"] for line in figures.lines]
        self._text = text_of(script)
        self.length = max(len(self._text), 1)

    def who(self, character: str | None) -> Html | str:
        """Show somebody, by colour and initials if they speak."""
        person = self._people.get(character or "")
        return person.label if person else self._names.get(character or "", "somebody")

    def name(self, character: str) -> str:
        """Call somebody by name."""
        return self._names.get(character, character)

    def style(self, character: str) -> str:
        """Give the class that has somebody's colour."""
        person = self._people.get(character)
        return person.style if person else "nobody"

    def words(self, start: int, end: int) -> str:
        """Quote a stretch of the text, shortened."""
        return _shortened(self._text[start:end])

    def link(self, start: int, words: str) -> Html | str:
        """Link to the line nearest to a place."""
        href = self.href(start)
        return el("a", words, href=href) if href else words

    def href(self, start: int) -> str:
        """Return the address of the line nearest to a place, on this page; empty without lines."""
        after = bisect_left(self._starts, start)
        beside = range(max(0, after - 1), min(len(self._starts), after + 1))
        near = min(beside, key=lambda number: abs(self._starts[number] - start), default=None)
        return "" if near is None else self._lines.address(self._figures.lines[near])


def _shortened(words: str) -> str:
    """Put words on one line, the last of many left out."""
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST else told[: _LONGEST - 2] + " …"


def standing_section(script: Script, places: Places) -> Html | None:
    """Show for those who show each other most how warm it is along the story."""
    standings = find_standings(script, MOST_STANDINGS)
    if not standings:
        return None
    guide = el(
        "p",
        "Each mark is a line or a deed that shows one warm (above) or cold (below) toward the "
        "other, by its words, its manner, its tone, or what is done. Where there are many, a line "
        "tells how warm the two stand after each: a mean that forgets. Tone is guessed from the "
        "words of a line and of those around it, and often wrongly; irony is not seen.",
        class_="guide",
    )
    return Html(guide + join([_standing(each, places) for each in standings]))


def _standing(standing: Standing, places: Places) -> Html:
    one, other = standing.there.source, standing.there.target
    title = f"{places.name(one)} and {places.name(other)}"
    ways = standing.there, standing.back
    drawn = [part for number, way in enumerate(ways) for part in _drawn(way, number, places)]
    chart = el(
        "svg",
        el("path", d=f"M{_EDGE} {_MIDDLE}H{_WIDTH - 8}", class_="zero"),
        el("text", "warm", x=0, y=18),
        el("text", "cold", x=0, y=_HEIGHT - 8),
        *drawn,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="group",
        aria_label=f"How warm {title} stand along the story; the table after it tells the same.",
    )
    key = el(
        "p",
        *(_key(way, number, places) for number, way in enumerate(ways) if way.moves),
        "◆ a turning point",
        class_="key",
    )
    return el(
        "div",
        el("h3", title),
        key,
        scrolled(f"Warmth between {title}", chart),
        _turns(ways, places),
        el("details", el("summary", "All of it as a table"), _moves_table(standing, places)),
        class_="standing",
    )


def _key(way: Way, number: int, places: Places) -> Html:
    mark = "●" if number == 0 else "■"
    told = f"{mark} {places.name(way.source)} toward {places.name(way.target)}"
    return el("span", told, class_=places.style(way.source))


def _drawn(way: Way, number: int, places: Places) -> Iterator[Html]:
    """Draw the moves one way; with a line through them where there are enough."""
    style = places.style(way.source)
    if way.is_trend:
        steps = [_at(move["start"], move["warmth"], places) for move in way.moves]
        path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in steps)
        dashes = "6 4" if number else None
        yield el("path", d=path, class_=f"trend {style}", stroke_dasharray=dashes)
    for move in way.moves:
        x, y = _at(move["start"], move["amount"], places)
        size = 2 if way.is_trend else 5
        if number == 0:
            yield el("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=size, class_=style)
        else:
            side = 2 * size - 1
            yield el(
                "rect",
                x=f"{x - side / 2:.0f}",
                y=f"{y - side / 2:.0f}",
                width=side,
                height=side,
                class_=style,
            )
    for turn in way.turns:
        yield _diamond(turn, style, places)


def _diamond(turn: TurningPointEntry, style: str, places: Places) -> Html:
    x, y = _at(turn["start"], turn["after"], places)
    shape = el("path", d=f"M{x:.0f} {y - 9:.0f}l8 9l-8 9l-8 -9z", class_=f"turn {style}")
    told = f"Turning point, {places.name(turn['source'])} toward {places.name(turn['target'])}: "
    words = places.words(turn["start"], turn["end"])
    href = places.href(turn["start"])
    return el("a", shape, href=href, aria_label=told + words) if href else shape


def _at(start: int, warmth: float, places: Places) -> tuple[float, float]:
    x = _EDGE + (_WIDTH - _EDGE - 14) * start / places.length
    return x, _MIDDLE - _REACH * warmth


def _turns(ways: Sequence[Way], places: Places) -> Html | None:
    """List where it turns, and what tells so."""
    turns = sorted((turn for way in ways for turn in way.turns), key=lambda turn: turn["start"])
    if not turns:
        return None
    rows: list[tuple[Content, ...]] = [
        (
            places.link(turn["start"], places.words(turn["start"], turn["end"])),
            places.who(turn["source"]),
            places.who(turn["target"]),
            f"{_signed(turn['before'])} to {_signed(turn['after'])}",
            percent(turn["confidence"]),
            join(
                [_evidence(turn, each["start"], each["end"], places) for each in turn["evidence"]]
            ),
        )
        for turn in turns
    ]
    heads = ("Turning point", "From", "Toward", "Warmth", "Sure", "What tells it")
    return table("Where it turns", heads, rows)


def _evidence(turn: TurningPointEntry, start: int, end: int, places: Places) -> Html:
    mark = "" if start < turn["start"] else "then "
    return el("div", mark, places.link(start, places.words(start, end)))


def _moves_table(standing: Standing, places: Places) -> Html:
    moves = standing.moves
    strongest = sorted(moves, key=lambda move: -abs(move["amount"] * move["confidence"]))
    kept = {id(move) for move in strongest[:MOST_ROWS]}
    rows = [_move_row(move, places) for move in moves if id(move) in kept]
    caption = "What shows it, in the order of the text"
    if len(moves) > len(rows):
        caption += f": the {len(rows)} strongest of {len(moves):,}"
    heads = ("Where", "From", "Toward", "Warm or cold", "Stands then", "Because of")
    return table(caption, heads, rows)


def _move_row(move: MoveEntry, places: Places) -> tuple[Content, ...]:
    reasons = ", ".join(f"{each['name']} ({_shortened(each['text'])})" for each in move["reasons"])
    return (
        places.link(move["start"], places.words(move["start"], move["end"])),
        places.who(move["source"]),
        places.who(move["target"]),
        _signed(move["amount"]),
        _signed(move["warmth"]),
        reasons,
    )


def nearness_section(script: Script, places: Places) -> Html | None:
    """List who comes nearer to whom, and who draws back, in order."""
    moves = list(bodily_moves(script))
    if not moves:
        return None
    shown = sorted(
        sorted(moves, key=lambda move: -move["confidence"])[: 3 * MOST_ROWS],
        key=lambda move: move["start"],
    )
    rows: list[tuple[Content, ...]] = [
        (
            places.link(move["start"], _bodily_words(move)),
            places.who(move["source"]),
            "nearer to" if move["kind"] == "approach" else "back from",
            places.who(move["target"]),
            percent(move["confidence"]),
        )
        for move in shown
    ]
    caption = "Approaches and withdrawals, in the order of the text"
    if len(moves) > len(shown):
        caption += f": the {len(shown)} surest of {len(moves):,}"
    return table(caption, ("Words", "Who", "Comes or draws", "Whom", "Sure"), rows)


def _bodily_words(move: MoveEntry) -> str:
    told = [each["text"] for each in move["reasons"] if not each["name"].startswith("says")]
    return _shortened(" … ".join(told))


def ties_section(script: Script, places: Places) -> Html | None:
    """List the relations that the text states."""
    told = told_ties(script)
    if not told:
        return None
    rows: list[tuple[Content, ...]] = [
        (
            places.who(tie.first["character"]) if tie.first["character"] else "not in the cast",
            f"{'was' if tie.first['past'] else 'is'} {tie.first['word']} of",
            places.who(tie.first["of"]),
            places.link(tie.first["start"], _shortened(tie.first["text"])),
            f"{tie.times:,}",
        )
        for tie in told[: 2 * MOST_ROWS]
    ]
    return table(
        "Relations that the text states", ("Who", "Is or was", "Whom", "First told", "Times"), rows
    )


def feelings_section(script: Script, figures: Figures, places: Places) -> Html | None:
    """Show what those who speak most feel in all, and how pleasant it is along the story."""
    if not script["feelings"]:
        return None
    speakers = {line.id: line.first["speaker"] for line in figures.lines}
    starts = {line.id: line.first["start"] for line in figures.lines}
    felt: dict[str, list[tuple[int, float, dict[str, float]]]] = defaultdict(list)
    for feeling in script["feelings"]:
        speaker = speakers.get(feeling["quotation"])
        if speaker is not None:
            at = starts[feeling["quotation"]]
            felt[speaker].append((at, feeling["valence"], feeling["emotions"]))
    shown = [share.character for share in figures.shares if share.character in felt]
    shown = shown[:MOST_SPEAKERS]
    if not shown:
        return None
    emotions = sorted(felt[shown[0]][0][2])
    shares: list[tuple[Content, ...]] = [
        (
            places.who(who),
            *(percent(fmean(each[2].get(name, 0.0) for each in felt[who])) for name in emotions),
        )
        for who in shown
    ]
    heads: tuple[Content, ...] = ("Speaker", *emotions)
    along = _along({who: [each[:2] for each in felt[who]] for who in shown}, figures, places)
    return Html(table("What their lines are felt with", heads, shares) + along)


def _along(felt: "dict[str, list[tuple[int, float]]]", figures: Figures, places: Places) -> Html:
    """Tell stretch by stretch how pleasant a speaker's lines are."""
    edges = [stretch.start for stretch in figures.stretches]
    rows: list[tuple[Content, ...]] = []
    for who, told in felt.items():
        cells: list[Content] = [places.who(who)]
        for number, start in enumerate(edges):
            end = edges[number + 1] if number + 1 < len(edges) else places.length
            within = [valence for at, valence in told if start <= at < end]
            cells.append(_signed(fmean(within), 1) if within else "")
        rows.append(tuple(cells))
    heads: tuple[Content, ...] = ("Speaker", *range(1, len(edges) + 1))
    caption = f"How pleasant their lines are, by {figures.unit}, from -1 to 1"
    return table(caption, heads, rows)


def _signed(value: float, digits: int = 2) -> str:
    """Write a number with its sign, and nothing as *0*."""
    return f"{value:+.{digits}f}" if round(value, digits) else "0"
