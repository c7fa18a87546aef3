"""How a line is said: the adverbs and phrases of its tag, the voice, whether it falters."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fullcast.analysis.lexicon import SURE_VERBS, VOICES
from fullcast.analysis.narration.ways import AND, INTENSIFIERS, OPENERS, STOPS, Ways, told
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.words import Words
from fullcast.model import MannerPhrase, Span, Tells, Voice

_LEADS = frozenset("again now always then even speaking said".split())
"""What may stand before a phrase that follows a comma: *now in a low tone*."""
_WHEN = frozenset("after before at to from by for on more rather".split())
_WHEN_WORDS = 4
_AUXILIARIES = frozenset("had has have did could would then only just again once".split())
_CHUNKS_AFTER = 4
_BETWEEN = re.compile(r"[,()—–;:]|--")
_HESITATES = re.compile(r"\w\s?(?:…|\.\s?\.\s?\.)|\b(\w)-\1\w|\w(?:--|—)(?=\w)")


class MannerReader:
    """Reads in the tags of a book how its lines are said."""

    def __init__(self, text: str, words: Words) -> None:
        """Keep the text and its words at hand."""
        self._text = text
        self._words = words
        self._ways = Ways(text, words)

    def phrases(self, tag: Tag) -> tuple[MannerPhrase, ...]:
        """Return what a tag says of the manner, in the order of the text."""
        if tag.verb is None or tag.label:
            return ()
        found = sorted(set(self._read(tag, tag.verb)))
        return tuple(MannerPhrase(span=span, tells=self._tells(span)) for span in found)

    def voice(self, verb: Span | None, phrases: Sequence[MannerPhrase]) -> Voice | None:
        """Tell how it sounds; a phrase tells more than the verb."""
        for span in (*(phrase.span for phrase in phrases), *([verb] if verb else ())):
            for form in _forms(span.of(self._text)):
                if form in VOICES:
                    return Voice(VOICES[form])
        return None

    def hesitates(self, spans: Sequence[Span]) -> bool:
        """Tell whether the words of a speech falter."""
        return any(_HESITATES.search(span.of(self._text).rstrip("\"”’' ")) for span in spans)

    def _tells(self, span: Span) -> Tells:
        kinds = {told(form) for form in _forms(span.of(self._text))} - {None}
        if "feeling" in kinds:
            return Tells.FEELING
        return Tells.DELIVERY if kinds else Tells.OTHER

    def _read(self, tag: Tag, verb: Span) -> Iterator[Span]:
        words = self._words
        clause = words.between(tag.span.start, tag.span.end)
        at = words.at_or_after(verb.start)
        first = words.at_or_after(tag.subject.span.start)
        last = max(first, words.at_or_after(tag.subject.span.end) - 1)
        chunks = self._chunks(clause)
        here = next(n for n, chunk in enumerate(chunks) if at in chunk)
        yield from self._before(chunks, here, first, last, at)
        head = last + 1 if first in chunks[here] and last > at else at + 1
        yield from self._beside(range(head, chunks[here].stop), described=bool(tag.subject.head))
        yield from self._after(chunks[here + 1 : here + 1 + _CHUNKS_AFTER])

    def _chunks(self, clause: range) -> list[range]:
        """Cut a clause at its commas and dashes."""
        words = self._words
        cuts = [
            place
            for place in clause[1:]
            if _BETWEEN.search(self._text, words.ends[place - 1], words.starts[place])
            and not self._ways.amid_adjectives(place, clause)
        ]
        return [range(a, b) for a, b in pairwise([clause.start, *cuts, clause.stop])]

    def _before(
        self, chunks: Sequence[range], here: int, first: int, last: int, verb: int
    ) -> Iterator[Span]:
        """Read *slowly said*, *with a sigh, she said*, *she, in a low voice, said*."""
        start = max(chunks[here].start, last + 1) if last < verb else chunks[here].start
        at = self._first_adverb(verb, start)
        while at < verb:
            end = self._ways.adverbs(at, verb)
            if end:
                yield self._span(at, end)
            at = end or at + 1
        leading = next((n for n, chunk in enumerate(chunks) if first in chunk), here)
        does = self._words.lower[verb].endswith("ing")
        among = range(leading + 1, here) if last < verb and not does else range(0)
        lead = leading - 1
        opens = lead == 0 or (lead > 0 and self._words.lower[chunks[lead].start] in OPENERS)
        for number in {*among, *([lead] if opens and leading <= here else ())}:
            begins = chunks[number].start
            begins += self._words.lower[begins] == "and" and len(chunks[number]) > 1
            yield from self._at(chunks[number], begins)
        if last < verb and leading < here and self._words.lower[last + 1] in OPENERS:
            yield from self._at(range(last + 1, chunks[leading].stop), last + 1)
        if last < verb and leading == here and chunks[here].start < first:
            start = chunks[here].start
            start += self._words.lower[start] in AND and start + 1 < first
            yield from self._at(range(start, first), start)

    def _first_adverb(self, verb: int, start: int) -> int:
        """Return where the adverbs before a verb begin: *very slowly and sadly said*."""
        place, lower = verb, self._words.lower
        while place > start and (
            self._ways.adverb(place - 1)
            or lower[place - 1] in _AUXILIARIES | INTENSIFIERS
            or (lower[place - 1] == "and" and self._ways.adverbs(place, verb))
        ):
            place -= 1
        return place

    def _beside(self, rest: range, described: bool) -> Iterator[Span]:
        """Read what follows the verb up to the next comma.

        What stands behind a description may be a part of it: *said the man with a wooden leg*.
        """
        at = rest.start
        while at < rest.stop:
            end = self._ways.phrase(at, rest.stop)
            if not end and at == rest.start:
                end = self._ways.sign(at, rest.stop)
            if not end and not described:
                end = self._ways.event(at, rest.stop)
            if end:
                yield self._span(at, end)
                at = end + self._joins(end, rest.stop)
                continue
            form = self._words.lower[at]
            if form in STOPS - {"to", "as", "then"} or form.endswith("ing"):
                return
            at += 1

    def _joins(self, at: int, stop: int) -> bool:
        """Tell whether *and* leads to one more phrase: *with a frown and in a low voice*."""
        lower = self._words.lower
        if at + 1 >= stop or lower[at] not in AND:
            return False
        return lower[at + 1] in OPENERS or self._ways.phrase(at + 1, stop) == stop

    def _after(self, chunks: Sequence[range]) -> Iterator[Span]:
        """Read the phrases that follow, each after its comma."""
        direct = True
        for chunk in chunks:
            at = chunk.start
            while at + 1 < chunk.stop and self._leads(at):
                at += 1
            found = list(self._at(chunk, at))
            if not found and self._paired(chunk):
                found = list(self._at(chunk, chunk.start + 2))
            if not found and not self._moves(chunk):
                return
            yield from (s for s in found if direct or self._words.lower[at] in OPENERS | {"as"})
            direct = direct and bool(found)
            if not SURE_VERBS.isdisjoint(self._words.lower[p] for p in chunk):
                return  # *so eagerly that the other said, in a low voice, …*

    def _paired(self, chunk: range) -> bool:
        """Tell whether what somebody does stands before the phrase: *, nodding and smiling*."""
        lower = self._words.lower[chunk.start : chunk.stop]
        return len(lower) > 2 and lower[0].endswith("ing") and lower[1] == "and"

    def _leads(self, at: int) -> bool:
        """Tell whether a word stands before the phrase and is none of it."""
        form, following = self._words.lower[at : at + 2]
        return form in AND | _LEADS or (form == "still" and following in OPENERS)

    def _moves(self, chunk: range) -> bool:
        """Tell whether a stretch tells what else, when or where, after which manner may go on."""
        opening = self._words.lower[chunk.start : min(chunk.start + 2, chunk.stop)]
        if opening[0] in _WHEN and len(chunk) <= _WHEN_WORDS:
            return True
        adverb = opening[0].endswith("ly") and len(opening) > 1
        return opening[int(adverb)].endswith("ing")

    def _at(self, chunk: range, at: int) -> Iterator[Span]:
        """Read phrases that begin a stretch between commas."""
        while at < chunk.stop:
            end = self._ways.alone(at, chunk)
            if not end:
                return
            yield self._span(at, end)
            at = end + (end < chunk.stop and self._words.lower[end] in AND)

    def _span(self, start: int, end: int) -> Span:
        return Span(self._words.starts[start], self._words.ends[end - 1])


def _forms(words: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", words.lower())
