"""What kind of word each word of a text is, and what stands between words: a rough grammar."""

import re
from collections.abc import Set
from functools import lru_cache

from fullcast.analysis.lexicon import (
    DEEDS,
    GIVEN_NAMES,
    NOT_PEOPLE,
    PAST_VERBS,
    PEOPLE,
    PERSONS,
    SPEECH_VERBS,
    THOUGHTS,
    TITLES,
)
from fullcast.analysis.words import Words

_CLOSED = {
    "the": "the de th' ye",
    "a": "a an",
    "this": "this that",
    "these": "these those",
    "my": "my your his her our their its thy yer one's whose",
    "some": "some any no every each many few several much enough certain various sundry",
    "all": "all both half",
    "other": "another other such same own",
    "one": "one ones",
    "number": "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty sixty hundred thousand dozen",
    "order": "first second third fourth fifth last next latter former only very eldest youngest",
    "of": "of",
    "to": "to",
    "with": "with without",
    "in": "in on at into",
    "over": "upon within beyond beneath inside outside above below under over near "
    "behind beside before after around about among amongst between through across along against "
    "towards toward up down off out opposite",
    "by": "by for from like as than until till since during except save",
    "and": "and",
    "or": "or nor but yet",
    "who": "who whom",
    "which": "which what whatever whoever",
    "when": "when where while because though although unless whether why how whenever wherever if",
    "i": "i he she they it there",
    "we": "you we us them",
    "him": "him me myself himself herself themselves itself yourself",
    "be": "is are was were am be been being isn't wasn't weren't aren't 'twas",
    "have": "has have had having hadn't haven't hasn't",
    "do": "do does did done doing will would shall should can could may might must cannot can't "
    "don't didn't won't wouldn't couldn't shouldn't ought",
    "not": "not never ever so too quite rather more most less least very always often almost also "
    "just even still already perhaps then now here again once indeed only however therefore",
    "verb": "go goes went gone come comes came take takes make makes give gives know knows think "
    "thinks say says see sees get gets seem seemed seems become became let put keep leave left "
    "want like love lived live felt feel believe hear call called named know known turned looked",
    "young": "young old little poor dear good great big small tall short fat thin rich fine nice "
    "pretty handsome beautiful ugly brave wise mad sick dead honest noble kind sweet elderly aged "
    "middle-aged black white fair dark grey gray new strange true real best worst better worse own "
    "human high low strong weak stout wild proud gentle holy wretched unhappy happy silly stupid",
}
_ENDINGS = (
    ("ing", ("ing",)),
    ("ly", ("ly",)),
    ("ed", ("ed",)),
    ("thing", ("tion", "sion", "ness", "ment", "ship", "hood", "ity", "ance", "ence", "ism")),
    ("quality", "ous ful ish less able ible ive al ic est ary ory ian ese y".split()),
    ("s", ("s",)),
)
CLASSES = (
    "none",
    *_CLOSED,
    *(name for name, _ in _ENDINGS),
    *(f"person {gender}" for gender in "fmxp?"),
    "cast",
    "title",
    "given name",
    "capital",
    "digits",
    "word",
)
"""What a word may be; ``none`` beyond the ends of what is looked at."""
_NUMBERS = {name: number for number, name in enumerate(CLASSES)}
_WORDS = {word: name for name, forms in _CLOSED.items() for word in forms.split()}
GAPS = ("end", "space", "hyphen", "'s", "comma", "clause", "dash", "opens", "closes", "stop", "odd")
"""What may stand between a word and the next; ``end`` is a paragraph's."""
_SPACE, _PARAGRAPH = re.compile(r"\s+"), re.compile(r"\n\s*\n")
_OPENS, _CLOSES = re.compile(r"\s[\"“‘'(]+$|^[\"“(]+$"), re.compile(r"[\"”)]|’(?=\s|[,.])")
_PUNCTUATED = ((".!?…", "stop"), ("—–-", "dash"), (";:", "clause"), (",", "comma"))


class Grammar:
    """The words of a text with their classes and gaps, as numbers."""

    def __init__(self, text: str, words: Words, names: Set[int]) -> None:
        """Judge each word; ``names`` are the numbers of those that name one of the cast."""
        self.words = words
        self.kinds = [
            _NUMBERS["cast" if at in names else _kind(form, lower)]
            for at, (form, lower) in enumerate(zip(words.forms, words.lower, strict=True))
        ]
        ends, starts = words.ends, words.starts
        between = zip(ends, [*starts[1:], len(text)], strict=True)
        self.gaps = [GAPS.index(_gap(text[end:start])) for end, start in between]
        for at, form in enumerate(words.forms[:-1]):
            if text[ends[at] : starts[at + 1]].strip() == "." and (
                form in TITLES or len(form) == 1
            ):
                self.gaps[at] = GAPS.index("space")

    def kind(self, at: int) -> int:
        """Return the class of a word, none beyond the ends of the text."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else 0

    def gap(self, at: int) -> int:
        """Return what stands behind a word."""
        return self.gaps[at] if 0 <= at < len(self.gaps) else 0


def is_common(word: str) -> bool:
    """Tell whether a folded word is one of the small or plain ones: *the*, *old*, *dear*."""
    return word in _WORDS


@lru_cache(maxsize=65_536)
def gender_of(word: str) -> str:
    """Return of a noun for people its gender, ``p`` for several, ``?`` for a doubtful one."""
    for form in (word, word.rpartition("-")[2]):
        told = PEOPLE.get(form) or PERSONS.get(form)
        if told:
            return told
        for single in _singles(form):
            told = PEOPLE.get(single) or PERSONS.get(single)
            if told:
                return "?" if told == "?" else "p"
    return ""


def _singles(word: str) -> list[str]:
    """Return what a plural may be the plural of."""
    ends = (("men", "man"), ("wives", "wife"), ("ves", "f"), ("ies", "y"), ("es", ""), ("s", ""))
    return [word.removesuffix(end) + one for end, one in ends if word.endswith(end)]


@lru_cache(maxsize=65_536)
def _common(lower: str) -> str:
    """Return the class of a word that is written small."""
    gender = gender_of(lower)
    if lower in _WORDS:
        return _WORDS[lower]
    if gender and gender != "?":
        return f"person {gender}"
    if lower in SPEECH_VERBS or lower in DEEDS or lower in PAST_VERBS or lower in THOUGHTS:
        return "verb"
    if gender:
        return "person ?"
    if lower[0].isdigit():
        return "digits"
    if lower.endswith(("man", "men", "woman", "women")) and lower not in {"human", "omen"}:
        return "person x"
    return next((name for name, ends in _ENDINGS if lower.endswith(tuple(ends))), "word")


def _kind(form: str, lower: str) -> str:
    if not form[0].isupper() or lower in _WORDS:
        return _common(lower)
    if form in TITLES or form.title() in TITLES:
        return "title"
    common = _common(lower)
    if common.startswith(("person", "verb")):
        return common
    if form in GIVEN_NAMES:
        return "given name"
    return "word" if form in NOT_PEOPLE else "capital"


@lru_cache(maxsize=65_536)
def _gap(between: str) -> str:
    if _PARAGRAPH.search(between):
        return "end"
    if _SPACE.fullmatch(between):
        return "space"
    if between == "-":
        return "hyphen"
    if re.fullmatch(r"['’]s?\s+", between):
        return "'s"
    if _OPENS.search(between):
        return "opens"
    if _CLOSES.search(between):
        return "closes"
    return next((name for marks, name in _PUNCTUATED if set(marks) & set(between)), "odd")
