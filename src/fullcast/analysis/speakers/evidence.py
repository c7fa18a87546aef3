"""What speaks for and against each candidate for each quotation, as named numbers."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from fullcast.analysis.lexicon import LADIES, LORDS
from fullcast.analysis.people.names import Naming
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.scene.scene import Scene
from fullcast.infer.scorer import Features
from fullcast.infer.story import NOBODY, Beliefs

PERSON = "person"
"""The reason of what a person has decided."""
_RANK_BEHIND = 4
MAX_CANDIDATES = 9
_LEAST_CANDIDATES = 4
_ABOUT = 5
"""So many of the most salient are taken to be present."""
NEAR_QUOTATIONS = 10
_PARAGRAPHS_BACK = 10
_PARAGRAPHS_AHEAD = 3
_LEAST_READ = 0.003
"""What the network gives everybody at least: it may not have seen them."""
_WORTH_READING = 0.05
_SENTENCE_END = re.compile(r"[.!?;:…“”\"«»]|\n\s*\n")
_SENTENCE_REACH = 200
_ANTECEDENT_REACH = 1200
"""Characters that a pronoun is searched back for its name."""
_ENDLESS = 99
"""Paragraphs behind the last line."""
_ANY: frozenset[str] = frozenset()
_KIN_TITLES = {
    "mother": LADIES, "wife": LADIES, "father": LORDS, "husband": LORDS,
    "sister": _ANY, "brother": _ANY, "daughter": _ANY, "son": _ANY, "cousin": _ANY,
    "niece": _ANY, "nephew": _ANY, "uncle": _ANY, "aunt": _ANY,
}  # fmt: skip
"""Titles that somebody described as kin goes by, where any are likely."""


def reason(scene: Scene, t: int) -> str:
    """Name the kind of evidence a line has: a tag, a beat, or its place among the turns."""
    if t in scene.said:
        return PERSON
    tag = scene.tag(t)
    if scene.named(t):
        if tag and tag.subject.taught:
            return "tag-as-corrected"
        return "named-by-tag" if tag and not tag.subject.first_person else "first-person-tag"
    if tag and tag.verb:
        return "shared-name" if tag.subject.characters else "pronoun-or-description"
    return "beat" if tag else "turn"


class Weigher:
    """Lists the candidates of a quotation and what tells for each."""

    def __init__(self, scene: Scene, readings: Sequence[Beliefs] = ()) -> None:
        """Index the scene.

        Args:
            scene: What the rules know of the book.
            readings: Whom the reading network takes for the speaker of each turn, if it was asked.
        """
        self._scene = scene
        self._readings = readings
        self._starts = [naming.start for naming in scene.narrated]
        self._named = [scene.settled(t) for t in range(len(scene.quotations))]
        self._tagged = [n if n == scene.named(t) else None for t, n in enumerate(self._named)]
        self._callers: dict[str, Counter[str]] = {}
        for name, keys in zip(self._named, scene.calls, strict=True):
            for key in keys if name else ():
                self._callers.setdefault(key, Counter())[name or ""] += 1
        self._about: dict[int, list[str]] = {}
        self._foremost = sorted(scene.prominence, key=lambda c: (-scene.prominence[c], c))

    def candidates(self, t: int) -> dict[str, Features]:
        """Return the likeliest speakers of ``t`` with the evidence for each."""
        salience = self._salience(t)
        keep = _most(salience, MAX_CANDIDATES)
        for character in self._foremost:
            if len(keep) >= _LEAST_CANDIDATES:
                break
            if character not in keep:
                keep.append(character)
        subject = self._subject(t)
        for character in (*(subject.characters if subject else ()), *self._read(t)):
            if character not in keep:
                keep.append(character)
        seen = self._seen(t)
        found = {c: self._features(t, c, salience[c]) for c in self._agreeable(subject, t, keep)}
        for character, features in found.items():
            features["absent so far"] = float(character not in seen)
        found[NOBODY] = self._nobody(t)
        if self._readings:
            evidence = f"network: {reason(self._scene, t)}"
            for character, features in found.items():
                share = self._readings[t].get(character, 0.0)
                features[evidence] = log(share + _LEAST_READ)
        return found

    def _read(self, t: int) -> list[str]:
        """Return whom the network would name for ``t``, likelier than not so few that it tells."""
        shares = self._readings[t] if self._readings else {}
        return [c for c, share in shares.items() if share >= _WORTH_READING and c != NOBODY]

    def _nobody(self, t: int) -> Features:
        """Return what tells for somebody who is not in the cast, or not about."""
        features: Features = {"nobody": 1.0}
        tag = self._scene.tag(t)
        if tag and not tag.subject.characters and not tag.subject.first_person:
            kind = "described" if tag.subject.head else "pronoun"
            features[f"nobody: {kind} by {_place(tag)}"] = 1.0
        return features

    def _seen(self, t: int) -> set[str]:
        """Return who was named, called or heard by tag lately, up to this paragraph."""
        scene = self._scene
        here = scene.layout.first[t]
        paragraphs = scene.layout.paragraphs
        start = paragraphs[max(0, here - _PARAGRAPHS_BACK)].span.start
        named = self._named_between(start, paragraphs[here].span.end)
        seen = {c for naming in named for c in naming.characters}
        for other in range(max(0, t - NEAR_QUOTATIONS), t):
            seen |= scene.called[other]
            seen.add(self._named[other] or "")
        return seen | {scene.teller(t) or ""}

    def _agreeable(self, subject: Subject | None, t: int, keep: list[str]) -> list[str]:
        """Leave out whom a verb of speech cannot mean: *said Ada* means one of the Adas.

        Likewise *he said* and *she said*, if anybody else is left.
        """
        tag = self._scene.tag(t)
        if subject is None or tag is None or tag.verb is None:
            return keep
        if subject.characters:
            return list(subject.characters)
        if not (tag.rank == 0 and subject.plain):
            return keep
        genders = self._scene.genders
        others = [c for c in keep if c != self._scene.teller(t)]
        if any(genders.get(c) == subject.gender for c in self._most_salient(t)):
            return [c for c in others if genders.get(c) == subject.gender]
        return [c for c in others if genders.get(c, "x") in (subject.gender, "x")] or keep

    def _subject(self, t: int) -> Subject | None:
        tag = self._scene.tag(t)
        return tag.subject if tag else None

    def _salience(self, t: int) -> dict[str, float]:
        """Count who is about: named speakers near by, names in narration, people called."""
        scene, found = self._scene, defaultdict[str, float](float)
        count = len(scene.quotations)
        for other in range(max(0, t - NEAR_QUOTATIONS), min(count, t + NEAR_QUOTATIONS + 1)):
            weight = 2.0 / (1 + 0.3 * abs(other - t))
            name = self._named[other]
            if name:
                found[name] += 2 * weight
            for character in scene.called[other]:
                found[character] += weight * (other != t)
        for naming, distance in self._names_about(t):
            for character in naming.characters:
                found[character] += 1.0 / (1 + 0.5 * distance) / len(naming.characters)
        teller = scene.teller(t)
        if teller:
            found[teller] += 0.8
        return found

    def _names_about(self, t: int) -> Iterable[tuple[Naming, int]]:
        """Yield names in the narration around a quotation with their distance in paragraphs."""
        paragraphs = self._scene.layout.paragraphs
        here = self._scene.layout.first[t]
        for number in range(max(0, here - _PARAGRAPHS_BACK),
                            min(len(paragraphs), here + _PARAGRAPHS_AHEAD + 1)):  # fmt: skip
            span = paragraphs[number].span
            for naming in self._named_between(span.start, span.end):
                yield naming, abs(number - here)

    def _features(self, t: int, character: str, salience: float) -> Features:
        features: Features = {"salience": log(0.2 + salience)}
        features["prominence"] = self._scene.prominence.get(character, 0.0)
        self._tag_features(t, character, features)
        self._speech_features(t, character, features)
        self._place_features(t, character, features)
        return features

    def _tag_features(self, t: int, character: str, features: Features) -> None:
        for number, tag in enumerate(self._scene.tags[t][:2]):
            which = _place(tag) + (" too" if number else "")
            self._subject_features(t, tag, which, character, features)

    def _subject_features(
        self, t: int, tag: Tag, which: str, character: str, features: Features
    ) -> None:
        scene, subject = self._scene, tag.subject
        told = character == scene.teller(t)
        if subject.first_person:
            features[f"{which}: I, " + ("narrator" if told else "another")] = 1.0
        elif subject.characters:
            if character in subject.characters:
                features[f"{which}: named"] = 1.0 / len(subject.characters)
        else:
            if told:
                features[f"{which}: narrator in third person"] = 1.0
            self._pronoun_features(t, tag, which, character, features)

    def _pronoun_features(
        self, t: int, tag: Tag, which: str, character: str, features: Features
    ) -> None:
        subject = tag.subject
        gender = self._scene.genders.get(character, "x")
        meant = self._meant(subject)
        if character in self._set_apart(tag):
            features[f"{which}: gender differs"] = 1.0
            return
        if meant == "p" or gender == "p":
            same = meant == gender
            features[f"{which}: number " + ("agrees" if same else "differs")] = 1.0
        elif meant in "fmt":
            state = "untold" if gender == "x" else "agrees" if gender == meant else "differs"
            features[f"{which}: gender {state}"] = 1.0
        if subject.head:
            if self._kin(t, subject, character):
                features[f"{which}: kin"] = 1.0
            if subject.head in self._scene.titles.get(character, ()):
                features[f"{which}: titled so"] = 1.0
            return
        if gender == meant and self._agreeing(t, meant) == [character]:
            features[f"{which}: only one agrees"] = 1.0
        if self._last_subject(subject.span.start, meant) == character:
            features[f"{which}: last subject"] = 1.0
        rank = self._antecedent_rank(subject, character)
        if rank is not None and rank < 3:
            features[f"{which}: antecedent {rank}"] = 1.0

    def _set_apart(self, tag: Tag) -> set[str]:
        """Return whom a pronoun cannot mean, as its sentence names them behind it.

        *She told Ada*; but *he heard Finch say* may be a tag of Finch's.
        """
        subject = tag.subject
        if subject.characters or subject.first_person or subject.head:
            return set()
        start = (tag.verb or tag.subject.span).end
        end = _SENTENCE_END.search(self._scene.text, start, start + _SENTENCE_REACH)
        named = self._named_between(start, end.start() if end else start + _SENTENCE_REACH)
        return {c for naming in named for c in naming.characters}

    def _meant(self, subject: Subject) -> str:
        """Return the gender that a subject tells; *they* is one person where somebody is a they."""
        single = subject.gender == "p" and not (subject.head or subject.first_person)
        return "t" if single and "t" in self._scene.genders.values() else subject.gender

    def _agreeing(self, t: int, gender: str) -> list[str]:
        """Return who of those about can be *he* or *she*."""
        genders = self._scene.genders
        return [c for c in self._most_salient(t) if genders.get(c, "x") in (gender, "x")]

    def _most_salient(self, t: int) -> list[str]:
        if t not in self._about:
            self._about = {t: _most(self._salience(t), _ABOUT)}
        return self._about[t]

    def _kin(self, t: int, subject: Subject, character: str) -> bool:
        """Tell whether *her mother* can be Mrs. Finch: another Finch is about."""
        titles = _KIN_TITLES.get(subject.head)
        if titles is None or (titles and not titles & self._scene.titles[character]):
            return False
        family = self._scene.families[character]
        return any(
            family & self._scene.families[other]
            for other in self._most_salient(t)
            if other != character
        )

    def _antecedent_rank(self, subject: Subject, character: str) -> int | None:
        """Return how many agreeing people were named between the character and the pronoun."""
        place = bisect_left(self._starts, subject.span.start)
        seen: list[str] = []
        for naming in reversed(self._scene.narrated[max(0, place - 8) : place]):
            if naming.start < subject.span.start - _ANTECEDENT_REACH:
                break
            for other in naming.characters:
                agrees = self._scene.genders.get(other, "x") in (self._meant(subject), "x")
                if agrees and other not in seen:
                    seen.append(other)
        return seen.index(character) if character in seen else None

    def _last_subject(self, place: int, gender: str = "") -> str | None:
        """Return who was last named as a subject before ``place``, of that gender if given."""
        high = bisect_left(self._starts, place)
        for number in range(high - 1, max(-1, high - 9), -1):
            naming = self._scene.narrated[number]
            if naming.start < place - _ANTECEDENT_REACH:
                return None
            if self._scene.subjects[number]:
                for other in naming.characters:
                    if not gender or self._scene.genders.get(other, "x") in (gender, "x"):
                        return other
        return None

    def _speech_features(self, t: int, character: str, features: Features) -> None:
        scene = self._scene
        features["calls so elsewhere"] = self._calls_so(t, character)
        features["called here"] = float(character in scene.called[t])
        features["spoken of here"] = float(character in scene.spoken_of[t])
        for step, word in ((-1, "before"), (1, "after")):
            other = t + step
            if not 0 <= other < len(scene.quotations) or self._gap(min(t, other)) > 1:
                continue
            called = character in scene.called[other]
            features[f"called {word}"] = float(called)
            if step < 0:
                features["asked by name"] = float(called and scene.asks[other])
            features[f"spoken of {word}"] = float(character in scene.spoken_of[other])
            far = other + step
            if 0 <= far < len(scene.quotations):
                features[f"called two {word}"] = float(character in scene.called[far])
        for step, word in ((-1, "before"), (1, "after")):
            features[f"tagged {word}"] = self._nearest_tagged(t, character, step)

    def _calls_so(self, t: int, character: str) -> float:
        """Return how much of the tagged speech that calls somebody by this name is theirs.

        In tenths: one line more is not to be felt through the whole book.
        """
        callers = sum(
            (self._callers.get(key, Counter()) for key in self._scene.calls[t]), Counter()
        )
        named = self._named[t]
        if named and named in callers:
            callers[named] -= 1
        total = sum(callers.values())
        return round(callers[character] / (total + 1), 1)

    def _nearest_tagged(self, t: int, character: str, step: int) -> float:
        """Return how near the character is tagged by name: 1 next door, fading to 0.

        By the author, that is: who is named near by would be named again here. That a person has
        settled a line tells no such thing.
        """
        for distance in range(2, NEAR_QUOTATIONS):
            other = t + step * distance
            if not 0 <= other < len(self._tagged):
                break
            if self._tagged[other] == character:
                return 1.0 / (distance - 1)
        return 0.0

    def _gap(self, t: int) -> int:
        """Return how many paragraphs of narration stand between ``t`` and the next quotation."""
        layout = self._scene.layout
        return layout.first[t + 1] - layout.last[t] - 1 if t + 1 < len(layout.first) else _ENDLESS

    def _place_features(self, t: int, character: str, features: Features) -> None:
        layout = self._scene.layout
        first, last = layout.first[t], layout.last[t]
        tag = self._scene.tag(t)
        here = set(self._order_in(first)) - (self._set_apart(tag) if tag else set())
        features["named in paragraph"] = float(character in here)
        if first and not layout.paragraphs[first - 1].parts:
            names = self._order_in(first - 1)
            features["named in narration before"] = float(character in names)
            features["first named before"] = float(bool(names) and names[0] == character)
            start = layout.paragraphs[first].span.start
            about = bool(names) and self._last_subject(start) == character
            features["last subject before"] = float(about)
        elif first:
            features["named beside speech before"] = float(character in self._order_in(first - 1))
        if last + 1 < len(layout.paragraphs):
            names = self._order_in(last + 1)
            kind = "narration" if not layout.paragraphs[last + 1].parts else "speech"
            features[f"first named in {kind} after"] = float(bool(names) and names[0] == character)

    def _order_in(self, paragraph: int) -> list[str]:
        span = self._scene.layout.paragraphs[paragraph].span
        named = self._named_between(span.start, span.end)
        return [c for naming in named for c in naming.characters]

    def _named_between(self, start: int, end: int) -> Sequence[Naming]:
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._scene.narrated[low:high]


def _place(tag: Tag) -> str:
    """Name where a tag stands: behind the speech, leading up to it, or as a beat by or in it."""
    if tag.verb:
        return "tag" if tag.rank == 0 else "lead"
    if tag.between:
        return "beat between"
    return "beat before" if tag.rank < _RANK_BEHIND else "beat behind"


def _most(salience: Mapping[str, float], count: int) -> list[str]:
    """Return the most salient characters, most first."""
    return sorted(salience, key=lambda c: (-salience[c], c))[:count]
