"""What narration tells around the talk: manner, deeds, thoughts, silences, who is there."""

import pytest
from telling import tell, understood

from fullcast.analysis.pipeline import Analysis
from fullcast.model import Annotations, Book, Deed, Manner, SpeakerSet, Voice

CAST = "Ada Finch met Tom Reed. “Well?” said Ada. “Well,” said Tom. She knew him. He knew her."


def manner(words: str) -> tuple[Book, Manner]:
    book, found = understood(words, "“Go,” said Tom.", "“No,” said Ada.")
    return book, found.manners[0]


def told(words: str) -> list[str]:
    book, found = manner(words)
    return [f"{phrase.span.of(book.text)}: {phrase.tells}" for phrase in found.phrases]


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("“Sit,” said Ada.", []),
        ("“Sit,” said Ada quietly.", ["quietly: delivery"]),
        ("“Sit,” said Ada, angrily.", ["angrily: feeling"]),
        ("“Sit,” Ada politely replied.", ["politely: other"]),
        ("“Sit,” said Ada, with all the calm she could find.", 0),
        ("“Sit,” said Ada, in a dull, low voice.", ["in a dull, low voice: delivery"]),
        ("“Sit,” said Ada to Tom in a whisper.", ["in a whisper: delivery"]),
        ("“Sit,” said Ada, rather sadly and slowly.", ["rather sadly and slowly: feeling"]),
        ("“Sit,” said Ada, laughing.", ["laughing: feeling"]),
        ("“Sit,” said Ada, with her hand on the door.", []),
        ("“Sit,” said Ada, looking at him anxiously.", []),
        ("“Sit,” said Ada, shaking her head.", []),
        ("“Sit,” said Ada finally.", []),
        ("“Sit,” said Ada under her breath.", ["under her breath: delivery"]),
        ("“Sit,” said Ada, as if she had not heard.", ["as if she had not heard: other"]),
        ("“Sit,” said Ada, in spite of his anger.", []),
        ("“Sit,” said Molly, aloud.", ["aloud: delivery"]),
        ("“Sit,” said Ada shortly.", ["shortly: delivery"]),
        ("“Sit,” said Ada shortly after.", []),
        ("“Sit,” said Ada, quite simply.", ["quite simply: delivery"]),
        ("“Sit,” said Ada, still smiling.", ["still smiling: feeling"]),
        ("“Sit,” said Ada, still in a whisper.", ["in a whisper: delivery"]),
        ("“Sit,” said Ada, just as if she had not heard.", 1),
        ("“Sit,” said Ada, almost in tears.", ["almost in tears: feeling"]),
        ("“Sit,” said Ada, stupefied.", ["stupefied: other"]),
        ("“Sit,” said Ada, very sweet.", ["very sweet: other"]),
        ("“Sit,” said Ada, with a curtsy.", ["with a curtsy: other"]),
        ("“Sit,” said Ada in a moment.", []),
        ("“Sit,” said Ada, anxious to go.", []),
        ("“Sit,” said Ada, nodding and smiling.", ["smiling: feeling"]),
        ("“Sit,” said Ada, whispering with energy.", ["whispering with energy: delivery"]),
        (
            "“Sit,” said Ada, so eagerly that Tom said, in a low voice: “No.”",
            ["so eagerly: feeling"],
        ),
        ("And Ada turned, appeased, and went out, saying: “Sit.”", []),
        ("“Sit,” said Ada, with curled lip.", ["with curled lip: other"]),
        ("“Sit,” said Ada, with a basket.", []),
        ("“Sit,” said Ada, with Tom.", []),
        ("“Sit,” said Ada, with her long hair blowing about her.", []),
        ("“Sit,” said Ada in her old trembling voice.", ["in her old trembling voice: delivery"]),
        ("“Sit,” said Ada, wholly unaware of him.", []),
        ("“Sit,” said Ada, and sighed again.", []),
        ("“Sit,” said Ada, feeling for her keys.", []),
        ("“Sit,” said Ada, slightly excited.", ["slightly excited: feeling"]),
        ("“Sit,” said Ada, without waiting for him.", []),
        ("“Sit,” said Ada, without flinching.", ["without flinching: other"]),
        ("“Sit,” Ada calmly and very slowly said.", ["calmly and very slowly: delivery"]),
        ("Ada, in a mild, firm voice, replied, “Sit.”", ["in a mild, firm voice: delivery"]),
        ("Ada in a mild, firm voice, replied, “Sit.”", ["in a mild, firm voice: delivery"]),
        ("“Sit,” said Ada, smiling sarcastically.", ["smiling sarcastically: feeling"]),
        ("“Sit,” said Ada, hesitating a little.", ["hesitating: delivery"]),
        ("“Sit,” said Ada, inwardly rejoiced.", ["inwardly rejoiced: feeling"]),
        ("“Sit,” said Ada, more and more astonished.", ["more and more astonished: feeling"]),
        ("“Sit,” said Ada, crest-fallen.", ["crest-fallen: other"]),
        ("“Sit,” said Ada, as was, indeed, true.", []),
        ("“Sit,” said Ada, scarlet with rage.", ["scarlet with rage: feeling"]),
        ("“Sit,” said Ada, with a short, scornful laugh.", 2),
        ("“Sit,” said Ada, with a cold and discouraging eye.", 3),
        ("“Sit,” said Ada, with the air of a judge going home.", 4),
        ("“Sit,” said Ada, with a poor attempt at a joke.", 5),
        ("“Sit,” said Ada, as boldly as if she knew.", ["as boldly as if she knew: other"]),
        ("“Sit,” said Ada, with hands folded.", []),
        ("“Sit,” she said with a parting curtsy.", ["with a parting curtsy: other"]),
        ("“Sit,” said the man with a squint.", []),
        ("“Sit,” said Ada with folded arms.", []),
        ("“Sit,” said Ada with suitable mystery.", ["with suitable mystery: other"]),
        ("“Sit,” said Ada, with one of her nods.", ["with one of her nods: other"]),
        ("“Sit,” said Ada, very ill at ease.", ["very ill at ease: other"]),
        ("“Sit,” said Ada in French.", ["in French: other"]),
        ("“Sit,” said Ada, out of breath.", ["out of breath: delivery"]),
        ("“Sit,” said Ada, pale and trembling.", ["pale and trembling: delivery"]),
        ("“Sit,” said Ada, after a pause, in a whisper.", ["in a whisper: delivery"]),
        ("“Sit,” said Ada, like one in a dream.", ["like one in a dream: other"]),
        ("“Sit,” said Ada, as\nif lost.", ["as\nif lost: other"]),
        ("And smiling sadly she said, “Sit.”", ["smiling sadly: feeling"]),
        ("“Sit,” said Ada with a frown and in a whisper.", 6),
        ("Ada came smiling blandly and said, “Sit.”", []),
        ("Ada quietly and firmly said, “Sit.”", ["quietly and firmly: delivery"]),
    ],
)
def test_words_of_manner(words: str, phrases: list[str] | int) -> None:
    whole = (
        ["with all the calm she could find: delivery"],
        ["just as if she had not heard: other"],
        ["with a short, scornful laugh: feeling"],
        ["with a cold and discouraging eye: feeling"],
        ["with the air of a judge going home: other"],
        ["with a poor attempt at a joke: other"],
        ["with a frown: other", "in a whisper: delivery"],
    )
    assert told(words) == (whole[phrases] if isinstance(phrases, int) else phrases)


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("“Sit,” whispered Ada.", Voice.WHISPER),
        ("“Sit,” cried Ada in a low voice.", Voice.SOFT),
        ("“Sit!” shouted Ada.", Voice.SHOUT),
        ("“Sit,” said Ada hoarsely.", Voice.HOARSE),
        ("“Sit,” said Ada coldly.", None),
    ],
)
def test_the_voice_is_told_by_the_phrase_before_the_verb(words: str, voice: Voice | None) -> None:
    assert manner(words)[1].voice is voice


