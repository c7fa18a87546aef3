"""What is believed of each turn's speaker: all weighed once, then anew where a person corrects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.chain import Link, marginals
from fullcast.analysis.speakers.evidence import NEAR_QUOTATIONS, Weigher
from fullcast.analysis.speakers.lessons import teach
from fullcast.analysis.speakers.links import Step, link_features
from fullcast.analysis.speakers.surroundings import REACH, Surroundings
from fullcast.infer.scorer import Features, Question, Scorer
from fullcast.infer.story import NOBODY, Reader, Reading

_SOMEBODY_ELSE = "-"
_DIGITS = 3
"""Of a belief. With more, one correction would be felt, ever fainter, through a whole chapter."""


class Conversation:
    """The talk of a whole book, with a belief for each turn.

    A correction concerns few turns, so only these and what the chain ties to them are weighed
    anew. The beliefs depend on what was said, and not on the order in which it was.
    """

    def __init__(
        self,
        scene: Scene,
        steps: Sequence[Step],
        scorer: Scorer,
        reader: Reader | None = None,
    ) -> None:
        """Weigh every turn.

        Args:
            scene: What the rules know of the book, with nothing said yet.
            steps: How its turns follow one another.
            scorer: How evidence tells for a speaker.
            reader: The reading network at work on the book; without it the rules judge alone.
        """
        self.scene = scene
        """With all that was said, and what follows from it for other tags."""
        self.beliefs: list[dict[str, float]] = [{} for _ in steps]
        """For each turn its candidates' probabilities, as the chain has them."""
        self.shares: list[dict[str, float]] = [{} for _ in steps]
        """For each turn their probabilities in the end, as the re-ranker has them."""
        self._untaught = scene
        self._steps = steps
        self._scorer = scorer
        self._link = _linker(steps, scorer.weights)
        self._surroundings = Surroundings(scene, steps, self.beliefs)
        self._evidence: list[dict[str, Features]] = [{} for _ in steps]
        self._scores: list[dict[str, float]] = [{} for _ in steps]
        self._pieces: set[range] = set()
        self._reader = reader
        self._tagged = {t: name for t in range(len(steps)) if (name := scene.named(t))}
        self._read()
        self._judge(range(len(steps)), ())

    def correct(self, said: Mapping[int, str | None]) -> set[int]:
        """Believe a person; return the turns that are to be judged anew.

        Args:
            said: Who speaks each turn that a person has settled so far, ``None`` for nobody in the
                cast. Turns that were settled before and are left out are open again.
        """
        before = self.scene
        self.scene = teach(self._untaught, self._steps, said)
        differing = _differing(before, self.scene)
        if not differing:
            return set()
        reread = set(self._read())
        concerned = _concerned(self.scene, differing) | reread
        return self._judge(concerned, differing) | reread.union(differing)

    @property
    def readings(self) -> Sequence[Reading]:
        """What the network makes of each turn; nothing where there is no network."""
        return self._reader.readings if self._reader else ()

    def _read(self) -> Iterable[int]:
        """Tell the network what is settled; return the turns that it has read anew."""
        if self._reader is None:
            return ()
        decided = {
            t: self.scene.settled(t) or NOBODY
            for t in _differing(self._untaught, self.scene)
            if t in self.scene.said or self.scene.named(t)
        }
        return self._reader.read(self._tagged, decided)

    def _judge(self, turns: Iterable[int], differing: Iterable[int]) -> set[int]:
        """Weigh turns anew and all that hangs on them; return where the outcome is another.

        Args:
            turns: Of which the evidence may be another.
            differing: Of which a person, or a tag, says something else.
        """
        weigher = Weigher(self.scene, [reading.speakers for reading in self.readings])
        moved = self._weigh(turns, weigher)
        touched = moved.union(self._tie(moved), differing)
        around = {u for t in touched for u in range(t - REACH, t + REACH + 1)}
        return self._rank(around.intersection(range(len(self._steps))))

    def _weigh(self, turns: Iterable[int], weigher: Weigher) -> set[int]:
        """Weigh turns anew, each alone; return those that now score otherwise."""
        moved = set()
        for t in turns:
            scores = self._score(weigher, t)
            if scores != self._scores[t]:
                self._scores[t] = scores
                moved.add(t)
        return moved

    def _rank(self, turns: Iterable[int]) -> set[int]:
        """Look at turns again, with all that is believed around them."""
        turns = sorted(turns)
        reranker = self._scorer.reranker
        asked = [t for t in turns if len(self.beliefs[t]) > 1] if reranker else []
        questions = map(self._question, asked)
        ranked = dict(zip(asked, reranker.rank(questions), strict=True)) if reranker else {}
        changed = set()
        for t in turns:
            shares = ranked.get(t, self.beliefs[t])
            if shares != self.shares[t]:
                self.shares[t] = shares
                changed.add(t)
        return changed

    def _question(self, t: int) -> Question:
        turn, around = self._surroundings.describe(self.scene, t)
        evidence = self._evidence[t]
        return Question(turn, {c: evidence[c] | around[c] for c in around})

    def _score(self, weigher: Weigher, t: int) -> dict[str, float]:
        if t in self.scene.said:
            return {self.scene.said[t] or NOBODY: 0.0}
        name = self.scene.named(t)
        if name:
            return {name: 0.0}
        self._evidence[t] = weigher.candidates(t)
        return _added(self._evidence[t], self._scorer.weights)

    def _tie(self, moved: set[int]) -> set[int]:
        """Run the chain along each piece of talk in which a turn's own score has moved."""
        before, self._pieces = self._pieces, set(_pieces(self._steps, self._scores))
        changed = set()
        for piece in self._pieces:
            if piece in before and moved.isdisjoint(piece):
                continue
            link = partial(_shifted, self._link, piece.start)
            found = marginals(self._scores[piece.start : piece.stop], link)
            for t, exact in zip(piece, found, strict=True):
                shares = {s: round(p, _DIGITS) for s, p in exact.items()}
                if shares != self.beliefs[t]:
                    self.beliefs[t] = shares
                    changed.add(t)
        return changed


