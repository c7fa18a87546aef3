"""Steps: what somebody does that brings them nearer to another, or draws them back.

A deed is what was visibly done; a step is what it means between two people, so it is read more
widely: what had been done before the scene goes on (*he had turned round in his seat*), and what
somebody does not do (*she did not look up*), tell as much.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from fullcast.analysis.lexicon import PEOPLE, STEPS, verb_forms
from fullcast.analysis.narration.clauses import Action, ClauseReader
from fullcast.analysis.scene.phrases import DETERMINERS, Subject
from fullcast.analysis.words import Words, split_clauses
from fullcast.model import DeedKind, Span

_EARLIER = 0.8
"""How far what *had* been done is still to be felt."""
_UNDONE = 0.8
_BETWEEN = 2
"""Words between who acts and the verb, at most, to quote them together."""
_REACH = 80
"""Characters of a phrase, at most."""
_FALLS_ON = "and but then while as when where before after until because".split()
_BREAKS = frozenset(_FALLS_ON)
_NOT = frozenset("not never without neither nor nobody hardly".split())
_MAYBE = frozenset(
    """would could might may must should will can shall ought want wants wanted wish wished if
    whether unless trying tried try about let i'd he'd""".split()
)
_MAYBE_NOT = frozenset("would could wouldn't couldn't".split())
_NOT_BEFORE = (DETERMINERS - {"all", "both"}) | frozenset(
    "of by for in on from at into with upon through than its whose no".split()
)
_SUPPOSES = frozenset("if unless whether".split())
_HAD = frozenset("had has have having hadn't hasn't haven't".split())
_WAS = frozenset("was were is are be been being got get".split())
_BEGINS = frozenset(
    """began begun begin begins started starts start continued came come comes went goes got gets
    rose seemed seems bent stooped leaned turned turns reached managed happened move had
    has""".split()
)
_DID = frozenset("did didn't does doesn't do don't".split())
_AFTER_HER = "|".join(
    """and with for as over then again in at from through across to but while until like out up on
    back down off by when before after so along into without""".split()
)
_HER = rf"her(?!\s+(?!(?:{_AFTER_HER})\b)[\w’'])"
"""*Her* alone, and not *her hand*."""
_PERSON_NOUNS = "|".join(sorted(PEOPLE, key=len, reverse=True))
_SOMEBODY = (
    rf"(?:him|me|them|you|{_HER}|(?:each|one)\s+(?:an)?other|the\s+other|"
    rf"(?:the|his|her|my)\s+(?:[a-z]+\s+)?(?:{_PERSON_NOUNS})\b|"
    r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)"
)
_WHOSE = r"(?:his|her|my|your|their|the\s+other[’']s|[A-Z][\w-]+[’']s?|the\s+[a-z]+[’']s)"


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A step before it is asked who is meant."""

    kind: DeedKind
    name: str
    weight: float
    span: Span
    agent: Subject
    target: Subject | None
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody comes nearer to another, or draws back."""

    kind: DeedKind
    name: str
    weight: float
    span: Span
    character: str | None
    """Who; ``None`` where several do (*they laughed*)."""
    target: str | None
    """Whom it concerns; ``None`` where it is whoever they are with."""
    probability: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: DeedKind
    name: str
    weight: float
    words: str


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """Write what follows the verb of a phrase as a pattern; made when it is first asked for."""
    parts = []
    for word in phrase.split()[1:]:
        if word == "~":
            parts.append(r"(?:\s+[\w’'-]+){0,3}?")
        elif word == "@":
            parts.append(rf"\s+{_SOMEBODY}")
        elif word == "@self":
            parts.append(r"\s+\w+self")
        elif word == "@'s":
            parts.append(rf"\s+{_WHOSE}")
        elif word.startswith("!"):
            either = "|".join(map(re.escape, word[1:].split("/")))
            parts.append(rf"(?!\s+(?:{either})\b)")
        else:
            either = "|".join(map(re.escape, word.split("/")))
            parts.append(rf"\s+(?:{either})\b")
    return re.compile("".join(parts) or r"\b")


def _by_form() -> Mapping[str, tuple[_Phrase, ...]]:
    table: dict[str, list[_Phrase]] = {}
    for kind, name, weight, phrases in STEPS:
        for phrase in phrases:
            found = _Phrase(DeedKind(kind), name, weight, phrase)
            for form in dict.fromkeys(verb_forms(phrase.split()[0])):
                table.setdefault(form, []).append(found)
    return MappingProxyType({form: tuple(found) for form, found in table.items()})


_PHRASES = _by_form()
_OPPOSITE = {
    DeedKind.APPROACH: DeedKind.WITHDRAWAL,
    DeedKind.WITHDRAWAL: DeedKind.APPROACH,
}


class StepReader:
    """Finds steps in narration. Who is meant by its words is not asked here."""

    def __init__(self, text: str, words: Words, clauses: ClauseReader) -> None:
        """Keep the text, its words and the reader of its clauses."""
        self._text = text
        self._words = words
        self._clauses = clauses

    def steps(self, start: int, end: int) -> Iterator[FoundStep]:
        """Yield the steps in a stretch of narration, in order."""
        for clause in split_clauses(self._text, start, end):
            yield from self._in_clause(self._words.between(*clause))

    def _in_clause(self, clause: range) -> Iterator[FoundStep]:
        waiting: list[int] = []
        done, last = clause.start, None
        for at, subject, since in self._clauses.walk(clause, loose=True):
            if subject and waiting:
                yield from (
                    step for verb in waiting for step in self._read(verb, verb, subject, clause)
                )
                waiting.clear()
            if at == clause.stop or at < done or self._words.lower[at] not in _PHRASES:
                continue
            if subject:
                for step in self._read(at, since, subject, clause):
                    # *Came up to stand beside her* is one step.
                    if at > done or step.kind is not last:
                        yield step
                    done, last = self._words.at_or_after(step.span.end), step.kind
            elif self._words.lower[at].endswith("ing") and at <= clause.start + 2:
                waiting.append(at)

    def _read(self, at: int, since: int, agent: Subject, clause: range) -> Iterator[FoundStep]:
        words = self._words
        phrase, end = self._phrase(at, clause)
        if phrase is None:
            return
        undone, sure = self._mood(at, since, agent)
        if not sure or self._supposed(agent):
            return
        led = at - len(self._led(at, since)) if undone else at
        close = 0 <= led - words.at_or_after(agent.span.end) <= _BETWEEN
        span = Span(agent.span.start if close else words.starts[led], end)
        kind, name, weight = phrase.kind, phrase.name, phrase.weight
        if undone:
            kind, name, weight = _OPPOSITE.get(kind, kind), "not done", -_UNDONE * weight
        target = self._clauses.target(Action(agent, at, clause.stop))
        yield FoundStep(kind, name, round(weight, 3), span, agent, target, sure)

    def _phrase(self, at: int, clause: range) -> tuple[_Phrase | None, int]:
        words = self._words
        after, stop = words.ends[at], words.ends[clause.stop - 1]
        for phrase in _PHRASES[words.lower[at]]:
            found = _pattern(phrase.words).match(self._text, after, min(stop, after + _REACH))
            if found:
                return phrase, found.end()
        return None, after

    def _mood(self, at: int, since: int, agent: Subject) -> tuple[bool, float]:
        """Tell whether something is not done, and how sure it happens; 0 where it may not."""
        told = self._led(at, since)
        form, before = self._words.lower[at], told[-1] if told else ""
        undone = any(word in _NOT or word.endswith("n't") for word in told)
        undone = undone or ("no" in told and "move" in told) or before.startswith("stop")
        maybe = not _MAYBE.isdisjoint(told)
        if maybe and not (undone and not _MAYBE_NOT.isdisjoint(told)):
            return False, 0.0
        if before == "to" and _BEGINS.isdisjoint(told):
            return False, 0.0
        if before in _NOT_BEFORE and not (before == "no" and undone):
            return False, 0.0
        if form.endswith("ing"):
            return undone, 1.0
        if before in _WAS:
            return False, 0.0
        if self._bare(form) and not undone and before != "to" and _DID.isdisjoint(told):
            plain = agent.first_person or agent.gender == "p"
            return False, float(plain)
        earlier = not _HAD.isdisjoint(told) or agent.span.end < self._words.ends[max(0, since - 1)]
        return undone, _EARLIER if earlier else 1.0

    def _supposed(self, agent: Subject) -> bool:
        before = self._words.at_or_after(agent.span.start) - 1
        return before >= 0 and self._words.lower[before] in _SUPPOSES

    def _led(self, at: int, since: int) -> Sequence[str]:
        """Return the words between the subject, or the last conjunction, and a verb."""
        lower = self._words.lower
        first = max(since, at - 7)
        for place in range(at - 1, first - 1, -1):
            if lower[place] in _BREAKS:
                return lower[place + 1 : at]
        return lower[first:at]

    def _bare(self, form: str) -> bool:
        """Tell whether a form is a verb's base and no past."""
        forms = _BASES.get(form)
        return forms is not None and form not in forms


_BASES = {
    verb: verb_forms(verb)[1:]
    for verb in {phrase.split()[0] for _, _, _, phrases in STEPS for phrase in phrases}
}
"""The base of each verb, to its other forms."""
