"""The little of CSS that matters to a reader: which classes are italic."""

import re
from collections.abc import Iterable, Mapping

_STYLE = re.compile(
    r"font-style\s*:\s*(italic|oblique|normal)|font\s*:[^;]{0,80}\b(italic)\b", re.I
)
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<cls>[\w-]+))?", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

Selector = tuple[str, str]
"""A tag and a class, either of them possibly empty."""


def italic(style: str) -> bool | None:
    """Tell whether declarations set italics, set upright, or (``None``) neither."""
    match = _STYLE.search(style)
    if match is None:
        return None
    return (match[1] or match[2]).lower() != "normal"


def is_hidden(style: str) -> bool:
    """Tell whether declarations hide an element."""
    return _HIDDEN.search(style) is not None


def find_italics(sheets: Iterable[str]) -> Mapping[Selector, bool]:
    """Return the simple selectors (``i``, ``.x``, ``p.x``) that set italics or upright."""
    found: dict[Selector, bool] = {}
    for sheet in sheets:
        for rule in _without_comments(sheet).split("}"):
            selectors, brace, declarations = rule.rpartition("{")
            value = italic(declarations) if brace else None
            if value is None:
                continue
            for selector in selectors.rpartition("{")[2].split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match is not None and match[0]:
                    found[(match["tag"] or "").lower(), match["cls"] or ""] = value
    return found


def _without_comments(sheet: str) -> str:
    kept = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0:
        kept.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheet)
    return "".join([*kept, sheet[at:]])
