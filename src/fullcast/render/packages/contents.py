"""A table of contents as EPUB 3 has it, from that of an EPUB 2."""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from lxml import etree

from fullcast.formats.epub import Entry
from fullcast.formats.markup import Element
from fullcast.render.packages.overlay import link
from fullcast.render.packages.pages import page, printable


def contents(
    entries: Sequence[Entry],
    spine: Sequence[str],
    pages: Mapping[str, Element],
    name: str,
    language: str,
) -> str:
    """Return a navigation document.

    Args:
        entries: The lines of the old one; what leads out of the spine is left out.
        spine: Documents in reading order; where no line is left, they are listed.
        pages: The documents, for what their ids are.
        name: Where it will be.
        language: As a tag.
    """
    kept = [entry for entry in entries if entry.name in spine]
    kept = kept or [
        Entry(title=f"{number}", name=document) for number, document in enumerate(spine, 1)
    ]
    ids = {
        document: {element.get("id", "") for element in root.iter(etree.Element)}
        for document, root in pages.items()
    }
    lines = "\n".join(_lines(kept, ids, posixpath.dirname(name)))
    return page("Contents", f'<nav epub:type="toc"><h1>Contents</h1>\n{lines}\n</nav>', language)


def _lines(
    entries: Sequence[Entry], ids: Mapping[str, Collection[str]], folder: str
) -> Iterator[str]:
    """Yield lists in lists: a line is at most one level below the one before it."""
    depths: list[int] = []
    for entry in entries:
        if not depths or entry.level > depths[-1]:
            depths.append(entry.level)
            yield "<ol>"
        else:
            while len(depths) > 1 and entry.level <= depths[-2]:
                depths.pop()
                yield "</li></ol>"
            yield "</li>"
        fragment = f"#{entry.fragment}" if entry.fragment in ids.get(entry.name, ()) else ""
        target = link(entry.name, folder) + escape(fragment)
        yield f'<li><a href="{target}">{escape(printable(entry.title))}</a>'
    yield "</li></ol>" * len(depths)
