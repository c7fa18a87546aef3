"""A story in figures: who talks how much, to whom, when and how. Counted here, and nowhere else.

Plain data of a script document, for pages, plots and graphs. A *line* is a quotation: speech,
thought, or writing whose speaker is known. Words are what white space parts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fullcast.exporters.quoted import Quoted, quoted, spoken_to, text_of
from fullcast.exporters.schema import ChapterEntry, Script, SegmentEntry

LONGEST_RUN = 6
"""A reader places about so many lines that nothing tags; longer runs are told of."""

STRETCHES = 10
"""A story without chapters is cut into so many equal stretches."""

_TAGS = frozenset({"explicit", "anaphoric"})


@dataclass(frozen=True, slots=True)
class Share:
    """One character's part in the talk."""

    character: str
    lines: int
    words: int
    part: float
    """Of all words whose speaker is known, from 0 to 1."""
    verbs: Mapping[str, int]
    """The verbs of the tags on their lines, the commonest first."""
    manners: Mapping[str, int]
    """How those tags say that it is said: *softly*."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What one character says to another; a line to two counts for both."""

    speaker: str
    addressee: str
    lines: int
    words: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chapter; or, where there are none, an equal stretch of the text."""

    title: str
    start: int
    words: int
    """All words, the narration's too."""
    talk: Mapping[str | None, int]
    """Words spoken, by speaker; ``None`` where the speaker is not known."""

    @property
    def talk_part(self) -> float:
        """How much of it is talk, from 0 to 1."""
        return sum(self.talk.values()) / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Lines one after another that nothing tags."""

    first: Quoted
    lines: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A story in figures."""

    lines: tuple[Quoted, ...]
    words: int
    shares: tuple[Share, ...]
    """Who speaks most comes first; those who say nothing are left out."""
    pairs: tuple[Pair, ...]
    """Who talk most come first."""
    stretches: tuple[Stretch, ...]
    unit: str
    """What the stretches are: *chapter*, or *tenth of the text*."""
    verbs: Mapping[str, int]
    manners: Mapping[str, int]
    runs: tuple[Run, ...]
    """Those longer than ``LONGEST_RUN``, in the order of the text."""

    def doubtful(self, doubt: float) -> list[Quoted]:
        """List the lines less sure than ``doubt``, the least sure first."""
        unsure = [line for line in self.lines if confidence(line) < doubt]
        return sorted(unsure, key=confidence)


def confidence(line: Quoted) -> float:
    """Tell how sure a line's speaker is, from 0 to 1; 1 where nobody judged it."""
    sure = line.first["confidence"]
    return 1.0 if sure is None else sure


def count_figures(script: Script) -> Figures:
    """Count a story."""
    lines = tuple(filter(_is_line, quoted(script["segments"])))
    return Figures(
        lines=lines,
        words=len(text_of(script).split()),
        shares=_shares(lines),
        pairs=_pairs(lines),
        stretches=tuple(_stretches(script)),
        unit="chapter" if len(_chapters(script)) > 1 else "tenth of the text",
        verbs=_ranked(Counter(filter(None, map(_verb, lines)))),
        manners=_ranked(Counter(filter(None, map(_manner, lines)))),
        runs=tuple(_runs(script)),
    )


def _is_line(quotation: Quoted) -> bool:
    first = quotation.first
    return first["speaker"] is not None or first["kind"] in {"speech", "thought"}


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _shares(lines: Sequence[Quoted]) -> tuple[Share, ...]:
    by_speaker: dict[str, list[Quoted]] = {}
    for line in lines:
        if line.first["speaker"] is not None:
            by_speaker.setdefault(line.first["speaker"], []).append(line)
    words = {who: sum(line.words for line in theirs) for who, theirs in by_speaker.items()}
    total = sum(words.values()) or 1
    shares = [
        Share(
            character=who,
            lines=len(theirs),
            words=words[who],
            part=words[who] / total,
            verbs=_ranked(Counter(filter(None, map(_verb, theirs)))),
            manners=_ranked(Counter(filter(None, map(_manner, theirs)))),
        )
        for who, theirs in by_speaker.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.words, share.character)))


def _verb(line: Quoted) -> str | None:
    cue = line.first["cue"]
    return _word(cue["verb"]) if cue and cue["kind"] in _TAGS else None


def _manner(line: Quoted) -> str | None:
    cue = line.first["cue"]
    return _word(cue["manner"]) if cue and cue["kind"] in _TAGS else None


def _word(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def _pairs(lines: Sequence[Quoted]) -> tuple[Pair, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for line in lines:
        for pair in spoken_to(line):
            counts[pair] += 1
            words[pair] += line.words
    pairs = [Pair(*pair, lines=count, words=words[pair]) for pair, count in counts.items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair.words, pair.speaker, pair.addressee)))


def _stretches(script: Script) -> Iterator[Stretch]:
    places = _places(script)
    starts = [start for _, start in places]
    texts: list[list[str]] = [[] for _ in places]
    talk: list[Counter[str | None]] = [Counter() for _ in places]
    for segment in script["segments"]:
        number = bisect_right(starts, segment["start"]) - 1
        if number < 0:
            continue
        texts[number].append(segment["text"])
        if segment["speaker"] is not None or segment["kind"] in {"speech", "thought"}:
            talk[number][segment["speaker"]] += len(segment["text"].split())
    for (title, start), parts, spoken in zip(places, texts, talk, strict=True):
        words = len("".join(parts).split())
        yield Stretch(title=title, start=start, words=words, talk=dict(spoken))


def _places(script: Script) -> list[tuple[str, int]]:
    """Name the stretches, and say where they start."""
    chapters = _chapters(script)
    if len(chapters) > 1:
        return [(each["title"], each["start"]) for each in chapters]
    segments = script["segments"]
    if not segments:
        return []
    length = segments[-1]["end"]
    return [
        (
            f"{100 * number // STRETCHES}–{100 * (number + 1) // STRETCHES}%",
            length * number // STRETCHES,
        )
        for number in range(STRETCHES)
    ]


def _chapters(script: Script) -> list[ChapterEntry]:
    """List the chapters; a part of the book that only holds chapters is none."""
    told = {seg["chapter"] for seg in script["segments"] if seg["kind"] != "heading"}
    return [each for each in script["chapters"] if each["id"] in told]


def _runs(script: Script) -> Iterator[Run]:
    """Find runs of lines that no tag, action, narration, break or new chapter comes between."""
    run: list[Quoted] = []
    for group in _unbroken(script):
        for line in quoted(group):
            if line.first["cue"] is not None:
                yield from _long(run)
                run = []
            elif _is_line(line):
                run.append(line)
        yield from _long(run)
        run = []


def _long(run: list[Quoted]) -> Iterator[Run]:
    if len(run) > LONGEST_RUN:
        yield Run(run[0], len(run))


def _unbroken(script: Script) -> Iterator[list[SegmentEntry]]:
    """Cut the text at paragraphs that nobody speaks in, at breaks, and at chapters."""
    spoken = {seg["block"] for seg in script["segments"] if seg["quotation"] is not None}
    breaks = [place["start"] for place in script["breaks"]]
    group: list[SegmentEntry] = []
    last: tuple[str | None, int] | None = None
    for segment in script["segments"]:
        place = segment["chapter"], bisect_right(breaks, segment["start"])
        if segment["block"] not in spoken or place != last:
            yield group
            group = []
        last = place
        group.append(segment)
    yield group
