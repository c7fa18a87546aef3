"""Who acts in the narrator's clauses: each finite verb or participle with its subject."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.people.names import Naming
from fullcast.analysis.scene.phrases import (
    DETERMINERS,
    OBJECT_MARKERS,
    PRONOUNS,
    Phrases,
    Subject,
)
from fullcast.analysis.words import Words, split_clauses
from fullcast.model import CueKind, Span

_OPENERS = frozenset(
    """and but or then while when as that if because until till for so though although whereupon
    before after yet nor once since where than said says""".split()
)
"""After one of these a new subject may stand."""
_CONJUNCTIONS = _OPENERS - {"and", "or", "then", "than", "said", "says"}
_NOMINATIVE = frozenset("i he she they we".split())
_PERSONAL = _NOMINATIVE
_OBJECTS = {"him": "m", "her": "f", "them": "p", "me": "x", "us": "p"}
_POSSESSIVES = {"his": "m", "her": "f", "their": "p", "my": "x", "our": "p"}
_NOT_BEFORE_PAST = frozenset(
    """to the a an his her my our their its this these those that of with by in on had has have
    been be being is are was were am never not no some any every would could should might must
    may can will shall get got getting having very so too both own such it""".split()
)
"""Before a past form one of these makes it a participle, a noun, or what did not happen."""
_NOT_BEFORE_ING = frozenset(
    """to the a an his her my our their its this these those that of by for in on without from
    before at with no not never some any every upon about against despite through like
    than such own its been""".split()
)
_NO_GENDERS: Mapping[str, str] = MappingProxyType({})
_FINITE_REACH = 6
_TARGET_REACH = 11
_TARGET_STOPS = frozenset(
    """and but or as when while who whom which that because if until till for though although
    where than before so whose then like about without nor to-day of whether what how""".split()
)
_AFTER_TARGET = OBJECT_MARKERS | _TARGET_STOPS
_JOINS = frozenset("and or but then after by".split())
_FUNCTION = frozenset("it there this which these those nothing something everything".split())


@dataclass(frozen=True, slots=True)
class Action:
    """A verb with its subject."""

    agent: Subject
    verb: int
    """The number of the verb's word."""
    stop: int
    """Where its clause ends, as a word's number."""


