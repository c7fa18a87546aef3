"""How a line is said: the adverbs and phrases of its tag, the voice, whether it falters."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fullcast.analysis.lexicon import MANNERS, PEOPLE, PERSONS, SPEECH_VERBS, VOICES, stems
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.words import Words
from fullcast.model import MannerPhrase, Span, Tells, Voice

_SHORT_LY = 4
"""*Only* tells a manner no more than *fly*; longer words in -ly do."""
_NO_MANNER = frozenset(
    """early family reply supply apply nearly scarcely hardly merely really finally presently
    immediately instantly directly shortly recently lately formerly previously constantly
    repeatedly apparently probably certainly evidently possibly exactly particularly especially
    entirely principally fully partly mostly usually generally frequently occasionally
    originally ultimately subsequently eventually lastly secondly firstly accordingly
    consequently actually absolutely surely likely undoubtedly fortunately unluckily luckily
    unfortunately daily simultaneously friendly lovely lonely elderly silly ugly holy jolly
    bully belly practically virtually truly thirdly barely simply obviously clearly utterly
    completely wholly mainly chiefly rarely seldomly newly nightly yearly weekly monthly hourly
    orderly ghostly sickly deadly worldly doubtless purposely necessarily equally similarly
    namely largely relatively continually incessantly perpetually""".split()
)
"""Words in -ly that tell when, how much or how sure."""
_WHERE_LAST = frozenset("shortly simply clearly".split())
"""Of these those that tell a manner where nothing follows: *said Ada shortly*."""
_BARE = frozenset("aloud".split())
_LAST_BARE = frozenset("low loud hard fast quick sharp".split())
"""Adverbs without -ly, where they end what is told."""
_INTENSIFIERS = frozenset(
    """very not so too rather quite most more somewhat half almost as less little trifle
    extremely well much""".split()
)
_LEADS = frozenset("again now always then even speaking said".split())
"""What may stand before a phrase that follows a comma: *now in a low tone*."""
_OWN_LEADS = frozenset("still just almost nearly quite half".split())
"""What opens the phrase itself: *still smiling*, *almost in tears*."""
_JOINED_AFTER = frozenset("again now this that too enough still indeed here there".split())
_PREPOSITIONS = frozenset(
    """of by under over about after before into through against between among across along
    around behind beside near off out up down within""".split()
)
_TAKES = frozenset("his her my their the a an".split())
_AND = frozenset("and but yet or though if".split())
_STOPS = frozenset(
    """who whom which whose that when while because but until till before after if where though
    although since as and for whereupon than then to how what why""".split()
)
_PHRASE_ENDS = frozenset(
    "as while when which who whom whose and but at to from upon on towards toward that".split()
)
_MEASURES = frozenset(
    """great much some more such all considerable infinite extreme perfect no equal sudden evident
    real mock utmost little less profound intense""".split()
)
"""After *with* one of these measures what something is said with: *with great care*."""
_OPENERS = frozenset("in with without".split())
_SOUNDS = frozenset(
    """voice voices tone tones whisper whispers undertone accent accents key manner way fashion
    style breath gasps murmur mutter drawl growl roar falsetto monotone bass treble language
    sing-song undertones under-tone pitch cadence drone chorus shout shriek scream sob stammer
    lisp amaze""".split()
)
"""What something is said *in*."""
_SIGNS = frozenset(
    """air look ease dignity dryness sarcasm effort start snort sneer shrug nod bow gesture
    glance gleam twinkle groan grunt sniff chuckle giggle gasp cry scream yell shout oath wink
    toss jerk wave flourish grimace expression burst touch tinge hint note show appearance
    readiness courtesy energy force calm zest relish grace spirit vigour vigor haste warmth
    earnest humour humor kiss cough curse simper titter yawn whimper whine leer flush blush
    bluntness frown scowl stare charm""".split()
)
"""What something is said *with*, beside feelings."""
_HELD = frozenset(
    """cane stick gun rifle pistol revolver knife sword axe whip spade basket book books bag box
    paper papers letter letters card pipe cigar cigarette candle lamp lantern light glass cup mug
    plate bottle spoon fork umbrella parasol fan watch key keys ring rope chair stone flower
    flowers rose bouquet beard moustache limp scar coat shawl veil bonnet cap hat gloves cloak
    dog cat horse baby name title cold headache fever wound company others each one two three
    ones them him us me you it this these those which whom""".split()
)
"""What somebody may be *with* who says something, however that is said."""
_NEVER_STATE = frozenset("well much so soon likely true right often good sure late early".split())
_REFLEXIVES = frozenset("himself herself themselves myself itself".split())
_PAST_AFTER = frozenset("and but then".split())
_ABSTRACT = re.compile(r"(?:ness|ity|tion|sion|ence|ance|ment|ism|asm|esy|tude|[dgmv]ou?r)$")
_PARTS = frozenset(
    """hand hands eye eyes head face arm arms back finger fingers lip lips foot feet hat
    tears""".split()
)
_FIXED = re.compile(
    r"in tears\b|as (?:if|though) [^,;.:—]{2,80}|like an? [^,;.:—]{2,60}"
    r"|as (?!soon|long|far|well|much)\w+ as an? [^,;.:—]{2,60}|"
    r"(?:under|beneath|below|above) (?:his|her|my|their) breath\b|at the (?:very )?top of"
    r" (?:his|her|my|their) (?:voice|voices|lungs)\b|(?:between|through) (?:his|her|my|their)"
    r"(?: \w+)? teeth\b|(?:lowering|raising|dropping) (?:his|her|my) voice\b"
    r"|out loud\b|half aloud\b"
)
_GOES_ON = _AND | _STOPS | _PHRASE_ENDS | _OPENERS | _PREPOSITIONS | _JOINED_AFTER
"""What may follow an adverb of how something is said; before other words it tells of these."""
_MOST_WORDS = 16
_ADJECTIVES = 4
"""Words of a phrase that may stand between its opener and its noun: *in a dull, low voice*."""
_AUXILIARIES = frozenset("had has have did could would and then only just again once".split())
_CHUNKS_AFTER = 4
_BETWEEN = re.compile(r"[,()—–;:]|--")
_HESITATES = re.compile(r"\w\s?(?:…|\.\s?\.\s?\.)|\b(\w)-\1\w|\w(?:--|—)(?=\w)")


class MannerReader:
    """Reads in the tags of a book how its lines are said."""

    def __init__(self, text: str, words: Words) -> None:
        """Keep the text and its words at hand."""
        self._text = text
        self._words = words

    def phrases(self, tag: Tag) -> tuple[MannerPhrase, ...]:
        """Return what a tag says of the manner, in the order of the text."""
        if tag.verb is None:
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
        told = {_told(form) for form in _forms(span.of(self._text))} - {None}
        if "feeling" in told:
            return Tells.FEELING
        return Tells.DELIVERY if told else Tells.OTHER

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
        yield from self._beside(range(head, chunks[here].stop))
        yield from self._after(chunks[here + 1 : here + 1 + _CHUNKS_AFTER])

    def _chunks(self, clause: range) -> list[range]:
        """Cut a clause at its commas and dashes."""
        words = self._words
        cuts = [
            place
            for place in clause[1:]
            if _BETWEEN.search(self._text, words.ends[place - 1], words.starts[place])
            and not self._amid_adjectives(place, clause)
        ]
        return [range(a, b) for a, b in pairwise([clause.start, *cuts, clause.stop])]

    def _amid_adjectives(self, place: int, clause: range) -> bool:
        """Tell whether a comma parts the adjectives of one phrase: *in a dull, low voice*."""
        lower = self._words.lower
        first = max(clause.start, place - _ADJECTIVES)
        opener = next((p for p in range(place - 1, first - 1, -1) if lower[p] in _OPENERS), None)
        if opener is None or _PARTS.intersection(lower[opener:place]):
            return False
        noun = any(
            self._heads(lower[opener], p) and lower[p] not in MANNERS
            for p in range(opener + 1, place)
        )
        ahead = range(place, min(place + _ADJECTIVES, clause.stop))
        return (
            not noun
            and any(lower[p] in _SOUNDS | _SIGNS for p in ahead)
            and not _OPENERS & {lower[p] for p in ahead}
        )

    def _before(
        self, chunks: Sequence[range], here: int, first: int, last: int, verb: int
    ) -> Iterator[Span]:
        """Read *slowly said*, *with a sigh, she said*, *she, in a low voice, said*."""
        start = max(chunks[here].start, last + 1) if last < verb else chunks[here].start
        at = self._first_adverb(verb, start)
        while at < verb:
            end = self._adverbs(at, verb)
            if end:
                yield self._span(at, end)
            at = end or at + 1
        leading = next((n for n, chunk in enumerate(chunks) if first in chunk), here)
        among = range(leading + 1, here) if last < verb else range(0)
        lead = leading - 1
        opens = lead == 0 or (lead > 0 and self._words.lower[chunks[lead].start] in _OPENERS)
        for number in {*among, *([lead] if opens and leading <= here else ())}:
            yield from self._at(chunks[number], chunks[number].start)
        if last < verb and leading < here and self._words.lower[last + 1] in _OPENERS:
            yield from self._at(range(last + 1, chunks[leading].stop), last + 1)
        if last < verb and leading == here and chunks[here].start < first:
            yield from self._at(range(chunks[here].start, first), chunks[here].start)

    def _first_adverb(self, verb: int, start: int) -> int:
        """Return where the adverbs before a verb begin: *very slowly and sadly said*."""
        place = verb
        while place > start and (
            self._adverb(place - 1)
            or self._words.lower[place - 1] in _AUXILIARIES | _INTENSIFIERS | {"and"}
        ):
            place -= 1
        return place

    def _beside(self, rest: range) -> Iterator[Span]:
        """Read what follows the verb up to the next comma."""
        at = rest.start
        while at < rest.stop:
            end = self._phrase(at, rest.stop) or (at == rest.start and self._sign(at, rest.stop))
            if end:
                yield self._span(at, end)
                at = end
                continue
            form = self._words.lower[at]
            if form in _STOPS - {"to", "as", "then"} or form.endswith("ing"):
                return
            at += 1

    def _after(self, chunks: Sequence[range]) -> Iterator[Span]:
        """Read the phrases that follow, each after its comma."""
        direct = True
        for chunk in chunks:
            at = chunk.start
            while at + 1 < chunk.stop and self._leads(at):
                at += 1
            found = list(self._at(chunk, at))
            if not found and not self._moves(chunk):
                return
            yield from (s for s in found if direct or self._words.lower[at] in _OPENERS | {"as"})
            direct = direct and bool(found)

    def _leads(self, at: int) -> bool:
        """Tell whether a word stands before the phrase and is none of it."""
        form, following = self._words.lower[at : at + 2]
        return form in _AND | _LEADS or (form == "still" and following in _OPENERS)

    def _moves(self, chunk: range) -> bool:
        """Tell whether a stretch is a participle’s, after which manner may go on."""
        opening = self._words.lower[chunk.start : min(chunk.start + 2, chunk.stop)]
        adverb = opening[0].endswith("ly") and len(opening) > 1
        return opening[int(adverb)].endswith("ing")

    def _at(self, chunk: range, at: int) -> Iterator[Span]:
        """Read phrases that begin a stretch between commas."""
        while at < chunk.stop:
            end = (
                self._state(at, chunk)
                or self._phrase(at, chunk.stop)
                or self._sign(at, chunk.stop)
                or self._event(at, chunk.stop)
            )
            if not end or (end < chunk.stop and self._acts(at, end)):
                return
            yield self._span(at, end)
            at = end + (end < chunk.stop and self._words.lower[end] in _AND)

    def _acts(self, at: int, end: int) -> bool:
        """Tell whether an adverb tells of what follows: *, slowly rising*, *, wholly unaware*."""
        adverb = self._words.lower[end - 1].endswith("ly") and end - at <= 2
        return adverb and self._words.lower[end] not in _GOES_ON

    def _phrase(self, at: int, stop: int) -> int | None:
        """Return where a phrase of manner ends that begins at a word."""
        words = self._words
        end = self._adverbs(at, stop)
        if end:
            return end
        if words.lower[at] in _OWN_LEADS and at + 1 < stop:
            return self._phrase(at + 1, stop) or self._sign(at + 1, stop)
        limit = words.ends[stop - 1]
        fixed = _FIXED.match(self._text, words.starts[at], limit)
        if fixed:
            return words.between(words.starts[at], fixed.end()).stop
        if words.lower[at] in _OPENERS:
            return self._with(at, stop)
        return None

    def _adverbs(self, at: int, stop: int) -> int | None:
        """Read *rather coldly*, *quietly and firmly*, *more sadly than angrily*."""
        place = self._past_intensifiers(at, stop)
        if place >= stop:
            return None
        last = self._ends_low(place, stop) or self._tells_last(place, stop, at < place)
        if not (self._adverb(place) or last):
            return None
        place += 1
        if place + 1 < stop and self._words.lower[place] in _AND | {"than"}:
            return self._adverbs(place + 1, stop) or place
        return place

    def _past_intensifiers(self, at: int, stop: int) -> int:
        lower = self._words.lower
        if lower[at] == "a" and at + 1 < stop and lower[at + 1] in ("little", "trifle"):
            at += 2
        while at < stop and lower[at] in _INTENSIFIERS:
            at += 1
        return at

    def _adverb(self, at: int) -> bool:
        form = self._words.lower[at]
        if form in _BARE:
            return True
        proper = self._words.forms[at][0].isupper() and not self._opens(at)
        return (
            form.endswith("ly") and len(form) > _SHORT_LY and form not in _NO_MANNER and not proper
        )

    def _opens(self, at: int) -> bool:
        return at == 0 or self._text[: self._words.starts[at]].rstrip()[-1:] in '.!?"”…'

    def _ends_low(self, at: int, stop: int) -> bool:
        return at + 1 == stop and self._words.lower[at] in _LAST_BARE

    def _tells_last(self, at: int, stop: int, intensified: bool) -> bool:
        return self._words.lower[at] in _WHERE_LAST and (intensified or at + 1 == stop)

    def _sign(self, at: int, stop: int) -> int | None:
        """Read a participle or adjective that tells a voice or feeling: *laughing*."""
        place = self._past_intensifiers(at, stop)
        if place >= stop or not _TAKES.isdisjoint(
            self._words.lower[place + 1 : min(place + 2, stop)]
        ):
            return None
        form = self._words.lower[place]
        following = self._words.lower[place + 1] if place + 1 < stop else ""
        acts = form.endswith("ed") and self._words.lower[at - 1] in _PAST_AFTER
        moves = form == "shaking" and bool(following)
        if acts or moves or form == "feeling" or following in _REFLEXIVES:
            return None
        if form in VOICES and following == "in":
            return None
        known = form in VOICES or _told(form) is not None
        return place + 1 if known and not form.endswith("ly") else None

    def _state(self, at: int, chunk: range) -> int | None:
        """Read a state that stands by itself: *, stupefied,* and *, very sweet.*."""
        place = self._past_intensifiers(at, chunk.stop)
        if place + 1 < chunk.stop and self._adverb(place):
            place += 1
        if at != chunk.start or place + 1 != chunk.stop:
            return None
        form = self._words.lower[place]
        participle = form.endswith("ed") and len(form) > _SHORT_LY and form not in SPEECH_VERBS
        told = participle or (place > at and form not in _NEVER_STATE | _NO_MANNER)
        return place + 1 if told and not self._words.forms[place][0].isupper() else None

    def _event(self, at: int, stop: int) -> int | None:
        """Read *with a thrill*, *with curled lip*: with what nobody has in hand."""
        words = self._words
        if words.lower[at] != "with":
            return None
        ends = next((p for p in range(at + 1, stop) if self._parts_off(p)), stop)
        inside = words.lower[at + 1 : ends]
        if not 0 < len(inside) <= _ADJECTIVES + 1 or not inside[-1].isalpha():
            return None
        adjectives = inside[1:-1] if inside[0] in ("a", "an") else inside[:-1]
        part = inside[-1] in _PARTS and not adjectives
        named = any(form[0].isupper() for form in words.forms[at + 1 : ends])
        people = PEOPLE.keys() | PERSONS.keys() | _HELD | _TAKES - {"a", "an"} | {"the"}
        return None if part or named or not people.isdisjoint(inside) else ends

    def _parts_off(self, at: int) -> bool:
        form = self._words.lower[at]
        return form in _PHRASE_ENDS | _PREPOSITIONS | _OPENERS and form != "and"

    def _with(self, at: int, stop: int) -> int | None:
        """Read *in a low voice*, *with all the calm he could find*, *without anger*."""
        words = self._words
        stop = min(stop, at + _MOST_WORDS + 1)
        if words.lower[at + 1 : at + 2] == ["spite"]:
            return None
        head = next((p for p in range(at + 1, stop) if self._heads(words.lower[at], p)), None)
        ends = next((p for p in range(at + 1, stop) if self._ends(p, stop)), stop)
        if words.lower[at] == "without" and words.lower[at + 1].endswith("ing"):
            return ends if at + 2 == ends else None
        if head is None or head >= ends:
            return None
        if _PARTS.intersection(words.lower[at + 1 : head]):
            return None
        owned = words.lower[at + 1] in _TAKES - {"a", "an"} and words.lower[head] not in _SOUNDS
        does = any(words.lower[p].endswith("ing") for p in range(at + 3, ends - 1))
        return None if owned and does else ends

    def _ends(self, at: int, stop: int) -> bool:
        """Tell whether a phrase ends before a word; *a low and broken voice* goes on."""
        lower = self._words.lower
        ahead = lower[at + 1 : min(at + 1 + _ADJECTIVES, stop)]
        goes_on = lower[at] in _AND and not _OPENERS.intersection(ahead)
        if goes_on and (_SOUNDS | _SIGNS).intersection(ahead):
            return False
        measured = {"much", "little"}.intersection(lower[at - 2 : at + 2])
        return lower[at] in _PHRASE_ENDS and not (lower[at] == "as" and measured)

    def _heads(self, opener: str, at: int) -> bool:
        form = self._words.lower[at]
        if opener == "in":
            return (
                form in _SOUNDS
                or MANNERS.get(form) == "feeling"
                or bool(form.endswith(("ment", "ness")))
            )
        if self._words.lower[at - 1] in _MEASURES and form not in _PARTS:
            return True
        named = form in _SOUNDS or form in _SIGNS or form in MANNERS or bool(_ABSTRACT.search(form))
        return named and not form.endswith("ly")

    def _span(self, start: int, end: int) -> Span:
        return Span(self._words.starts[start], self._words.ends[end - 1])


def _forms(words: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", words.lower())


def _told(form: str) -> str | None:
    """Return what a word of manner tells; an adverb tells what its adjective does."""
    if form in VOICES:
        return "delivery"
    return next((MANNERS[each] for each in stems(form) if each in MANNERS), None)