def test_who_is_cut_off_and_who_falters() -> None:
    _, found = understood(
        "“I only meant to say—”", "“Be quiet!” said Ada Finch.", "“I … I will,” said Tom Reed."
    )
    cut, other, faltering = found.manners
    assert cut.cut_off_by == other.quotation
    assert not other.hesitates
    assert faltering.hesitates


def deeds(words: str) -> list[str]:
    """Return each deed as kind, agent, verb and target."""
    book, found = understood(CAST, words, "“Go,” said Tom.")
    places = [
        [span.of(book.text) if span else "-" for span in (d.agent, d.verb, d.target)]
        for d in found.deeds
        if d.span.start > len(CAST)
    ]
    kinds = [str(d.kind) for d in found.deeds if d.span.start > len(CAST)]
    return [" ".join((kind, *each)) for kind, each in zip(kinds, places, strict=True)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("“Go,” said Ada, taking his hand.", ["touch Ada taking his"]),
        ("“Go,” said Ada. She drew back her hand.", ["withdrawal She drew -"]),
        ("“Go,” said Ada, and sat down beside him.", ["approach Ada sat him"]),
        ("“Go,” said Ada. She walked away.", ["withdrawal She walked -"]),
        ("“Go,” said Ada. Tom went out.", ["exit Tom went -"]),
        ("“Go,” said Ada. Tom came in.", ["entrance Tom came -"]),
        ("“Go,” said Ada, shaking her head.", ["gesture Ada shaking -"]),
        ("“Go,” said Ada. She had taken his hand.", []),
        ("“Go,” said Ada. She did not look at him.", []),
        ("“Go,” said Ada. She looked pale.", []),
        ("“Go,” said Ada. She looked at Tom.", ["look She looked Tom"]),
        ("“Go,” said Ada. The door opened.", []),
        ("“Go,” Ada went on.", []),
        ("“Go,” said Ada. Turning to Tom, she gave him the key.", None),
    ],
)
def test_deeds(words: str, found: list[str] | None) -> None:
    expected = ["approach she Turning Tom", "give she gave him"] if found is None else found
    assert deeds(words) == expected


