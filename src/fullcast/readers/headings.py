"""What the words of a line must be for it to be a heading, a subtitle or a scene break.

Words only: nothing here knows the neighbours of a line, which ``chapters`` weighs.
"""

import re

from fullcast.readers.draft import Heading

_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ONES, _FIRST = _CARDINALS.split(), _ORDINALS.split()


def _number_words() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_ONES, 1)}
    words |= {word: value for value, word in enumerate(_FIRST, 1)}
    for tens, ten in zip(range(20, 100, 10), _TENS.split(), strict=True):
        words[ten] = tens
        for value, one in enumerate(_ONES[:9], 1):
            words[f"{ten}-{one}"] = words[f"{ten} {one}"] = tens + value
    return words


_NUMBER_WORDS = _number_words()
_RANKS = {
    "volume": 1, "vol": 1, "tome": 1, "tom": 1, "том": 1, "band": 1,
    "book": 2, "livre": 2, "buch": 2, "libro": 2, "книга": 2,
    "part": 3, "partie": 3, "teil": 3, "parte": 3, "часть": 3, "period": 3, "phase": 3,
    "act": 4, "narrative": 4,
    "chapter": 5, "chap": 5, "chapitre": 5, "kapitel": 5, "capítulo": 5, "capitulo": 5,
    "capitolo": 5, "hoofdstuk": 5, "глава": 5, "letter": 5, "stave": 5, "canto": 5,
    "adventure": 5, "episode": 5,
    "scene": 6, "section": 6,
}  # fmt: skip
_NUMERAL_RANK = 6
_MARKUP_RANK = 7
_LENIENT = {"chapter", "chap", "chapitre", "kapitel", "capítulo", "capitulo", "capitolo", "глава"}
_WORD_NUMBER = "|".join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,4}}|[ivxlcdm]+|{_WORD_NUMBER}|last)"
_LABEL = rf"(?P<label>{'|'.join(_RANKS)})"
_LABELLED = re.compile(
    rf"(?:the\s+)?{_LABEL}\.?\s+(?:the\s+|no\.?\s*)?{_NUMBER}\b(?P<rest>.*)", re.I | re.S
)
_ORDINAL = re.compile(
    rf"(?:the\s+)?(?P<number>{'|'.join(_FIRST)}|last)\s+{_LABEL}\b(?P<rest>.*)", re.I | re.S
)
_NAMED = re.compile(
    r"(?:the\s+)?(?:prologue|epilogue|preface|foreword|introduction|preamble|interlude|intermission"
    r"|afterword|postscript|conclusion|finale|coda|prolog|epilog|prélude|prelude)"
    r"(?P<rest>(?:\s*[.:\-–—]|\s*$).*)",
    re.I | re.S,
)
_NUMERAL = re.compile(
    rf"(?P<number>\d{{1,3}}|[ivxlcdm]+|{_WORD_NUMBER})(?P<rest>\s*[.:)]?|\s*[.:)\-–—]+\s*\S.*)",
    re.I | re.S,
)
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SEPARATED = re.compile(r"\s*[.:,)\]\-–—]+\s*(?P<title>.*)|\s*\n\s*(?P<below>.*)", re.S)
_WRAPPING = " \t\r\n*_#=~|-–—"
_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = '"“”„«»‘'
_LONGEST = 320
_LONG = 120


def unwrapped(words: str) -> str:
    """Return a line's words without the ornaments around them.

    >>> unwrapped("~ _Chapter 2_ ~")
    'Chapter 2'
    """
    plain = words.strip(_WRAPPING)
    if plain[:1] + plain[-1:] in {"[]", "()"}:
        plain = plain[1:-1].strip(_WRAPPING)
    return plain


def find_heading(words: str) -> Heading | None:
    """Return what ``words`` say if they are a heading wherever they stand."""
    if len(words) > 2 * _LONGEST:
        return None
    plain = unwrapped(words)
    if not plain or len(plain) > _LONGEST or plain.count("\n") > 4:
        return None
    for pattern in (_LABELLED, _ORDINAL):
        match = pattern.fullmatch(plain)
        if match:
            return _labelled(match)
    match = _NAMED.fullmatch(plain)
    if match and _is_title(_title(match["rest"]), lenient=False):
        return Heading(style="named", rank=0, title=_title(match["rest"]))
    return None


def _labelled(match: re.Match[str]) -> Heading | None:
    label = match["label"].lower()
    number = number_of(match["number"])
    rest = match["rest"]
    title = _title(rest)
    separated = not rest.strip() or _SEPARATED.fullmatch(rest) is not None
    if number is None or not _is_title(title, lenient=separated and label in _LENIENT):
        return None
    if not separated and not (title[:1].isupper() and _is_capitalised(title)):
        return None
    if match["label"][0].islower() and title:
        return None
    rank = _RANKS[label]
    return Heading(
        style="part" if rank < 5 else "chapter", rank=rank, number=number, title=one_line(title)
    )