class ClauseReader:
    """Reads narration clause by clause."""

    def __init__(
        self,
        text: str,
        words: Words,
        namings: Sequence[Naming],
        genders: Mapping[str, str] = _NO_GENDERS,
    ) -> None:
        """Keep the text's words and names at hand.

        Args:
            text: The book's.
            words: Its words.
            namings: The names in its narration.
            genders: By character, ``f``, ``m`` or ``x``.
        """
        self._text = text
        self._words = words
        self._genders = genders
        self._phrases = Phrases(text, words, namings)

    def actions(self, start: int, end: int, verbs: Collection[str]) -> Iterator[Action]:
        """Yield what people do in ``text[start:end]``, by any of some verbs' forms."""
        for clause in split_clauses(self._text, start, end):
            yield from self._in_clause(self._words.between(*clause), verbs)

    def _in_clause(self, clause: range, verbs: Collection[str]) -> Iterator[Action]:
        waiting: list[int] = []
        acted = clause.start
        for at, subject, since in self.walk(clause):
            if subject:
                # *Turning to Ada, he said*: what comes before its subject.
                yield from (Action(subject, verb, clause.stop) for verb in waiting)
                waiting.clear()
            if at == clause.stop or self._words.lower[at] not in verbs:
                continue
            if not self._acts(at, clause, max(acted, since)):
                continue
            if subject:
                yield Action(subject, at, clause.stop)
                acted = at
            elif self._words.lower[at].endswith("ing") and at <= clause.start + len(waiting) + 2:
                waiting.append(at)

    def walk(
        self, clause: range, *, loose: bool = False
    ) -> Iterator[tuple[int, Subject | None, int]]:
        """Yield each word that is not of a subject, the subject at hand, and where that ends.

        Last comes the number behind the clause, with its last subject.

        Args:
            clause: The numbers of its words.
            loose: Whether whose hand it is that acts is a subject too (*Tom’s hand found hers*),
                and *she’d*.
        """
        subject: Subject | None = None
        since = at = clause.start
        while at < clause.stop:
            found = self._subject(at, clause) or (self._looser(at, clause) if loose else None)
            if found:
                subject = found
                at = since = max(at + 1, self._words.at_or_after(found.span.end))
                continue
            if self._strange(at, clause):
                subject = None
            yield at, subject, since
            at += 1
        yield clause.stop, subject, since

    def _subject(self, at: int, clause: range) -> Subject | None:
        """Read a person who begins at a word, where a subject can stand."""
        if not self._subject_place(at, clause):
            return None
        found = self._phrases.noun_phrase(at, clause.stop)
        if found is None or self._words.lower[at] == "it":
            return self._owner(at, clause)
        if self._phrases.possessive(found.span.end):
            return None
        return found

    def _owner(self, at: int, clause: range) -> Subject | None:
        owner = self._phrases.owner(at, clause.stop)
        return owner if owner and not owner.first_person else None

    def _looser(self, at: int, clause: range) -> Subject | None:
        """Read *she’d* and *Tom’s hand*, where a subject can stand."""
        if not self._opens(at, clause):
            return None
        form, mark, _ = self._words.lower[at].partition("'")
        if mark and form in _PERSONAL:
            span = Span(self._words.starts[at], self._words.starts[at] + len(form))
            first = form in ("i", "we")
            return Subject(span, CueKind.ANAPHORIC, PRONOUNS[form], first_person=first)
        return self._phrases.owner_of_part(at, clause.stop)

    def _opens(self, at: int, clause: range) -> bool:
        before = self._words.lower[at - 1]
        return at == clause.start or before in _OPENERS or self._gap(at)

    def _subject_place(self, at: int, clause: range) -> bool:
        lower = self._words.lower
        if at == clause.start or lower[at] in _NOMINATIVE:
            return True
        before = lower[at - 1]
        return (
            before in _OPENERS
            or (before in SPEECH_VERBS and at <= clause.start + 2)
            or before.endswith("ly")
            or self._gap(at)
        )

    def _gap(self, at: int) -> bool:
        """Tell whether a mark stands before a word."""
        words = self._words
        return at > 0 and bool(self._text[words.ends[at - 1] : words.starts[at]].strip("_* \n\r\t"))

    def _strange(self, at: int, clause: range) -> bool:
        """Tell whether what is no person becomes the subject: *when the door opened*."""
        lower = self._words.lower
        opens = at == clause.start or lower[at - 1] in _CONJUNCTIONS
        joined = at > clause.start and lower[at - 1] == "and" and self._gap(at - 1)
        if lower[at] in ("which", "whose"):
            return True
        if lower[at] in _FUNCTION:
            return opens or joined
        return lower[at] in DETERMINERS and (opens or joined)

    def _acts(self, at: int, clause: range, since: int) -> bool:
        """Tell whether a verb's form is one that happens, with the subject at hand."""
        form = self._words.lower[at]
        before = self._words.lower[at - 1] if at > clause.start else ""
        if form.endswith("ing"):
            return self._participates(at, clause, before)
        if before in _NOT_BEFORE_PAST or self._amid(at, clause):
            return False
        if form.endswith("s") and not form.endswith("ss"):
            return at == since or (before == "and" and self._words.lower[since].endswith("s"))
        if at - since > _FINITE_REACH:
            return before in {"and", "then", "but"} or before.endswith("ly") or self._gap(at)
        return True

    def _participates(self, at: int, clause: range, before: str) -> bool:
        if before in _NOT_BEFORE_ING:
            return False
        loose = at == clause.start or self._gap(at) or before in _JOINS or before.endswith("ly")
        return loose or before in {
            "was",
            "were",
            "is",
            "are",
            "stood",
            "sat",
            "lay",
            "went",
            "came",
        }

    def _amid(self, at: int, clause: range) -> bool:
        """Tell whether an auxiliary makes a past form passive or earlier: *had slowly turned*."""
        before = self._words.lower[max(clause.start, at - 3) : at]
        if before and before[-1].endswith("ly"):
            return not _AUXILIARIES.isdisjoint(before)
        return (
            bool(before)
            and before[-1] in _AUXILIARIES | _ADVERBS
            and (not _AUXILIARIES.isdisjoint(before))
        )

    def target(self, action: Action) -> Subject | None:
        """Return whom an action concerns: *her* of *kissed her*, *Tom* of *took Tom’s arm*."""
        words = self._words
        for at in range(action.verb + 1, min(action.verb + _TARGET_REACH, action.stop)):
            form = words.lower[at]
            if form in _TARGET_STOPS or self._gap(at):
                return None
            found = None if form in _NOMINATIVE else self._phrases.noun_phrase(at, action.stop)
            if not found and form in _POSSESSIVES and self._has_noun(at, action.stop):
                if self._own(action.agent, form, action.verb):
                    continue
                return self._pronoun(at, _POSSESSIVES[form])
            if not found and form in _OBJECTS:
                return self._pronoun(at, _OBJECTS[form])
            if found and form != "it" and not self._of_things(found, at, action.stop):
                return found
        return None

    def _pronoun(self, at: int, gender: str) -> Subject:
        words = self._words
        return Subject(
            Span(words.starts[at], words.ends[at]),
            CueKind.ANAPHORIC,
            gender,
            first_person=words.lower[at] in _FIRST,
        )

    def _of_things(self, found: Subject, at: int, stop: int) -> bool:
        """Tell whether no person is meant: *the other side*, *a spray of Ada’s*."""
        words = self._words
        after = words.at_or_after(found.span.end)
        if "of" in words.lower[at:after]:
            return True
        open_ = after < stop and not self._gap(after)
        vague = found.head in _VAGUE and open_
        return vague and words.lower[after] not in _AFTER_TARGET

    def _has_noun(self, at: int, stop: int) -> bool:
        """Tell whether *her* is followed by what is hers."""
        lower = self._words.lower
        if lower[at] != "her":
            return True
        if at + 1 >= stop or self._gap(at + 1):
            return False
        following = lower[at + 1]
        return not (following in _AFTER_HER or following.endswith("ly"))

    def _own(self, agent: Subject, form: str, verb: int) -> bool:
        """Tell whether *his hand* is the agent's own."""
        if self._words.lower[verb] in _NEVER_OWN:
            return False
        if agent.first_person:
            return form in ("my", "our")
        gender = agent.gender
        if len(agent.characters) == 1:
            gender = self._genders.get(agent.characters[0], "x")
        return gender in (_POSSESSIVES[form], "x")


_FIRST = frozenset("me us my our".split())
_VAGUE = frozenset("other one same younger elder youngest eldest company party".split())
_AUXILIARIES = frozenset("had has have having was were been is are be being".split())
_ADVERBS = frozenset("just already always often now then again once also all both".split())
_AFTER_HER = (
    _AFTER_TARGET
    | DETERMINERS
    | _ADVERBS
    | frozenset("up down out away back off forward again".split())
)
_NEVER_OWN = frozenset(
    "kissed kisses kissing embraced embracing hugged followed following joined approached".split()
)
