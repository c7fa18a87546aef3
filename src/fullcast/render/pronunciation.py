"""How a book's names are said: a dictionary that goes in and out as W3C PLS."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from fullcast.errors import PronunciationError
from fullcast.render.engines.phonemes import unknown_sounds
from fullcast.render.lines import Document

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"


@dataclass(frozen=True, slots=True)
class Said:
    """How a word is said: spelt another way, or in sounds."""

    alias: str = ""
    ipa: str = ""


class Pronunciation:
    """A dictionary of words as they are written."""

    def __init__(self, words: Mapping[str, Said] = MappingProxyType({})) -> None:
        self.words = {word: said for word, said in words.items() if said.alias != word}
        # What is written in small letters is found at the beginning of a sentence too.
        small = {word.capitalize(): said for word, said in self.words.items() if word.islower()}
        self._found = small | self.words
        longest = sorted(self._found, key=len, reverse=True)
        self._pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(word) for word in longest) + r")(?!\w)"
        )

    def apply(self, text: str) -> str:
        """Write the words of a text as they are said, sounds as ``⟦word|ipa⟧``."""
        return self._pattern.sub(self._say, text) if self._found else text

    def _say(self, found: re.Match[str]) -> str:
        said = self._found[found[0]]
        return f"⟦{found[0]}|{said.ipa}⟧" if said.ipa else said.alias


def read_pls(path: Path) -> dict[str, Said]:
    """Read a W3C Pronunciation Lexicon.

    Raises:
        PronunciationError: It cannot be read, or is none.
    """
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PronunciationError(f"{path}: it cannot be read ({reason})") from error
    except etree.XMLSyntaxError as error:
        raise PronunciationError(
            f"{path}: this is no well-formed XML ({error.msg}); mend that place"
        ) from error
    if root.tag != f"{{{NAMESPACE}}}lexicon":
        raise PronunciationError(
            f'{path}: this is no PLS; one begins with <lexicon xmlns="{NAMESPACE}" …>'
        )
    alphabet = root.get("alphabet", "ipa")
    words: dict[str, Said] = {}
    for lexeme in root.iterfind(f"{{{NAMESPACE}}}lexeme"):
        written = [_text(one) for one in lexeme.iterfind(f"{{{NAMESPACE}}}grapheme")]
        said = _said(path, lexeme, written, alphabet)
        words.update(dict.fromkeys(filter(None, written), said))
    return words


def _said(path: Path, lexeme: object, written: list[str], alphabet: str) -> Said:
    from lxml import etree

    assert isinstance(lexeme, etree._Element)  # for mypy
    line = lexeme.sourceline
    alias = lexeme.find(f"{{{NAMESPACE}}}alias")
    phoneme = lexeme.find(f"{{{NAMESPACE}}}phoneme")
    if not any(written):
        raise PronunciationError(f"{path}: line {line}: a lexeme has no grapheme")
    if phoneme is not None:
        if phoneme.get("alphabet", alphabet) != "ipa":
            raise PronunciationError(
                f"{path}: line {line}: {written[0]}: sounds are read in IPA only; "
                'write alphabet="ipa", or an alias'
            )
        ipa = _text(phoneme)
        if unknown := unknown_sounds(ipa):
            raise PronunciationError(
                f"{path}: line {line}: {written[0]}: no English sound is written {unknown!r}"
            )
        return Said(ipa=ipa)
    if alias is None or not _text(alias):
        raise PronunciationError(
            f"{path}: line {line}: {written[0]}: it has neither an alias nor a phoneme"
        )
    return Said(alias=_text(alias))


def _text(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]


def write_pls(
    words: Mapping[str, Said],
    language: str = "en",
    remarks: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Write a dictionary as PLS, with a remark beside a word where there is one."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- How names are said: spell one another way in its <alias>, or replace that with",
        "     <phoneme>IPA</phoneme>. An alias that is as written changes nothing. -->",
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" '
        f"xml:lang={quoteattr(language or 'en')}>",
    ]
    for word, said in words.items():
        how = (
            f"<phoneme>{escape(said.ipa)}</phoneme>"
            if said.ipa
            else f"<alias>{escape(said.alias)}</alias>"
        )
        remark = f"  <!-- {remarks[word].replace('--', '- -')} -->" if word in remarks else ""
        lines.append(f"  <lexeme><grapheme>{escape(word)}</grapheme>{how}</lexeme>{remark}")
    return "\n".join([*lines, "</lexicon>", ""])


_HARD = re.compile(
    r"[^\x00-\x7f]|[aeo]ch|gh|eigh|ough|wr|kn|pn|ps|sz|cz|zs|dz|tz|hl|ll[wy]|dd|ae|oi[rx]|ieu|eau|"
    r"aoi|[aeiou]{3}|[bcdfghjklmnpqrstvwxz]{4}|q(?!u)|x|j[^aeiou]|[^aeioucstpg]h(?![aeiouy])|uy|eux",
    re.IGNORECASE,
)


def doubtful_names(script: Document) -> list[str]:
    """List the words of the cast's names that an engine will likely get wrong.

    >>> doubtful_names({"characters": [{"name": "Nevin Strachan", "aliases": ["Nevin"]}]})
    ['Strachan']
    """
    words: Iterable[str] = (
        word
        for one in script["characters"]
        for name in (one["name"], *one["aliases"])
        for word in re.findall(r"[^\W\d_][\w'’-]+", name)
        if word[0].isupper()
    )
    return [word for word in dict.fromkeys(words) if _HARD.search(word)]
