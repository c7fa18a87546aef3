"""Where a phrase of manner ends that begins at a word: *coldly*, *in a low voice*, *as if*."""

import re

from fullcast.analysis.lexicon import MANNERS, PEOPLE, PERSONS, SPEECH_VERBS, VOICES, stems
from fullcast.analysis.words import Words

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
    namely largely relatively continually incessantly perpetually invariably""".split()
)
"""Words in -ly that tell when, how much or how sure."""
_WHERE_LAST = frozenset("shortly simply clearly".split())
"""Of these those that tell a manner where nothing follows: *said Ada shortly*."""
_BARE = frozenset("aloud".split())
_LAST_BARE = frozenset("low loud hard fast quick sharp".split())
"""Adverbs without -ly, where they end what is told."""
INTENSIFIERS = frozenset(
    """very not so too rather quite most more somewhat half almost as less little trifle
    extremely well much""".split()
)
_OWN_LEADS = frozenset("still just almost nearly quite half".split())
"""What opens the phrase itself: *still smiling*, *almost in tears*."""
_JOINED_AFTER = frozenset("again now this that too enough still indeed here there".split())
_PREPOSITIONS = frozenset(
    """of by under over about after before into through against between among across along
    around behind beside near off out up down within""".split()
)
_TAKES = frozenset("his her my their the a an".split())
AND = frozenset("and but yet or though if".split())
STOPS = frozenset(
    """who whom which whose that when while because but until till before after if where though
    although since as and for whereupon than then to how what why""".split()
)
_PHRASE_ENDS = frozenset(
    """as while when which who whom whose and but at to from upon on towards toward that before
    after because if until till""".split()
)
_MEASURES = frozenset(
    """great much some more such all considerable infinite extreme perfect no equal sudden evident
    real mock utmost little less profound intense""".split()
)
"""After *with* one of these measures what something is said with: *with great care*."""
OPENERS = frozenset("in with without".split())
_SOUNDS = frozenset(
    """voice voices tone tones whisper whispers undertone accent accents key manner way fashion
    style breath gasps murmur mutter drawl growl roar falsetto monotone bass treble language
    sing-song undertones under-tone pitch cadence drone chorus shout shriek scream sob stammer
    lisp amaze""".split()
)
"""What something is said *in*."""
_TONGUES = frozenset("french english german latin italian spanish dutch greek russian".split())
_MOODS = frozenset(
    """haste hurry earnest jest fun confidence unison concert heat parenthesis temper spirits
    doubt agony whine""".split()
)
"""What something is said *in*, beside sounds, tongues and feelings."""
_SIGNS = frozenset(
    """air look ease dignity dryness sarcasm effort start snort sneer shrug nod bow gesture
    glance gleam twinkle groan grunt sniff chuckle giggle gasp cry scream yell shout oath wink
    laugh smile sob sigh grin attempt heart soul
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
    ones them him us me you it this these those which whom his her my their the""".split()
)
"""What somebody may be *with* who says something, however that is said."""
_NO_EVENTS = PEOPLE.keys() | {noun for noun, kind in PERSONS.items() if kind != "?"} | _HELD
_STATES = frozenset(
    """aghast pale crest-fallen crestfallen heart-broken awe-struck awestruck thunder-struck
    thunderstruck panic-stricken conscience-stricken spellbound distraught""".split()
)
"""What tells a state by itself beside participles in -ed."""
_NEVER_STATE = frozenset(
    "well much so soon likely true right often good sure late early indeed".split()
)
_OBJECTS = frozenset("this it him them its your".split())
_REFLEXIVES = frozenset("himself herself themselves myself itself".split())
_PAST_AFTER = frozenset("and but then".split())
_ABSTRACT = re.compile(r"(?:ness|ity|tion|sion|ence|ance|ment|ism|asm|esy|tude|[dgmv]ou?r)$")
_PARTS = frozenset(
    """hand hands eye eyes head face arm arms back finger fingers lip lips foot feet hat
    tears""".split()
)
_SHOWING = frozenset("eye eyes face lip lips".split())
"""Of these, what shows what is felt: *with curled lip*, but not *with folded arms*."""
_LIKENED = r"as (?:if|though) [^,;.:—]{2,160}"
_WHOSE = "(?:his|her|my|their)"
_FIXED = re.compile(
    "|".join(
        (
            _LIKENED,
            r"like (?:an?|one) [^,;.:—]{2,100}",
            r"as (?!soon|long|far|well|much)\w+ as (?:ever\b|an? [^,;.:—]{2,60})",
            r"in tears\b",
            r"out loud\b",
            r"half aloud\b",
            r"(?:(?:very|rather|somewhat|quite) )?(?:ill at ease|out of breath)\b",
            rf"with one of {_WHOSE} [^,;.:—]{{2,40}}",
            rf"(?:under|beneath|below|above) {_WHOSE} breath\b",
            rf"at the (?:very )?top of {_WHOSE} (?:voice|voices|lungs)\b",
            rf"(?:between|through) {_WHOSE}(?: \w+)? teeth\b",
            rf"(?:lowering|raising|dropping) {_WHOSE} voice\b",
        )
    ).replace(" ", r"\s+")
)
_GOES_ON_LIKENED = re.compile(_LIKENED.replace(" ", r"\s+"))
"""What goes on from *as boldly*."""
_GOES_ON = AND | STOPS | _PHRASE_ENDS | OPENERS | _PREPOSITIONS | _JOINED_AFTER
"""What may follow an adverb of how something is said; before other words it tells of these."""
_AIMS = frozenset("attempt attempts effort efforts".split())
"""What is nothing without what it is for: *with an attempt at lightness*."""
_MOST_WORDS = 16
_ADJECTIVES = 4


class Ways:
    """Reads the phrases that tell how something is said, wherever they stand."""

    def __init__(self, text: str, words: Words) -> None:
        """Keep the text and its words at hand."""
        self._text = text
        self._words = words

    def alone(self, at: int, chunk: range) -> int | None:
        """Return where a phrase ends that begins at a word of a stretch between commas."""
        end = (
            self.sign(at, chunk.stop)
            or self.phrase(at, chunk.stop)
            or self._state(at, chunk)
            or self._full(at, chunk)
            or self.event(at, chunk.stop)
        )
        if end and end < chunk.stop and self._words.lower[end] in OPENERS:
            moved = self._words.lower[end - 1].endswith("ing")  # *whispering with energy*
            end = (self._with(end, chunk.stop) if moved else None) or end
        return None if end and end < chunk.stop and self._acts(at, end) else end

    def _acts(self, at: int, end: int) -> bool:
        """Tell whether an adverb tells of what follows: *, slowly rising*, *, wholly unaware*."""
        adverb = self._words.lower[end - 1].endswith("ly") and end - at <= 2
        return adverb and self._words.lower[end] not in _GOES_ON

    def phrase(self, at: int, stop: int) -> int | None:
        """Return where a phrase of manner ends that begins at a word."""
        words = self._words
        end = self.adverbs(at, stop)
        if end and self._words.lower[at] == "as" and end < stop:
            likened = _GOES_ON_LIKENED.match(self._text, words.starts[end], words.ends[stop - 1])
            return words.between(words.starts[at], likened.end()).stop if likened else end
        if end:
            return end
        if words.lower[at] in _OWN_LEADS and at + 1 < stop:
            return self.phrase(at + 1, stop) or self.sign(at + 1, stop)
        limit = words.ends[stop - 1]
        fixed = _FIXED.match(self._text, words.starts[at], limit)
        if fixed:
            return words.between(words.starts[at], fixed.end()).stop
        if words.lower[at] in OPENERS:
            return self._with(at, stop)
        return None

    def adverbs(self, at: int, stop: int) -> int | None:
        """Return where *rather coldly*, *quietly and firmly*, *more sadly than angrily* end."""
        place = self._past_intensifiers(at, stop)
        if place >= stop:
            return None
        last = self._ends_low(place, stop) or self._tells_last(place, stop, at < place)
        if not (self.adverb(place) or last):
            return None
        place += 1
        if place + 1 < stop and self._words.lower[place] in AND | {"than"}:
            return self.adverbs(place + 1, stop) or place
        return place

    def _past_intensifiers(self, at: int, stop: int) -> int:
        lower = self._words.lower
        if lower[at] == "a" and at + 1 < stop and lower[at + 1] in ("little", "trifle"):
            at += 2
        if lower[at : at + 3] == ["more", "and", "more"]:
            at += 2
        while at < stop and lower[at] in INTENSIFIERS:
            at += 1
        return at

    def adverb(self, at: int) -> bool:
        """Tell whether a word is an adverb of how something is done."""
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
        if self._words.lower[at] not in _LAST_BARE:
            return False
        return at + 1 == stop or self._words.lower[at + 1] in STOPS - {"as", "than", "to", "for"}

    def _tells_last(self, at: int, stop: int, intensified: bool) -> bool:
        return self._words.lower[at] in _WHERE_LAST and (intensified or at + 1 == stop)

    def sign(self, at: int, stop: int) -> int | None:
        """Read a participle or adjective that tells a voice or feeling: *softly laughing*."""
        lower = self._words.lower
        place = self._past_degrees(at, stop)
        if place >= stop or self._takes(place + 1, stop):
            return None
        form = lower[place]
        following = lower[place + 1] if place + 1 < stop else ""
        acts = form.endswith("ed") and lower[at - 1] in _PAST_AFTER
        moves = form == "shaking" and bool(following)
        if acts or moves or form == "feeling" or following in _REFLEXIVES | _SOUNDS | {"to"}:
            return None
        if form.endswith("ly") or (form in VOICES and following == "in"):
            return None
        if told(form) is None:
            return None
        moved = form.endswith("ing") and place + 1 < stop and self.adverb(place + 1)
        return place + 1 + moved

    def _takes(self, at: int, stop: int) -> bool:
        """Tell whether an object follows a verb: *raising a cup*, but *hesitating a little*."""
        following = self._words.lower[at : min(at + 2, stop)]
        return (
            following[:1] != []
            and following[0] in _TAKES | _OBJECTS
            and following[1:] != ["little"]
        )

    def _past_degrees(self, at: int, stop: int) -> int:
        """Skip what tells of a state how great it is: *greatly pleased*."""
        if self._words.lower[at] == "as":
            return at
        place = self._past_intensifiers(at, stop)
        led = place + 1 < stop and self._words.lower[place].endswith("ly")
        return self._past_intensifiers(place + 1, stop) if led else place

    def _state(self, at: int, chunk: range) -> int | None:
        """Read a state that stands by itself: *, stupefied,* and *, very sweet.*."""
        place = self._past_degrees(at, chunk.stop)
        paired = place + 3 == chunk.stop and self._words.lower[place + 1] in AND
        if at != chunk.start or (place + 1 != chunk.stop and not paired):
            return None
        form = self._words.lower[place]
        participle = form.endswith("ed") and len(form) > _SHORT_LY and form not in SPEECH_VERBS
        graded = at < place == self._past_intensifiers(at, chunk.stop)
        stated = participle or form in _STATES or graded
        if not stated or form in _NEVER_STATE | _NO_MANNER:
            return None
        return None if self._words.forms[place][0].isupper() else chunk.stop

    def _full(self, at: int, chunk: range) -> int | None:
        """Read what somebody is full of: *, flushed with exasperation,* and *, red with shame*."""
        place = self._past_degrees(at, chunk.stop)
        if at != chunk.start or self._words.lower[place + 1 : place + 2] != ["with"]:
            return None
        end = self._with(place + 1, chunk.stop)
        felt = end and told(self._words.lower[end - 1]) == "feeling"
        return end if felt and self._words.lower[place] not in _GOES_ON else None

    def event(self, at: int, stop: int) -> int | None:
        """Read *with a thrill*, *with curled lip*: with what nobody has in hand."""
        words = self._words
        if words.lower[at] != "with":
            return None
        ends = next((p for p in range(at + 1, stop) if self._parts_off(p)), stop)
        inside = words.lower[at + 1 : ends]
        if not 0 < len(inside) <= _ADJECTIVES + 1 or not inside[-1].isalpha():
            return None
        one = inside[0] in ("a", "an")
        adjectives = inside[1:-1] if one else inside[:-1]
        part = inside[-1] in _PARTS and (not adjectives or inside[-1] not in _SHOWING)
        does = bool(adjectives) and not one and inside[-1].endswith(("ed", "ing"))
        named = any(form[0].isupper() for form in words.forms[at + 1 : ends])
        return None if part or does or named or not _NO_EVENTS.isdisjoint(inside) else ends

    def _parts_off(self, at: int) -> bool:
        form = self._words.lower[at]
        return form in _PHRASE_ENDS | _PREPOSITIONS | OPENERS and form != "and"

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
        does = head + 1 < ends and words.lower[head + 1].endswith("ing")
        shown = words.lower[at + 1] != "the" and not _PARTS.isdisjoint(words.lower[head:ends])
        return None if owned and (does or shown) else ends

    def amid_adjectives(self, place: int, clause: range) -> bool:
        """Tell whether a comma parts the adjectives of one phrase: *in a dull, low voice*."""
        lower = self._words.lower
        first = max(clause.start, place - _ADJECTIVES)
        opener = next((p for p in range(place - 1, first - 1, -1) if lower[p] in OPENERS), None)
        if opener is None or _PARTS.intersection(lower[opener:place]):
            return False
        noun = any(
            self._heads(lower[opener], p) and lower[p] not in MANNERS
            for p in range(opener + 1, place)
        )
        ahead = range(place, min(place + _ADJECTIVES, clause.stop))
        return (
            not noun
            and any(lower[p] in _SOUNDS | _SIGNS or _ABSTRACT.search(lower[p]) for p in ahead)
            and (OPENERS | _TAKES).isdisjoint(lower[p] for p in ahead)
        )

    def _ends(self, at: int, stop: int) -> bool:
        """Tell whether a phrase ends before a word; *a low and broken voice* goes on."""
        lower = self._words.lower
        ahead = lower[at + 1 : min(at + 1 + _ADJECTIVES, stop)]
        goes_on = lower[at] in AND and not OPENERS.intersection(ahead)
        if goes_on and (_SOUNDS | _SIGNS).intersection(ahead):
            return False
        if goes_on and _PARTS.intersection(ahead) and _TAKES.isdisjoint(ahead):
            return False
        if lower[at - 1] in _AIMS:
            return False
        measured = {"much", "little"}.intersection(lower[at - 2 : at + 2])
        return lower[at] in _PHRASE_ENDS and not (lower[at] == "as" and measured)

    def _heads(self, opener: str, at: int) -> bool:
        form = self._words.lower[at]
        if opener == "in":
            return (
                form in _SOUNDS | _TONGUES | _MOODS
                or MANNERS.get(form) == "feeling"
                or (form.endswith(("ment", "ness")) and form != "moment")
            )
        if self._words.lower[at - 1] in _MEASURES and form not in _PARTS:
            return True
        named = form in _SOUNDS or form in _SIGNS or form in MANNERS or bool(_ABSTRACT.search(form))
        return named and not form.endswith("ly")


def told(form: str) -> str | None:
    """Return what a word of manner tells; an adverb tells what its adjective does."""
    if form in VOICES:
        return "delivery"
    return next((MANNERS[each] for each in stems(form) if each in MANNERS), None)