def _differing(before: Scene, after: Scene) -> list[int]:
    """Return the turns of which a person, or a tag, says something else."""
    return [
        t
        for t, (old, new) in enumerate(zip(before.tags, after.tags, strict=True))
        if (t in before.said) != (t in after.said)
        or before.said.get(t) != after.said.get(t)
        or old != new
    ]


def _concerned(scene: Scene, differing: Iterable[int]) -> set[int]:
    """Return all turns whose evidence may rest on these: those near by, and those who call so."""
    count = len(scene.quotations)
    found: set[int] = set()
    names: set[str] = set()
    for t in differing:
        found.update(range(max(0, t - NEAR_QUOTATIONS), min(count, t + NEAR_QUOTATIONS + 1)))
        names |= scene.calls[t]
    return found.union(t for t, calls in enumerate(scene.calls) if not names.isdisjoint(calls))


def _pieces(steps: Sequence[Step], scores: Sequence[Mapping[str, float]]) -> Iterator[range]:
    """Cut the talk where nothing said before matters to what comes after.

    That is where a scene opens, at a thought, and at two turns in a row with one candidate each: as
    the chain looks back on two turns only, these end one piece and begin the next.
    """
    start = 0
    for t in range(1, len(steps)):
        if steps[t].gap in ("start", "thought"):
            yield range(start, t)
            start = t
        elif t - start > 1 and len(scores[t - 1]) == len(scores[t]) == 1:
            yield range(start, t + 1)
            start = t - 1
    if steps:
        yield range(start, len(steps))


def _added(candidates: Mapping[str, Features], weights: Mapping[str, float]) -> dict[str, float]:
    """Add up the evidence for each candidate."""
    return {
        character: sum(weights.get(name, 0.0) * value for name, value in features.items())
        for character, features in candidates.items()
    }


def _linker(steps: Sequence[Step], weights: Mapping[str, float]) -> Link:
    """Return what the links between turns weigh; there are few kinds, so each is added up once."""
    known: dict[tuple[Step, Step, bool], tuple[float, float]] = {}

    def added(names: Iterable[str]) -> float:
        return sum(weights.get(name, 0.0) for name in names)

    def link(t: int, s: str) -> tuple[float, float]:
        step, before = steps[t], steps[t - 1]
        key = (step, before, s == NOBODY)
        if key not in known:
            again = added(link_features(step, before, s, s, ""))
            back = added(link_features(step, before, s, _SOMEBODY_ELSE, s))
            known[key] = again, back
        return known[key]

    return link


def _shifted(link: Link, start: int, t: int, s: str) -> tuple[float, float]:
    """Count places from the piece's first turn."""
    return link(start + t, s)
