"""A report read back, as a browser reads it."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "link"}


class Page(HTMLParser):
    """What a page holds, and whether its elements close one another in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.urls: list[str] = []
        self.text = ""
        self.data: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        assert len(told) == len(attrs), "an attribute stands twice"
        self.ids += [told["id"] or ""] if "id" in told else []
        self.urls += [told[key] or "" for key in ("href", "src", "srcset", "action") if key in told]
        if tag not in VOID:
            self._open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, told = self._open[-1] if self._open else ("", {})
        if any("text" in (one.get("class") or "").split() for _, one in self._open):
            lost = told.get("value") if tag == "data" else None
            self.text += chr(int(lost)) if lost else data
        elif tag in {"script", "style"}:
            name = told.get("id") or tag
            self.data[name] = self.data.get(name, "") + data


def links_of(page: Page) -> Iterator[str]:
    """List the ids that the page links to."""
    return (url.removeprefix("#") for url in page.urls)