def find_numeral(words: str) -> Heading | None:
    """Return what ``words`` say if they are a number, alone or before a title.

    Such a line is a heading only among others that count on from it.
    """
    if len(words) > _LONG:
        return None
    match = _NUMERAL.fullmatch(unwrapped(words))
    if match is None:
        return None
    shown = match["number"]
    number = number_of(shown)
    title = _title(match["rest"])
    if number is None or (title and not (shown[0].isdigit() or shown.isupper())):
        return None
    if not _is_title(title, lenient=False) or (title and not _is_capitalised(title)):
        return None
    style = "digit" if shown[0].isdigit() else "roman" if _ROMAN.fullmatch(shown) else "word"
    return Heading(style=style, rank=_NUMERAL_RANK, number=number, title=one_line(title))


def markup_heading(words: str, level: int) -> Heading:
    """Return the heading that only its markup makes one."""
    return Heading(style="markup", rank=_MARKUP_RANK + level, title=one_line(unwrapped(words)))


def number_of(shown: str) -> int | None:
    """Return the value of digits, a Roman numeral or a word; ``None`` where it is none.

    >>> number_of("XIV"), number_of("Twenty-one"), number_of("mild")
    (14, 21, None)
    """
    low = shown.lower()
    if low.isdigit():
        return int(low)
    if low == "last":
        return 0
    if low in _NUMBER_WORDS:
        return _NUMBER_WORDS[low]
    if not low or not _ROMAN.fullmatch(low):
        return None
    total = 0
    for char, following in zip(low, low[1:] + " ", strict=True):
        value = _DIGITS[char]
        total += -value if _DIGITS.get(following, 0) > value else value
    return total


def _title(rest: str) -> str:
    match = _SEPARATED.fullmatch(rest)
    if match is None:
        return rest.strip()
    return (match["title"] or match["below"] or "").strip()


def _is_title(title: str, *, lenient: bool) -> bool:
    """Tell a title from the sentence a paragraph goes on with."""
    if not title:
        return True
    if title[0] in _QUOTES and not (lenient and len(title) < 60):
        return False
    if lenient:
        return len(title) < _LONG or _is_capitalised(title)
    return len(title) <= 100 and (is_capitals(title) or title[-1] not in ".,;:!…")


def one_line(words: str) -> str:
    """Return ``words`` with every run of white space a single space."""
    return " ".join(words.split())


def is_capitals(words: str) -> bool:
    """Tell whether every letter of ``words`` is a capital, and there are two or more."""
    return words.isupper() and sum(map(str.isalpha, words)) > 1


def _is_capitalised(words: str) -> bool:
    """Tell whether the longer words of a title begin with capitals."""
    long = [word for match in _WORD.finditer(words) if len(word := match[0]) > 3]
    return sum(word[0].isupper() for word in long) * 5 >= len(long) * 3


def is_subtitle(words: str, *, close: bool = False) -> bool:
    """Tell whether a line that follows a heading goes on with it.

    Args:
        words: The line or lines.
        close: Whether there is no blank line between, so that less proof is needed.

    >>> is_subtitle("THE OLD MILL."), is_subtitle("In Chancery"), is_subtitle("It rained.")
    (True, True, False)
    """
    plain = unwrapped(words)
    if not plain or len(plain) > (300 if close else 100) or len(plain.split()) > 14 + 30 * close:
        return False
    if plain[0] in _QUOTES + "'":
        return close and is_capitals(plain)
    if plain[-1] in "!,;:":
        return False
    if is_capitals(plain):
        return True
    if not plain[0].isupper() or not _is_capitalised(plain) or ("\n" in plain and not close):
        return False
    return plain[-1] not in ".?…" or (close and "\n" not in plain)


_ORNAMENTS = "*⁂†•·●○~#=_✦✧✶✻✽✿❀◊◇◆★☆♦♥❦❧☙❖§°⁎∗※<>/\\|^%@&+-–—"
_BARE = str.maketrans("", "", _ORNAMENTS + ".:" + "".join(map(chr, (32, 9, 0xA0, 0x2003))))
_TURNS = re.compile(r"[oO0xX]+")
_SPELT = re.compile(r"[-*~\s\[(]*(?:scene|line|page|section)[\s-]*break[-*~\s\])]*", re.I)


def is_break(words: str) -> bool:
    """Tell whether a line is ornament alone, that is a scene break.

    >>> [is_break(line) for line in ("* * *", "oOo", "~", "...", "Oo!", "X.")]
    [True, True, True, False, False, False]
    """
    if not words or len(words) > 200 or "\n" in words:
        return False
    letters = words.translate(_BARE)
    if not letters:
        return any(char in _ORNAMENTS for char in words)
    if _TURNS.fullmatch(letters):
        return _is_turn(letters) or (words[0] in _ORNAMENTS and words[-1] in _ORNAMENTS)
    return _SPELT.fullmatch(words) is not None


def _is_turn(letters: str) -> bool:
    """Tell ``oOo`` and ``xxx`` from somebody's *Ooo*."""
    if len(letters) < 3 or letters != letters[::-1]:
        return False
    kinds = set(letters)
    return len(kinds) > 1 or kinds <= {"x", "X", "0"}