def people(found: Annotations) -> list[tuple[str | None, str | None]]:
    return [(deed.character, deed.target_character) for deed in found.deeds]


def test_whom_pronouns_mean() -> None:
    _, found = understood(CAST, "“Go,” said Ada. She took his hand.", "“Why?” said Tom.")
    assert people(found)[-1] == ("ada-finch", "tom-reed")


def test_a_correction_moves_the_deed_beside_the_line() -> None:
    words = (CAST, "“Go.” She nodded.", "Lucy Gray met Ada. “Oh,” said Lucy. She smiled.")
    analysis = Analysis(tell(*words))
    before = analysis.annotate()
    line = next(a.quotation for a in before.attributions if a.quotation == f"q{len(CAST) + 2}")
    lucy = next(c.id for c in before.characters if c.name.startswith("Lucy"))
    after = analysis.annotate([SpeakerSet(quotation=line, speaker=lucy)])

    def nods(found: Annotations) -> Deed:
        text = "\n\n".join(words)
        return next(d for d in found.deeds if d.verb.of(text) == "nodded")

    assert nods(after).character == lucy
    assert analysis.annotate() == before


def test_thoughts_and_feelings() -> None:
    book, found = understood(
        CAST, "Tom supposed she would go home now. Ada was very angry. She felt for the door."
    )
    shown = [(t.kind.value, t.verb.of(book.text), t.character) for t in found.thoughts][-2:]
    assert shown == [("thought", "supposed", "tom-reed"), ("feeling", "was", "ada-finch")]


def test_silences() -> None:
    book, found = understood(
        CAST, "For a long minute nobody spoke.", "“Go,” said Tom. Ada made no answer."
    )
    shown = [(s.span.of(book.text), s.character) for s in found.silences]
    assert shown == [("nobody spoke", None), ("Ada made no answer", "ada-finch")]


def test_scenes_and_who_is_there() -> None:
    book, found = understood(
        CAST, "The next morning Lucy Gray came in.", "“Tea?” said Lucy.", "“Yes,” said Tom Reed."
    )
    first, second = found.scenes
    assert (first.start.value, second.start.value) == ("chapter", "time")
    assert [p.character for p in first.presences][:2] == ["ada-finch", "tom-reed"]
    lucy = second.presences[0]
    assert lucy.character == "lucy-gray"
    assert lucy.enters is not None
    assert lucy.enters.of(book.text) == "came"
    assert all(0 < p.probability <= 1 for scene in found.scenes for p in scene.presences)
