"""From written words to spoken ones: numbers, dates, abbreviations, Roman numerals, odd marks."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from fullcast.model import SegmentKind

ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "Mr.": "Mister",
        "Mr": "Mister",
        "Mrs.": "Missus",
        "Mrs": "Missus",
        "Ms.": "Miz",
        "Dr.": "Doctor",
        "Dr": "Doctor",
        "Prof.": "Professor",
        "Rev.": "Reverend",
        "Capt.": "Captain",
        "Col.": "Colonel",
        "Gen.": "General",
        "Lt.": "Lieutenant",
        "Sgt.": "Sergeant",
        "Hon.": "Honourable",
        "Messrs.": "Messieurs",
        "Jr.": "Junior",
        "Sr.": "Senior",
        "St.": "Saint",
        "vs.": "versus",
        "etc.": "et cetera",
        "i.e.": "that is",
        "e.g.": "for example",
        "a.m.": "A M",
        "p.m.": "P M",
        "A.M.": "A M",
        "P.M.": "P M",
        "&": "and",
    }
)
"""English ones. Those that may be something else (*No.*, *in.*) are told by what follows."""

_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(short) for short in sorted(ABBREVIATIONS, key=len, reverse=True))
    + r")(?!\w)"
)
_MARKS = MappingProxyType(
    {
        **dict.fromkeys('“”„‟«»‹›「」『』"_*#~|^<>\\', ""),
        "‘": "'",
        "’": "'",
        "‚": "'",
        "`": "'",
        "\u00a0": " ",
        "[": "(",
        "]": ")",
        "{": "(",
        "}": ")",
        "―": "—",
        "⟦": "",
        "⟧": "",
    }
)
_TABLE = str.maketrans(dict(_MARKS))
_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"(?<!\w[.:!?])\s*\n\s*")

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_PERCENT = re.compile(r"(?<=\d)\s?%")
_NUMBER_OF = re.compile(r"\bNo\.\s?(?=\d)")
_MONEY = re.compile(rf"([$£€])\s?({_DIGITS})(?:\.(\d\d))?(?!\d)")
_TIME = re.compile(
    r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?=\s*(?:[AaPp]\.?\s?[Mm]|o'clock)\b)|"
    r"\b([01]?\d|2[0-3]):([0-5]\d)\b"
)
_ORDINAL = re.compile(rf"\b({_DIGITS})(?:st|nd|rd|th)\b")
_DAY = re.compile(
    r"\b((?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\s)(\d{1,2})\b(?!\s?[:.,]?\d)"
)
_DECADE = re.compile(r"\b(1[1-9]\d|20\d)0s\b")
_YEAR = re.compile(r"(?<![\d,.$£€])\b(1[1-9]\d\d|20\d\d)\b(?![,.]?\d)")
_NUMBER = re.compile(rf"{_DIGITS}(?:\.\d+)?")
_MONEY_NAMES = {
    "$": ("dollar", "cent"),
    "£": ("pound", "penny"),
    "€": ("euro", "cent"),
}
_PLURALS = {"penny": "pence"}

_ROMAN = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_HEADING_NUMBER = re.compile(
    r"^(\W*(?i:chapter|part|book|volume|act|scene|canto|letter|section|stave)\s+)"
    rf"(?=[IVXLCDM])({_ROMAN})(?=\W|$)|"
    rf"^(\W*)(?=[IVXLCDM])({_ROMAN})(?=\s*(?:[^\w\s]|$))"
)
_REGNAL = re.compile(rf"\b([A-Z][a-z]{{2,}}\s)(?=[IVX]{{2,}}|[VX]\b)({_ROMAN})\b")
_CHAPTER = re.compile(rf"\b((?:Chapter|Part|Book|Volume|Act|Scene)\s)(?=[IVXLC])({_ROMAN})\b")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def spoken(text: str, kind: SegmentKind, language: str = "en") -> str:
    """Say how a stretch of a story is spoken.

    Args:
        text: Its characters.
        kind: A heading's Roman numeral is its number.
        language: The book's; abbreviations and dates are understood in English only.
    """
    if kind is SegmentKind.HEADING:
        text = _LINES.sub(". ", text.strip())
    text = _SPACE.sub(" ", text.translate(_TABLE))
    text = _QUOTE.sub("", text).strip()
    if language.partition("-")[0] not in {"en", ""}:
        return text
    if kind is SegmentKind.HEADING:
        text = _HEADING_NUMBER.sub(_heading_number, text, count=1)
    text = _CHAPTER.sub(lambda found: found[1] + _roman(found[2]), text)
    text = _REGNAL.sub(lambda found: f"{found[1]}the {_ordinal(str(roman(found[2])))}", text)
    if any(character.isdigit() for character in text):
        text = _numbers(text)
    return _ABBREVIATION.sub(_abbreviation, text)


def roman(numeral: str) -> int:
    """Read a Roman numeral.

    >>> roman("XLIV")
    44
    """
    values = [_VALUES[letter] for letter in numeral.upper()]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _roman(numeral: str) -> str:
    return _cardinal(str(roman(numeral)))


def _heading_number(found: re.Match[str]) -> str:
    before, numeral = (found[1], found[2]) if found[2] else (found[3], found[4])
    return before + _roman(numeral)


def _abbreviation(found: re.Match[str]) -> str:
    said = ABBREVIATIONS[found[0]]
    ends = found[0].endswith(".") and not found.string[found.end() :].strip()
    return f"{said}." if ends else said


def _numbers(text: str) -> str:
    for pattern, say in _SAID:
        text = pattern.sub(say, text)
    return text


def _money(found: re.Match[str]) -> str:
    unit, small = _MONEY_NAMES[found[1]]
    said = f"{_cardinal(found[2])} {_several(unit, found[2])}"
    if found[3] and found[3] != "00":
        said += f" and {_cardinal(found[3])} {_several(small, found[3])}"
    return said


def _several(unit: str, number: str) -> str:
    return unit if number.lstrip("0") == "1" else _PLURALS.get(unit, f"{unit}s")


def _time(found: re.Match[str]) -> str:
    hour, minute = found[1] or found[3], found[2] or found[4]
    if minute == "00":
        return _cardinal(hour)
    between = " oh " if minute[0] == "0" else " "
    return f"{_cardinal(hour)}{between}{_cardinal(minute)}"


@cache
def _said_number(digits: str, to: str) -> str:
    from num2words import num2words

    number = digits.replace(",", "")
    value = float(number) if "." in number else int(number)
    said: str = num2words(number if "." in number else value, to=to)
    return said.replace(",", "")


def _cardinal(digits: str) -> str:
    if len(digits) > 18:
        return " ".join(_said_number(digit, "cardinal") for digit in digits if digit.isdigit())
    return _said_number(digits, "cardinal")


def _ordinal(digits: str) -> str:
    return _said_number(digits, "ordinal")


def _year(digits: str) -> str:
    return _said_number(digits, "year")


def _decade(found: re.Match[str]) -> str:
    year = _year(f"{found[1]}0")
    return f"{year[:-1]}ies" if year.endswith("y") else f"{year}s"


_SAID: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_PERCENT, lambda _: " percent"),
    (_NUMBER_OF, lambda _: "number "),
    (_MONEY, _money),
    (_TIME, _time),
    (_ORDINAL, lambda found: _ordinal(found[1].replace(",", ""))),
    (_DAY, lambda found: found[1] + _ordinal(found[2])),
    (_DECADE, _decade),
    (_YEAR, lambda found: _year(found[0])),
    (_NUMBER, lambda found: _cardinal(found[0])),
)
"""The most particular first."""
