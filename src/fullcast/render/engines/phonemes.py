"""Sounds inside a text, as ``⟦word|ipa⟧``, and what espeak-ng calls them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

SOUNDS: Mapping[str, str] = MappingProxyType(
    {
        **{letter: letter for letter in "bdfhjklmnpstvwz"},
        "ɡ": "g",
        "g": "g",
        "ɹ": "r",
        "r": "r",
        "ʃ": "S",
        "ʒ": "Z",
        "θ": "T",
        "ð": "D",
        "ŋ": "N",
        "tʃ": "tS",
        "dʒ": "dZ",
        "x": "x",
        "ʔ": "?",
        "ɾ": "t#",
        "ʍ": "w",
        "ɪ": "I",
        "i": "i",
        "iː": "i:",
        "ɛ": "E",
        "e": "E",
        "æ": "a",
        "a": "a",
        "ɑː": "A:",
        "ɑ": "A:",
        "ɒ": "0",
        "ɔː": "O:",
        "ɔ": "O",
        "ʊ": "U",
        "uː": "u:",
        "u": "u:",
        "ʌ": "V",
        "ɜː": "3:",
        "ɜ": "3:",
        "ə": "@",
        "ɐ": "a#",
        "ɚ": "3",
        "ɝ": "3:",
        "eɪ": "eI",
        "aɪ": "aI",
        "ɔɪ": "OI",
        "əʊ": "oU",
        "oʊ": "oU",
        "aʊ": "aU",
        "o": "oU",
        "ɪə": "i@",
        "iə": "i@",
        "eə": "e@",
        "ɛə": "e@",
        "ʊə": "U@",
        "ˈ": "'",
        "ˌ": ",",
        ".": "",
        "ː": ":",
        " ": "||",
    }
)
"""English ones; marks of stress and length too."""

_INSIDE = re.compile("⟦([^⟧|]*)[|]([^⟧]*)⟧")
_LONGEST_FIRST = re.compile(
    "|".join(re.escape(sound) for sound in sorted(SOUNDS, key=len, reverse=True))
)


def with_sounds(text: str) -> str:
    """Write the sounds of a text as espeak-ng wants them.

    >>> with_sounds("Mr. ⟦Strachan|stɹɔːn⟧")
    'Mr. [[strO:n]]'
    """
    plain = text.replace("[[", "[").replace("]]", "]")
    return _INSIDE.sub(lambda found: f"[[{_mnemonics(found[2])}]]", plain)


def as_written(text: str) -> str:
    """Write words instead of sounds, for engines that cannot be told those.

    >>> as_written("Mr. ⟦Strachan|stɹɔːn⟧")
    'Mr. Strachan'
    """
    return _INSIDE.sub(lambda found: found[1], text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text into what is written and what is told in sounds: either is empty.

    >>> pieces("Mr. ⟦Strachan|stɹɔːn⟧.")
    [('Mr. ', ''), ('', 'stɹɔːn'), ('.', '')]
    """
    found: list[tuple[str, str]] = []
    at = 0
    for inside in _INSIDE.finditer(text):
        found += [(text[at : inside.start()], ""), ("", inside[2])]
        at = inside.end()
    return [piece for piece in (*found, (text[at:], "")) if any(piece)]


def _mnemonics(ipa: str) -> str:
    return "".join(SOUNDS[found[0]] for found in _LONGEST_FIRST.finditer(ipa))


def unknown_sounds(ipa: str) -> str:
    """Return the characters of ``ipa`` that no sound of ours has."""
    return _LONGEST_FIRST.sub("", ipa)
