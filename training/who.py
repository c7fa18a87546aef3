"""Go through a text and choose for each mention whom it means; by plain rules, to begin with."""

from collections.abc import Callable

from fullcast.model import MentionKind
from training.entities import History, Text
from training.references import Reference

Choose = Callable[[History, int], int | None]
"""Given everybody so far and a mention, whom it means, or ``None`` for somebody new."""


def resolve(text: Text, choose: Choose) -> list[int]:
    """Return for each mention the number of whom it means."""
    history = History(text)
    for mention in text.order():
        history.join(mention, choose(history, mention))
    return [history.home[n] for n in range(len(text.references))]


def by_rules(history: History, mention: int) -> int | None:
    """Choose by plain rules: whom a name means, who speaks, who was mentioned last and agrees."""
    reference = history.text.references[mention]
    if reference.kind is MentionKind.NAME:
        return _by_name(history, reference)
    if reference.kind is MentionKind.DESCRIPTION:
        return _by_words(history, reference)
    if reference.group == "i":
        known = history.speaker(reference.line)
        return _so_called(history, reference) if known is None else known
    if reference.group == "you":
        known = history.addressee(reference.line)
        return _so_called(history, reference) if known is None else known
    if reference.group in {"we", "who", "other"}:
        return _so_called(history, reference)
    return _latest(history, mention, reference)


def _by_name(history: History, reference: Reference) -> int | None:
    bearer = history.bearer(reference.named)
    if bearer is not None:
        return bearer
    name = " ".join(reference.words)
    return next((n for n, e in enumerate(history.entities) if name in e.names), None)


def _by_words(history: History, reference: Reference) -> int | None:
    if reference.opening == "a":
        return None
    alike = (n for n, e in enumerate(history.entities) if reference.words in e.phrases)
    return max(alike, key=lambda n: history.entities[n].members[-1], default=None)


def _so_called(history: History, reference: Reference) -> int | None:
    key = (reference.line, reference.group)
    return next((n for n, e in enumerate(history.entities) if key in e.groups), None)


def _latest(history: History, mention: int, reference: Reference) -> int | None:
    """Return who agrees and was mentioned last, in the place of a subject if of one sentence."""
    refs, best = history.text.references, None
    speaker = history.speaker(reference.line) if reference.line is not None else None
    for number, entity in enumerate(history.entities):
        genders = entity.genders
        if number == speaker or (genders and reference.gender != genders.most_common(1)[0][0]):
            continue
        last = max(entity.members)
        key = (bool(genders), refs[last].sentence, refs[last].subject, last)
        best = max(best or (key, number), (key, number))
    return best[1] if best else None
