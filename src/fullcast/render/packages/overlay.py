"""Media Overlays: which words are heard when, as EPUB 3 tells it in SMIL."""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from fullcast.render.timeline import Clip, Part

ACTIVE_CLASS = "-epub-media-overlay-active"
PLAYING_CLASS = "-epub-media-overlay-playing"
STYLE = f".{ACTIVE_CLASS} {{ background-color: #ffe9a8; color: #000; }}\n"
_SHORTEST_MS = 10
_SMIL = """<?xml version="1.0" encoding="utf-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
<body>
<seq id="story" epub:textref="{document}#{anchor}">
{pairs}
</seq>
</body>
</smil>
"""
_PAIR = """<par id="p{number}"><text src="{document}#{id}"/>\
<audio src="{audio}" clipBegin="{begin}" clipEnd="{end}"/></par>"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Some words and the stretch of sound in which they are heard."""

    id: str
    audio: str
    """The archive's member."""
    begin_ms: int
    end_ms: int


def pair_up(part: Part, ids: dict[Clip, str], audio: str, audio_s: float) -> Iterable[Pair]:
    """Yield the pairs of a chapter: each lasts until the next begins, so pauses are heard too."""
    clips = sorted((clip for clip in part.clips if clip in ids), key=lambda clip: clip.start_s)
    begins = [0, *(round(1000 * clip.start_s) for clip in clips[1:])]
    whole_ms = round(1000 * min(max(part.duration_s, 0.001), audio_s))
    for clip, begin, end in zip(clips, begins, [*begins[1:], whole_ms], strict=False):
        if end - begin >= _SHORTEST_MS:
            yield Pair(ids[clip], audio, begin, end)


def smil(name: str, document: str, anchor: str, pairs: Sequence[Pair]) -> str:
    """Return the overlay ``name`` of a document whose story is the element ``anchor``."""
    base = posixpath.dirname(name)
    target = link(document, base)
    lines = (
        _PAIR.format(
            number=number,
            document=target,
            id=pair.id,
            audio=link(pair.audio, base),
            begin=clock_value(pair.begin_ms),
            end=clock_value(pair.end_ms),
        )
        for number, pair in enumerate(pairs, 1)
    )
    return _SMIL.format(document=target, anchor=escape(anchor), pairs="\n".join(lines))


def link(member: str, base: str) -> str:
    """Return how a document in the folder ``base`` leads to a member."""
    return escape(quote(posixpath.relpath(member, base or ".")))


def clock_value(ms: int) -> str:
    """Return a time as a SMIL clock value."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
