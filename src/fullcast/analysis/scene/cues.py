"""The narrator's tags: who is said to speak, before, after or inside a quotation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import PEOPLE, SPEECH_VERBS, SURE_VERBS, TOUCHING_VERBS
from fullcast.analysis.people.names import Naming
from fullcast.analysis.quotations.labels import Label
from fullcast.analysis.scene.phrases import (
    DETERMINERS,
    MAX_NOUN_PHRASE,
    OBJECT_MARKERS,
    PRONOUNS,
    Phrases,
    Subject,
)
from fullcast.analysis.scene.verbs import (
    HELPS,
    INVERTED,
    MAKES,
    NOUNS,
    PHRASAL,
    SAYS,
    UTTERANCES,
    WORDLESS,
)
from fullcast.analysis.words import Words, split_clauses
from fullcast.model import Character, CueKind, Span

_LINKS = frozenset("and but then so or as while when for".split())
_NOMINATIVE = frozenset(("i", "he", "she", "they", "we"))
_CLAUSE_OPENERS = frozenset(
    "and but or then while when as that if because until till for so though although whereupon "
    "whereat before after yet nor once since".split()
)
_AFTER_VERB = frozenset("out back up again then at last once in aloud on now also too".split())
_AFTER_NOUN = frozenset(
    "aloud who whom which whose that again together now then at once when as".split()
)
_WORD_OF_REACH = 3
_ADVERBS = frozenset(
    "thus then again now just only still also at last once too never had has".split()
)
_REFLEXIVES = frozenset("himself herself themself themselves myself".split())
_ARTICLES = frozenset("a an the his her my their no".split())
_THE = frozenset(("the", "a", "an"))
_ONE = frozenset("a an one this that every each another".split())
_COUNTS = frozenset("some any several many few two three these those such more much little".split())
_DEGREES = frozenset("so too very more most much great".split())
_BEFORE_NOUNS = frozenset("with without of by in into for".split())
_BEFORE_VERBS = frozenset(
    "to not would will could can might should must did i you we they he she who".split()
)
_SILENT = (["nothing"], ["no", "more"], ["no", "word"], ["not", "a", "word"], ["little"])
"""What stands behind a verb that tells of no speech: *said nothing*."""
_NOUN_REACH = 4
_VOICE_REACH = 8
_SOUNDING = tuple([word] for word in "voice voices tone tones accents accent manner".split())
"""What a form in -ing before one of these tells of: *in a trembling voice*."""
_SHORT_TAG_WORDS = 5
_NOTHING = frozenset("not never nothing no nobody neither".split())
_WIDE_GAP = 40
_SUREST = -1
_CLOSERS = "”’\"'»›“*_) \t\r\n"
_WHOM = frozenset("me him her them us you".split())
_REPORTS = frozenset("that whether if how why what".split())
_TIMES = frozenset("day night morning evening afternoon time".split())
_MAX_SUBJECT_TO_VERB = 5
_MAX_VERB_TO_SPEECH = 18


@dataclass(frozen=True, slots=True)
class Tag:
    """A cue as the rules read it, with the place that decides between several."""

    subject: Subject
    span: Span
    verb: Span | None
    rank: int
    """0 is a verb that touches the speech, the surest place but for a label."""
    between: bool = False
    """Whether it stands between two parts of the speech, with no verb of speech."""
    label: bool = False
    """Whether it is a name and a colon; ``verb`` is the colon then."""


class CueFinder:
    """Reads tags in the narration around quotations."""

    def __init__(
        self, text: str, words: Words, namings: Sequence[Naming], cast: Sequence[Character] = ()
    ) -> None:
        """Keep the text's words and names at hand, and what its cast call themselves in a chat."""
        self._text = text
        self._handles = {c.name: (c.id,) for c in cast if c.name[0].islower()}
        self._words = words
        self._naming_at = {naming.first_word: naming for naming in namings}
        self._phrases = Phrases(text, words, namings)
        self._naming_ends = {naming.end: naming for naming in namings}

    def label(self, label: Label) -> Tag | None:
        """Read *Jo:* and *Me:* before a line."""
        name = label.name.of(self._text)
        own = name == "Me"
        naming = self._naming_at.get(self._words.at_or_after(label.name.start))
        characters = naming.characters if naming else self._handles.get(name, ())
        if not (own or characters):
            return None
        kind = CueKind.ANAPHORIC if own else CueKind.EXPLICIT
        subject = Subject(label.name, kind, "x", characters, first_person=own)
        said = Span(label.colon, label.colon + 1)
        return Tag(subject, Span(label.name.start, said.end), said, rank=_SUREST, label=True)

    def after(self, start: int, end: int) -> Iterator[Tag]:
        """Yield the tags in narration that follows speech directly, surest first."""
        clauses = list(split_clauses(self._text, start, end))
        if not clauses:
            return
        first = self._words.between(*clauses[0])
        if not first:
            return
        tag = (
            self._verb_first(first, rank=0)
            or self._subject_first(first, rank=0)
            or self._word_of(first, rank=0)
        )
        if tag:
            yield tag
        beat = self._beat(first, rank=4) if not tag else None
        if beat:
            yield beat

    def before(self, start: int, end: int) -> Iterator[Tag]:
        """Yield the tags in narration that leads up to speech, surest first."""
        clauses = [c for c in map(self._of_clause, split_clauses(self._text, start, end)) if c]
        if not clauses:
            return
        opens = not self._ends_sentence(end)
        last = clauses[-1]
        forms = [self._words.lower[i] for i in last]
        short = _is_short_tag(forms) or forms[-1] in SPEECH_VERBS - WORDLESS
        opens = opens or (short and not _is_silent(forms))
        tag = (self._word_of(last, rank=1) or self._verb_last(clauses)) if opens else None
        tag = tag or self._beat(last, rank=2 if opens else 3)
        if tag:
            yield tag

    def _of_clause(self, clause: tuple[int, int]) -> range:
        return self._words.between(*clause)

    def _ends_sentence(self, end: int) -> bool:
        return self._text[max(0, end - _WIDE_GAP) : end].rstrip()[-1:] in ".!?…;"

    def _verb_first(self, clause: range, rank: int) -> Tag | None:
        """Read *said Ada*, *asked the old man* at the head of a clause."""
        words = self._words
        for at in clause[:2]:
            if words.forms[at][0].isupper() and words.lower[at].endswith("ing"):
                return None  # *Remembering she couldn’t, I stopped.*
            if words.lower[at] in SPEECH_VERBS or self._phrasal(at):
                if (
                    at > clause[0]
                    and not words.lower[at - 1].endswith("ly")
                    and (words.lower[at - 1] not in _LINKS)
                ):
                    return None
                for place in range(at + 1, min(at + 4, clause.stop)):
                    subject = self._phrases.noun_phrase(place, clause.stop)
                    subject = subject or self._anybody(place, clause.stop)
                    if subject:
                        return self._tag(subject, clause, at, rank)
                    form = words.lower[place]
                    if not form.endswith("ly") and form not in _AFTER_VERB:
                        return None
        return None

    def _phrasal(self, at: int) -> bool:
        """Tell whether a verb of speech stands here that is one with its particle only."""
        lower = self._words.lower
        return bool(set(PHRASAL.get(lower[at], ())).intersection(lower[at + 1 : at + 2]))

    def _subject_first(self, clause: range, rank: int) -> Tag | None:
        """Read *Ada said*, *and she slowly replied* at the head of a clause."""
        words = self._words
        at = clause[0]
        if words.lower[at] in _LINKS and len(clause) > 1:
            at += 1
        subject = self._phrases.noun_phrase(at, clause.stop)
        if not subject and words.forms[at] in _THE:
            subject = self._anything(at, clause.stop)
        if not subject or self._phrases.possessive(subject.span.end):
            return None
        first = words.at_or_after(subject.span.end)
        apart = self._apart(clause[0])
        for place in range(first, min(first + _MAX_SUBJECT_TO_VERB, clause.stop)):
            form = words.lower[place]
            own = form in SPEECH_VERBS or self._phrasal(place)
            sure = form in SURE_VERBS or (own and place == first)
            noun = place > first and self._noun(place, clause.start)
            sure = sure and not noun and not self._silent(place)
            sure = sure and not (apart and self._untold(place))
            sure = sure and not self._denied(first, place)
            made = words.lower[place - 2] in _REFLEXIVES and words.lower[place - 1] == "to"
            if sure and (made or words.lower[place - 1] not in ("to", "a", "the", "of")):
                heard = self._heard(first, place)
                return self._tag(heard or subject, clause, place, rank)
            if "," in self._text[subject.span.end : words.starts[place]]:
                break
        return None

    def _word_of(self, clause: range, rank: int) -> Tag | None:
        """Read *was Ada’s reply* and *Ada’s answer was*."""
        words = self._words
        for at in clause:
            naming = self._naming_at.get(at)
            if naming is None or not self._phrases.possessive(naming.end):
                continue
            noun = words.at_or_after(naming.end)
            while noun < clause.stop and words.ends[noun] <= naming.end + 2:
                noun += 1
            near = words.lower[max(clause.start, at - 1) : noun + _WORD_OF_REACH]
            if noun < clause.stop and words.lower[noun] in UTTERANCES and "was" in near:
                subject = Subject(naming.span, CueKind.EXPLICIT, "x", naming.characters)
                return self._tag(subject, clause, noun, rank)
        return None

    def _silent(self, verb: int) -> bool:
        """Tell whether nothing is said: *said nothing*, *thought of home*, *began to walk*."""
        form, behind = self._words.lower[verb], self._words.lower[verb + 1 : verb + 4]
        if form == "thought":
            return behind[:1] in (["that"], ["of"], ["about"])
        if form == "began":
            while behind and behind[0].endswith("ly"):
                behind = behind[1:]
            return behind[:1] == ["to"] and SPEECH_VERBS.isdisjoint(behind[1:2])
        return any(behind[: len(words)] == words for words in _SILENT)

    def _apart(self, at: int) -> bool:
        """Tell whether a sentence of its own begins behind a speech: *“No.” She smiled at him.*."""
        words = self._words
        before = self._text[max(0, words.starts[at] - _WIDE_GAP) : words.starts[at]]
        ended = before.rstrip(_CLOSERS)[-1:]
        named = at in self._naming_at or words.forms[at] == "I"
        return words.forms[at][0].isupper() and (
            ended == "." if named else ended in (".", "!", "?")
        )

    def _denied(self, start: int, verb: int) -> bool:
        """Tell whether nothing is said: *Ada did not reply*, but *Ada could not help saying*."""
        between = self._words.lower[start:verb]
        return _is_silent(between) and HELPS.isdisjoint(between)

    def _untold(self, verb: int) -> bool:
        """Tell whether a sentence of its own tells of no speech, or reports another one.

        *She smiled at him*, *He pressed the bell*, *He asked me whether it hurt*.
        """
        lower = self._words.lower
        if lower[verb] in WORDLESS:
            return True
        behind = lower[verb + 1 : verb + 4]
        if lower[verb] in TOUCHING_VERBS and not _ARTICLES.isdisjoint(behind[:1]):
            return True
        reported = behind[:1] == ["that"] and not _TIMES.intersection(behind[1:2])
        return reported or (len(behind) > 1 and behind[0] in _WHOM and behind[1] in _REPORTS)

    def _heard(self, start: int, verb: int) -> Subject | None:
        """Read who speaks in *Ada heard Tom say*."""
        for subject, _ in self._people(start, verb):
            if self._words.at_or_after(subject.span.end) == verb:
                return subject
        return None

    def _verb_last(self, clauses: Sequence[range]) -> Tag | None:
        """Read *Ada, turning to Tom, said:* at the end of the last clause."""
        made = self._made(clauses)
        if made:
            return made
        last = clauses[-1]
        places = range(last.stop - 1, max(last.start, last.stop - _MAX_VERB_TO_SPEECH) - 1, -1)
        for at in places:
            sure = self._words.lower[at] in SURE_VERBS and not self._noun(at, last.start)
            if sure and self._aims(at, last.start):
                continue
            if sure or self._phrasal(at):
                tag = self._tag_at(at, clauses)
                if tag:
                    return tag
        for at in places:
            if self._words.lower[at] in TOUCHING_VERBS:
                subject = self._subject_before(last.start, at)
                if subject and self._touches(subject, at):
                    return self._tag(subject, last, at, rank=1)
        return None

    def _noun(self, at: int, start: int) -> bool:
        """Tell whether a verb's form is a noun or adjective here: *in an exhausted voice*."""
        form = self._words.lower[at]
        reach = _VOICE_REACH if form in ("voice", "voices") else _NOUN_REACH
        before = self._words.lower[max(start, at - reach) : at]
        if form.endswith("ing"):
            if self._words.lower[at + 1 : at + 2] in _SOUNDING:
                return True
            while before and before[-1].endswith("ly"):
                before.pop()
            return not (_ARTICLES | _DEGREES).isdisjoint(before[-1:])
        if form not in NOUNS or not before or before[-1] in _BEFORE_VERBS:
            return False
        return before[-1] in _BEFORE_NOUNS or self._determined(form, before, reach)

    def _aims(self, at: int, start: int) -> bool:
        """Tell whether it is only what another verb of speech is for: *answered to soothe him*."""
        lower = self._words.lower
        return at - 2 >= start and lower[at - 1] == "to" and lower[at - 2] in SURE_VERBS

    def _determined(self, form: str, before: Sequence[str], reach: int) -> bool:
        """Tell whether an article stands before a noun, and nobody between: *the man answers*."""
        articles = _ARTICLES | _COUNTS | _ONE
        place = next((n for n, word in enumerate(reversed(before)) if word in articles), None)
        if place is None:
            return False
        article, between = before[-1 - place], before[len(before) - place :]
        if reach == _NOUN_REACH and not PEOPLE.keys().isdisjoint({*between} - {"other"}):
            return False
        return not (form.endswith("s") and between and article in _ONE)

    def _made(self, clauses: Sequence[range]) -> Tag | None:
        """Read *Ada made several bizarre remarks:*: a verb that is one with a noun for speech."""
        last, lower = clauses[-1], self._words.lower
        noun = last.stop - 1
        if lower[noun] not in UTTERANCES and lower[noun].removesuffix("s") not in UTTERANCES:
            return None
        for at in range(noun - 1, max(last.start, noun - _NOUN_REACH) - 1, -1):
            if "," in self._text[self._words.ends[at] : self._words.starts[at + 1]]:
                return None
            if lower[at] in MAKES:
                return self._tag_at(at, clauses)
            if lower[at] in OBJECT_MARKERS or lower[at] == "no":
                return None
        return None

    def _touches(self, subject: Subject, verb: int) -> bool:
        """Tell whether nothing but adverbs stands between a subject and its verb."""
        between = self._words.lower[self._words.at_or_after(subject.span.end) : verb]
        if "," in self._text[subject.span.end : self._words.starts[verb]]:
            return False
        return all(form.endswith("ly") or form in _ADVERBS for form in between)

    def _tag_at(self, verb: int, clauses: Sequence[range]) -> Tag | None:
        last = clauses[-1]
        owner = self._naming_ends.get(self._words.ends[verb - 1]) if verb > last.start else None
        if owner and self._words.lower[verb] == "saying" and self._phrases.possessive(owner.end):
            named = Subject(owner.span, CueKind.EXPLICIT, "x", owner.characters)
            return self._tag(named, last, verb, rank=1)
        if verb + 1 < last.stop and self._subject_shaped(verb, last.start):
            behind = self._phrases.noun_phrase(verb + 1, last.stop)
            if behind:
                return self._tag(behind, last, verb, rank=1)
        for clause in reversed(clauses[-2:]):
            subject = self._subject_before(clause.start, min(verb, clause.stop))
            if subject:
                return self._tag(subject, last, verb, rank=1)
        if self._words.lower[last.start] in _THE:
            anything = self._anything(last.start, verb + 1)
            if anything and self._words.at_or_after(anything.span.end) == verb:
                return self._tag(anything, last, verb, rank=1)
        return None

    def _subject_shaped(self, verb: int, start: int) -> bool:
        """Tell whether a verb's subject may follow it: *said Ada*, but not *he asked Ada*."""
        if verb == start:
            return self._words.lower[verb] in INVERTED
        before = self._words.lower[verb - 1]
        own = before in PRONOUNS or before in _LINKS or before in ("had", "who", "to")
        named = self._words.ends[verb - 1] in self._naming_ends
        return self._words.lower[verb] in INVERTED and not own and not named

    def _subject_before(self, start: int, verb: int) -> Subject | None:
        """Find the subject of a verb: the nearest one that is no object of another."""
        nearest = None
        for subject, at in self._people(start, verb):
            own = (
                self._begins_clause(at, start)
                or self._followed_by_who(subject)
                or self._touches(subject, verb)
            )
            if own or (nearest is None and not self._governed(at, start)):
                nearest = subject
        return nearest

    def _people(self, start: int, verb: int) -> Iterator[tuple[Subject, int]]:
        """Yield the people named or described before a verb, with their first word."""
        at = start
        while at < verb:
            subject = self._phrases.noun_phrase(at, verb)
            if (
                subject
                and not self._phrases.possessive(subject.span.end)
                and not self._object_it(at, start)
            ):
                yield subject, at
            at = max(at + 1, self._words.at_or_after(subject.span.end) if subject else 0)

    def _begins_clause(self, at: int, start: int) -> bool:
        """Tell whether a subject can stand here: first, after a comma, *and* or an adverb."""
        if at == start or self._words.lower[at] in _NOMINATIVE:
            return True
        before = self._words.lower[at - 1]
        gap = self._text[self._words.ends[at - 1] : self._words.starts[at]]
        return bool(gap.strip()) or before in _CLAUSE_OPENERS or before.endswith("ly")

    def _followed_by_who(self, subject: Subject) -> bool:
        following = self._words.at_or_after(subject.span.end)
        return self._words.lower[following : following + 1] == ["who"]

    def _governed(self, at: int, start: int) -> bool:
        return at > start and self._words.lower[at - 1] in OBJECT_MARKERS

    def _object_it(self, at: int, start: int) -> bool:
        return self._words.lower[at] == "it" and at > start

    def _beat(self, clause: range, rank: int) -> Tag | None:
        """Read who acts in a sentence beside the speech, as in *Tom shrugged*."""
        at = clause[0]
        if self._words.lower[at] in _LINKS and len(clause) > 1:
            at += 1
        for place in range(at, min(at + 8, clause.stop)):
            subject = self._phrases.noun_phrase(place, clause.stop)
            subject = subject or self._phrases.owner(place, clause.stop)
            if not subject:
                continue
            if self._phrases.possessive(subject.span.end) and subject.kind is not CueKind.EXPLICIT:
                continue
            if place > at and self._words.lower[place - 1] in OBJECT_MARKERS:
                continue
            return Tag(subject, self._span(clause), None, rank + (place > at))
        return None

    def _tag(self, subject: Subject, clause: range, verb: int, rank: int) -> Tag:
        span = Span(self._words.starts[verb], self._words.ends[verb])
        return Tag(subject, self._span(clause), span, rank)

    def _anybody(self, at: int, stop: int) -> Subject | None:
        """Read whatever speaks in *said the mice*: any noun will do behind such a verb."""
        words = self._words
        if words.lower[at - 1] not in INVERTED or words.lower[at] not in DETERMINERS:
            return None
        last = at
        for place in range(at + 1, min(at + MAX_NOUN_PHRASE, stop)):
            broken = self._text[words.ends[place - 1] : words.starts[place]].strip()
            form = words.lower[place]
            if broken or form.endswith("ly") or form in OBJECT_MARKERS | _AFTER_NOUN:
                break
            last = place
        if last == at:
            return None
        head = words.lower[last]
        span = Span(words.starts[at], words.ends[last])
        return Subject(span, CueKind.ANAPHORIC, PEOPLE.get(head, "x"), head=head)

    def _anything(self, at: int, stop: int) -> Subject | None:
        """Read whatever speaks in *the ship said*: any noun will do before such a verb."""
        words = self._words
        for noun in range(at + 1, min(at + MAX_NOUN_PHRASE, stop - 1)):
            head = words.lower[noun]
            if head in OBJECT_MARKERS | _AFTER_NOUN or words.forms[noun] != head:
                return None
            if words.lower[noun + 1] in SAYS:
                span = Span(words.starts[at], words.ends[noun])
                return Subject(span, CueKind.ANAPHORIC, PEOPLE.get(head, "x"), head=head)
        return None

    def _span(self, clause: range) -> Span:
        return Span(self._words.starts[clause[0]], self._words.ends[clause[-1]])


def _is_silent(forms: Sequence[str]) -> bool:
    """Tell whether a sentence says that nothing was said: *Ada didn’t answer.*."""
    return any(form in _NOTHING or form.endswith("n't") for form in forms)


def _is_short_tag(forms: Sequence[str]) -> bool:
    """Tell whether a whole sentence only announces speech, as *Ada continued* does."""
    return len(forms) <= _SHORT_TAG_WORDS and any(form in SURE_VERBS for form in forms)
