"""How the report shows each of the cast: a colour, and initials that are nobody else's."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import TypeAlias

from fullcast.exporters.figures import Figures
from fullcast.exporters.quoted import names_of
from fullcast.exporters.report.markup import Html, el
from fullcast.exporters.schema import Script

HUES = 7
"""The colours that ``report.css`` has; they come again where more people speak."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset("the a an of de von van la le mr mrs miss ms dr sir lady and her his my".split())


@dataclass(frozen=True, slots=True)
class Person:
    """One who speaks, as the report shows them."""

    id: str
    number: int
    """Their place among those who speak, the first speaks most."""
    name: str
    initials: str

    @property
    def style(self) -> str:
        """The class that gives the colour."""
        return f"h{self.number % HUES}"

    @property
    def chip(self) -> Html:
        """Their initials as a coloured mark, beside which the name stands."""
        return el("span", self.initials, class_=f"chip {self.style}", aria_hidden="true")

    @property
    def label(self) -> Html:
        """Their mark and name."""
        return Html(self.chip + " " + el("span", self.name))


People: TypeAlias = Mapping[str, Person]
"""Those who speak, by id, who speaks most first."""


def people_of(script: Script, figures: Figures) -> People:
    """Give all who speak their looks, by id, who speaks most first."""
    names = names_of(script)
    ids = [share.character for share in figures.shares]
    called = [names.get(each, each) for each in ids]
    return {
        each: Person(each, number, name, letters)
        for number, (each, name, letters) in enumerate(
            zip(ids, called, _initials(called), strict=True)
        )
    }


def _initials(names: Iterable[str]) -> Iterator[str]:
    """Shorten names; who comes later takes more letters, or a number."""
    taken: set[str] = set()
    for name in names:
        words = _WORD.findall(name) or ["?"]
        telling = [word for word in words if word.casefold() not in _SMALL] or words
        first, last = telling[0], telling[-1]
        if len(telling) > 1:
            tries = (first[0] + last[0], first[0] + last[:2], first[:2] + last[0])
        else:
            tries = (first[:2], first[:3], first[:4])
        numbered = (f"{tries[0]}{number}" for number in count(2))
        free = next(each for each in chain(tries, numbered) if each not in taken)
        taken.add(free)
        yield free
