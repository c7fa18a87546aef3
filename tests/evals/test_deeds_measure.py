"""The measure of what is read around the talk, on labels made for it."""

from collections import Counter
from pathlib import Path

from making import where

from evals.deeds import LabelledDeed, Labels, ManneredCue, count, read_labels, summarize
from fullcast.model import Annotations, Character, Deed, DeedKind, Manner, MannerPhrase, Span

TEXT = "Go, said Ada softly. She took his hand. He nodded."
ADA = Character(id="ada", name="Ada Finch", aliases=("Ada",))


def labels() -> Labels:
    taken = LabelledDeed(
        verb=where(TEXT, "took"),
        agents=(where(TEXT, "She"),),
        target=where(TEXT, "his"),
        open_target=False,
        who="Ada",
        whom="",
        doubtful=False,
    )
    cue = ManneredCue(
        draw="1",
        quotation="q0",
        verb=where(TEXT, "said"),
        phrases=(where(TEXT, "softly"),),
    )
    return Labels(cues=(cue,), paragraphs={Span(0, len(TEXT)): (taken,)})


def test_right_and_wrong_are_counted() -> None:
    found = Annotations(
        characters=(ADA,),
        manners=(
            Manner(
                quotation="q0",
                verb=where(TEXT, "said"),
                phrases=(MannerPhrase(span=where(TEXT, "softly")),),
            ),
        ),
        deeds=tuple(
            Deed(
                span=where(TEXT, verb),
                kind=DeedKind.ACT,
                verb=where(TEXT, verb),
                agent=where(TEXT, agent),
                target=where(TEXT, "his") if verb == "took" else None,
                character="ada",
                probability=0.9,
            )
            for agent, verb in (("She", "took"), ("He", "nodded"))
        ),
    )
    counts: Counter[str] = Counter()
    wrong = list(count(labels(), found, TEXT, counts))
    result = summarize(counts)
    assert len(wrong) == 1
    assert result["draw 1: both"] == 1.0
    assert (result["deeds.recall"], result["deeds.precision"]) == (1.0, 0.5)
    assert (result["deeds.agent"], result["deeds.target"], result["deeds.who"]) == (1.0, 1.0, 1.0)


def test_the_labels_can_be_read() -> None:
    found = read_labels(Path(__file__).parents[2] / "evals")
    paragraphs = [deeds for each in found.values() for deeds in each.paragraphs.values()]
    assert len(paragraphs) == 200
    assert sum(len(each.cues) for each in found.values()) == 1534
    assert all(
        span.contains(deed.verb)
        for each in found.values()
        for span, deeds in each.paragraphs.items()
        for deed in deeds
    )
