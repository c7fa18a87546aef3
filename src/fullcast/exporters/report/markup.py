"""HTML in strings that are safe by their type, and the one place where text is escaped."""

import re
from typing import TypeAlias


class Html(str):
    """Markup. Any other string is text, and is escaped where it becomes markup."""

    __slots__ = ()


Content: TypeAlias = str | int | None

_VOID = frozenset({"meta", "br", "hr", "link"})
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",  # browsers would make a line feed of it
}
_LOST = re.compile("[\x00\ud800-\udfff]")
_SPECIAL = str.maketrans(_ENTITIES)


def escape(text: str) -> Html:
    """Write text so that a browser has its characters again, each of them.

    Two kinds HTML cannot hold: NUL and lone surrogates. They are shown as U+FFFD, in an element
    ``<data value=…>`` with their number.
    """
    safe = text.translate(_SPECIAL)
    return Html(_LOST.sub(lambda found: f'<data value="{ord(found[0])}">\ufffd</data>', safe))


def attribute(value: Content) -> str:
    """Write the value of an attribute."""
    return _LOST.sub("\ufffd", str(value).translate(_SPECIAL))


def el(tag: str, /, *content: Content, **attributes: Content | bool) -> Html:
    """Make an element.

    Args:
        tag: Its name.
        *content: Markup, or text, which is escaped; ``None`` is left out.
        **attributes: An underscore at the end of a name falls off (``class_``), others become
            hyphens; ``True`` gives the bare name, and ``None`` and ``False`` none.
    """
    told = "".join(_attributes(attributes))
    inside = "".join(part if isinstance(part, Html) else _text(part) for part in content)
    return Html(f"<{tag}{told}>" if tag in _VOID else f"<{tag}{told}>{inside}</{tag}>")


def percent(part: float) -> str:
    """Write a part of one in percent; what is something is never written as nothing."""
    return "<1%" if 0 < part < 0.005 else f"{part:.0%}"


def join(parts: "list[Html] | tuple[Html, ...]", between: str = "") -> Html:
    """Put pieces of markup one after another."""
    return Html(escape(between).join(parts))


def table(caption: str, heads: "tuple[Content, ...]", rows: "list[tuple[Content, ...]]") -> Html:
    """Make a table whose rows are named by their first cells, in a box that scrolls if it must."""
    head = el("tr", *(el("th", name, scope="col") for name in heads))
    body = [
        el("tr", el("th", row[0], scope="row"), *(el("td", cell) for cell in row[1:]))
        for row in rows
    ]
    return scrolled(
        caption, el("table", el("caption", caption), el("thead", head), el("tbody", *body))
    )


def scrolled(label: str, content: Html) -> Html:
    """Let something wide be scrolled, by keyboard too."""
    return el("div", content, class_="wide", tabindex=0, role="group", aria_label=label)


def _text(part: Content) -> str:
    return "" if part is None else escape(str(part))


def _attributes(attributes: "dict[str, Content | bool]") -> list[str]:
    told = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        written = name.rstrip("_").replace("_", "-")
        told.append(f" {written}" if value is True else f' {written}="{attribute(value)}"')
    return told
