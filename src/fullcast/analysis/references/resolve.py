"""Go through a text and choose for each mention whom it means."""

from collections.abc import Sequence

from fullcast.analysis.references.evidence import weigh
from fullcast.analysis.references.people import History
from fullcast.analysis.references.reference import read_talk, refer
from fullcast.analysis.references.spot import Spotted, spot
from fullcast.infer.ranker import Ranker, Rankers, shipped_rankers
from fullcast.model import Annotations, Book, Mention, Span


def find_mentions(
    book: Book,
    found: Annotations,
    *,
    spotted: Sequence[Spotted] | None = None,
    rankers: Rankers | None = None,
) -> tuple[Mention, ...]:
    """Return every mention of a person, in order, and whom it means.

    Args:
        book: The story.
        found: Who says what in it; as a person has corrected it, if one has.
        spotted: Where people are mentioned, in order, where that is known; found otherwise.
        rankers: What weighs where mentions are and who is meant; the shipped ones by default.
    """
    rankers = rankers or shipped_rankers()
    places = spot(book, found, rankers.phrases) if spotted is None else spotted
    history = History(refer(book, found, places), read_talk(found))
    choices = {mention: _choose(history, mention, rankers.who) for mention in history.order()}
    chains = [
        person.character or f"p{min(places[member][0].start for member in person.members)}"
        for person in history.people
    ]
    mentions = []
    for mention, (span, kind) in enumerate(places):
        number, probability, evidence = choices[mention]
        mentions.append(
            Mention(
                span=span,
                kind=kind,
                character=history.people[number].character,
                chain=chains[number],
                probability=probability,
                evidence=evidence,
            )
        )
    return tuple(mentions)


def _choose(history: History, mention: int, ranker: Ranker) -> tuple[int, float, Span | None]:
    """Let a mention join the likeliest; return who that is, how likely, and the mention before."""
    candidates = history.candidates(mention)
    shares = ranker.rank(weigh(history, mention, candidates))
    best = max(range(len(shares)), key=shares.__getitem__)
    known = candidates[best - 1] if best else None
    taken_up = None if known is None else history.people[known].members[-1]
    evidence = None if taken_up is None else history.references[taken_up].span
    return history.join(mention, known), round(shares[best], 4), evidence
