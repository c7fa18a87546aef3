"""Quotations: whole speeches out of their parts, and what kind each one is."""

import re
from dataclasses import replace

import pytest
from telling import notices, quoted, speeches, tell

from fullcast.analysis.quotations.find import find_quotations
from fullcast.model import Block, BlockKind, Book, Layer, Span

COME = "“Come in,” said Ada."


def shaped(opener: str, closer: str, *paragraphs: str) -> tuple[str, ...]:
    """Write paragraphs, whose speech stands in angle brackets, with other marks."""
    return tuple(p.replace("<", opener).replace(">", closer) for p in paragraphs)


MARKS = [
    pytest.param(opener, closer, id=opener + closer)
    for opener, closer in (
        "“”",
        '""',
        "‘’",
        "''",
        "«»",
        "»«",
        "‹›",
        "›‹",
        "„“",
        "„”",
        "‚‘",
        "「」",
        "『』",
    )
]


@pytest.mark.parametrize(("opener", "closer"), MARKS)
class TestEveryConvention:
    def test_two_turns(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in,> said Ada.", "<I will.>")
        assert speeches(*story) == [(f"{opener}Come in,{closer}",), (f"{opener}I will.{closer}",)]

    def test_narration_between(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in.>", "<No,> she said, <never.>")
        assert speeches(*story)[1] == (f"{opener}No,{closer}", f"{opener}never.{closer}")

    def test_narration_of_a_whole_clause_between(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in.>", "<No,> she said. <Never.>")
        assert speeches(*story)[1] == (f"{opener}No,{closer}", f"{opener}Never.{closer}")

    def test_two_turns_in_one_paragraph(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in.>", "<Well?> <Well.>")
        assert speeches(*story)[1:] == [(f"{opener}Well?{closer}",), (f"{opener}Well.{closer}",)]

    def test_paragraphs_that_run_on(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in.>", "<One.", "<Two.", "<Three.>", "<Four.>")
        assert speeches(*story)[1:] == [
            (f"{opener}One.", f"{opener}Two.", f"{opener}Three.{closer}"),
            (f"{opener}Four.{closer}",),
        ]
        assert notices(*story) == []

    def test_a_lost_mark(self, opener: str, closer: str) -> None:
        story = shaped(opener, closer, "<Come in.>", "<I am lost.", "Rain fell.", "<Oh.>")
        assert speeches(*story)[1:] == [(f"{opener}I am lost.",), (f"{opener}Oh.{closer}",)]
        assert notices(*story) == ["Q001"]


def test_apostrophes_in_a_story_of_single_marks() -> None:
    story = (
        "‘Whose are these?’ asked Ada.",
        "‘The sisters’ hats,’ said Tom, ‘and don’t touch ’em. ’Tis five o’clock.’",
        "The boys’ coats hung there. ‘Goin’ out?’ said Ada.",
    )
    assert speeches(*story) == [
        ("‘Whose are these?’",),
        ("‘The sisters’ hats,’", "‘and don’t touch ’em. ’Tis five o’clock.’"),
        ("‘Goin’ out?’",),
    ]


def test_narration_inside_russian_guillemets() -> None:
    story = ("«Нет, — сказала она, — никогда.»", "«Да», — сказал он.")
    assert speeches(*story) == [("«Нет,", "никогда.»"), ("«Да»",)]


def test_french_guillemets_with_spaces() -> None:
    story = ("«\u00a0Non\u00a0», dit-elle, «\u00a0jamais.\u00a0»", "« Si », dit Tom.")
    assert speeches(*story) == [("«\u00a0Non\u00a0»", "«\u00a0jamais.\u00a0»"), ("« Si »",)]


@pytest.mark.parametrize(
    "line",
    [
        "“He told me ‘no’ twice.”",
        "‘He told me “no” twice.’",
        "「彼は『いや』と言った」",
        "«Он сказал „нет“ дважды.»",
        "»Er sagte ›nein‹ dazu.«",
        "„Er sagte ‚nein‘ dazu.“",
    ],
)
def test_what_a_speaker_quotes_is_no_line_of_its_own(line: str) -> None:
    assert speeches(line, line) == [(line,), (line,)]


def test_straight_and_curly_marks_mixed() -> None:
    assert speeches(COME, '"I will," said Tom.', '“Good," said Ada.') == [
        ("“Come in,”",),
        ('"I will,"',),
        ('“Good,"',),
    ]


def test_no_quotations() -> None:
    assert quoted("The rain fell.", "The sisters’ hats hung there.") == []
    assert notices("The rain fell.") == ["Q002"]
    assert find_quotations(Book(text="", blocks=()))[0] == ()


def test_an_unclosed_quotation_is_told_with_its_place() -> None:
    book = tell(COME, "“I am lost, said Tom.", "The rain fell.")
    quotations, (notice,) = find_quotations(book)
    assert [q.closed for q in quotations] == [True, False]
    assert notice.span == quotations[1].span
    assert "I am lost" in notice.message
    assert notice.hint


def test_a_speech_cut_off_by_a_dash_does_not_run_on() -> None:
    assert speeches(COME, "“I thought—", "“Never,” said Ada.")[1:] == [
        ("“I thought—",),
        ("“Never,”",),
    ]


def test_long_narration_ends_a_speech() -> None:
    far = "“No.” The rain had begun to fall upon the roofs, the boats and the empty road. “Never.”"
    assert speeches(COME, far)[1:] == [("“No.”",), ("“Never.”",)]


def test_only_the_storys_own_paragraphs_speak() -> None:
    text = "“One.”\n\n“Two.”\n\n“Three.”\n\n“Four.”"
    places = [(0, 6), (8, 14), (16, 24), (26, 33)]
    kinds = [
        (BlockKind.PARAGRAPH, Layer.FRONT),
        (BlockKind.HEADING, Layer.BODY),
        (BlockKind.PARAGRAPH, Layer.BODY),
        (BlockKind.PARAGRAPH, Layer.NOTE),
    ]
    blocks = tuple(
        Block(span=Span(*place), kind=kind, layer=layer)
        for place, (kind, layer) in zip(places, kinds, strict=True)
    )
    quotations, _ = find_quotations(Book(text=text, blocks=blocks))
    assert [q.span.of(text) for q in quotations] == ["“Three.”"]


def test_ids_depend_on_the_place() -> None:
    quotations, _ = find_quotations(tell(COME, "“I will.”"))
    assert [q.id for q in quotations] == ["q0", "q22"]


KINDS = {
    "speech": [
        "“Dear me!” said Tom.",
        "“KEEP OUT!” said Tom.",
        "“STOP,” said Tom.",
        "“It is raining,” he thought aloud.",
        "“She has gone,” said Tom, who thought it best.",
        "With a cry of “Fire!” she ran.",
        "There was a shout of “Man overboard!”",
        "It was, she said, “a very wet day.”",
        "“…” said Tom.",
        "“?” said Tom.",
        "Ada read the sign. “Closed,” she said.",
        "The man with the sign said, “Closed.”",
        "The voice on the phone said, “Hello.”",
        "The parrot by the sign blinked. “Hello,” it said.",
        "“Not now,” she said to herself.",
        "“To the ferry—”",
    ],
    "thought": [
        "“Where has she gone?” he thought.",
        "“Where has she gone?” thought Tom, looking about.",
        "“I will,” he thought, “if she lets me.”",
        "Tom thought, “She has gone.”",
        "Tom thought to himself: “She has gone.”",
        "“Late again,” reflected Tom.",
        "‘Where has she gone?’ he thought.",
        "“He is lying”, she thought.",
    ],
    "writing": [
        "“Dear Ada,—”",
        "The gate said “KEEP OUT” in red.",
        "The notice read: “No fishing.”",
        "The letter ran: “The boat is sold.”",
        "That night she wrote: “The boat is sold.”",
        "The phone buzzed. “locked out,” it said.",
        "“Closed,” it read.",
        "The sign on the door said “Closed”.",
        "The sign on the gate read: “No fishing.”",
        "In the hall a sign said “Keep Off the Stairs”.",
        "The screen said “Call ended”.",
        "She had a text from Hana: “bring snacks”",
    ],
    "mention": [
        "The so-called “doctor” came late.",
        "What is the meaning of “ferry” to a sailor?",
        "He used the word “love” too often.",
        "The “lounge,” which was a shed, was shut.",
        "They danced to “The Ballad of the Boat” twice.",
        "She called him “the worst of sailors”, and he laughed.",
        "Nothing could have surprised her more than the words “I was wrong”.",
        "He looked as if he were going to say, “Never.”",
        "She might have said “Never again,” but she held her tongue.",
        "He felt inclined to answer, “Never!” but walked on.",
        "“” said Tom.",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(k, line) for k in KINDS for line in KINDS[k]])
def test_kinds(kind: str, line: str) -> None:
    single = line.startswith("‘")
    story = ("‘Come in,’ said Ada." if single else COME, line, "‘Yes.’" if single else "“Yes.”")
    assert {found for found, *_ in quoted(*story)[1:-1]} == {kind}


def test_a_letter_read_out() -> None:
    story = (COME, "Tom unfolded the letter, and read aloud:", "“The boat is sold. Come home.”")
    assert quoted(*story)[1:] == [("writing", "“The boat is sold. Come home.”")]


def test_a_scare_quote_beside_speech() -> None:
    story = (COME, "“Sit,” said his “friend” at last. “It is late.”")
    kinds = [kind for kind, *_ in quoted(*story)]
    assert kinds == ["speech", "speech", "mention"]
    assert speeches(*story)[1] == ("“Sit,”", "“It is late.”")


LONG = "The rain fell upon the roofs and the boats, and upon the empty road to the ferry. " * 8


@pytest.mark.parametrize(
    ("words", "thought"),
    [
        ("_Where has she gone?_ he thought.", "_Where has she gone?_"),
        ("*Where has she gone?* he thought.", "*Where has she gone?*"),
        ("Where has she gone? he thought.", "Where has she gone?"),
        ("Tom thought, She has gone for good.", "She has gone for good."),
        ("_I must not laugh._ Ada bit her lip.", "_I must not laugh._"),
    ],
)
def test_thoughts_in_italics(words: str, thought: str) -> None:
    found = quoted(COME, LONG, words, emphasis=thought.strip("_*"))
    assert found[1:] == [("thought", thought)]


@pytest.mark.parametrize(
    ("words", "stressed"),
    [
        ("Ada read The Last Great Ferry again.", "The Last Great Ferry"),
        ("It was not in the least funny.", "in the least"),
        ("“You must not go there,” said Tom.", "must not go there"),
    ],
)
def test_other_italics_are_no_thoughts(words: str, stressed: str) -> None:
    kinds = {kind for kind, *_ in quoted(COME, LONG, words, emphasis=stressed)}
    assert kinds == {"speech"}


def in_italics(*paragraphs: str) -> list[tuple[str, ...]]:
    """Return the quotations of paragraphs whose italics stand in asterisks."""
    book = tell(COME, LONG, *paragraphs)
    emphasis = tuple(Span(*m.span(1)) for m in re.finditer(r"\*([^*]+)\*", book.text))
    quotations, _ = find_quotations(replace(book, emphasis=emphasis))
    return [(q.kind.value, *(s.of(book.text) for s in q.spans)) for q in quotations][1:]


@pytest.mark.parametrize(
    ("words", "thoughts"),
    [
        ("*He is lying*, she thought.", ["*He is lying*"]),
        ("*Perfect*, she thought.", ["*Perfect*"]),
        ("*Perfect,* she thought.", ["*Perfect,*"]),
        ("Ada frowned. *Of course*! thought Ada.", ["*Of course*"]),
        ("*Not now,* she told herself.", ["*Not now,*"]),
        ("*Not now*, Ada said to herself.", ["*Not now*"]),
        ("She told herself: *Not now.*", ["*Not now.*"]),
        ("*Say yes*, Alex thought. *Say yes.*", ["*Say yes*", "*Say yes.*"]),
        ("*Say yes*, Alex thought. *Say yes.* *Please.*", ["*Say yes*", "*Say yes.*", "*Please.*"]),
        # stressed, not thought
        ("It was *odd*, she thought.", []),
        ("It was *the very last of them*, she thought.", []),
        ("*He is lying*. She thought it odd.", []),
        ("*Never.* She told herself to wait.", []),
        ("*Say yes*, Alex thought. It was *very* late.", ["*Say yes*"]),
        ("*Not now,* she said aloud to herself.", []),
    ],
)
def test_tagged_italics(words: str, thoughts: list[str]) -> None:
    assert in_italics(words) == [("thought", thought) for thought in thoughts]


def test_italics_in_the_next_paragraph_stand_alone() -> None:
    found = in_italics("*Say yes*, Alex thought.", "*The Gull.* So it was called.")
    assert found == [("thought", "*Say yes*")]


def test_a_narrators_own_italics_are_no_thoughts() -> None:
    told = "I was late, and I ran. " * 8
    assert quoted(COME, told + "I must not laugh. I bit my lip.", emphasis="I must not laugh.") == [
        ("speech", "“Come in,”")
    ]


def test_italic_thoughts_do_not_make_a_narrator() -> None:
    found = quoted(COME, "I must not laugh. Ada bit her lip.", emphasis="I must not laugh.")
    assert ("thought", "I must not laugh.") in found


def test_italic_thoughts_where_nobody_speaks() -> None:
    found = quoted(LONG, "Where has she gone? he thought.", emphasis="Where has she gone?")
    assert found == [("thought", "Where has she gone?")]


def test_a_letter_of_several_paragraphs() -> None:
    letter = ("“Dear Ada,", "“The boat is sold. Come home.", "“TOM FINCH”")
    assert quoted(COME, *letter)[1:] == [("writing", *letter)]


def test_writing_that_a_sentence_opens() -> None:
    assert quoted(COME, "She wrote: “The boat is sold.”")[1:] == [
        ("writing", "“The boat is sold.”")
    ]


def test_a_name_given_to_a_thing() -> None:
    line = "He had a boat that he called “The Gull.”"
    assert quoted(COME, line)[1:] == [("mention", "“The Gull.”")]


def test_a_thought_whose_thinker_is_named_first() -> None:
    found = quoted(COME, "“She has gone,” Tom thought.", "“Yes.”")
    assert found[1] == ("thought", "“She has gone,”")


@pytest.mark.parametrize("line", ["“OK.”", "“I.”", "“TV.”"])
def test_a_short_answer_is_no_signature(line: str) -> None:
    assert quoted(COME, line, "“Yes.”")[1] == ("speech", line)


def test_two_tags_that_lead_up_to_speech_are_two_speeches() -> None:
    story = "He said, “Yes; they all went.” Then I asked him, “Why did they?”"
    assert speeches(story) == [("“Yes; they all went.”",), ("“Why did they?”",)]
    assert speeches("He said, “Yes,” and he added, “they did.”") == [("“Yes,”", "“they did.”")]
