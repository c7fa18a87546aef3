"""Who tells a story: narrators who give their name, and heroes who are told their story."""

from dataclasses import replace

from telling import people, speakers, tell

from fullcast.analysis import analyze
from fullcast.model import Layer

ADDRESSED = (
    "You wait at the gate. You have your bag and your ticket. Marlow looks at you.",
    "“You came,” says Marlow.",
    "“I said I would,” you say.",
    "“You say a lot of things, Finch.”",
    "“And you never listen.” You put your bag down. You are tired of him.",
    "Marlow laughs. “Get in.”",
)


def narrators(*paragraphs: str) -> list[str]:
    return [name for name, c in people(*paragraphs).items() if c.narrator]


def test_the_hero_of_a_story_told_to_you_speaks() -> None:
    assert speakers(*ADDRESSED) == ["Marlow", "Finch", "Marlow", "Finch", "Marlow"]


def test_the_hero_of_a_story_told_to_you_may_have_no_name() -> None:
    story = [paragraph.replace(", Finch", "") for paragraph in ADDRESSED]
    assert narrators(*story) == ["You"]


def test_the_reader_may_be_called_by_the_readers_name() -> None:
    story = [paragraph.replace("Finch", "Y/N") for paragraph in ADDRESSED]
    assert narrators(*story) == ["Y/N"]
    assert "Y/N" in people("Y/N met Tom Reed. “Well?” said Tom.", "“Well,” said Y/N. Tom laughed.")


def test_whom_the_narrator_calls_is_somebody_else() -> None:
    assert narrators(
        "I held out my hand for the phone. I had no wish to talk.",
        "“Hi, Mom,” I said.",
        "“You sound tired,” said my mother.",
        "“Mom!” I said. “Mom, please.” Bucky laughed. “Yes?” said Bucky.",
    ) == ["Narrator"]


def test_a_story_told_by_several_has_a_narrator() -> None:
    assert narrators(
        "“Wait,” we said. We were cold, and Tom was late.",
        "“Why?” said Tom.",
        "“Because,” we said. “Wait,” we said.",
    ) == ["Narrator"]


def test_a_reader_addressed_now_and_then_is_nobody() -> None:
    plain = "Ada Finch walked to the gate and back again and looked for Tom along the road. " * 5
    told = "“Wait,” said Ada. You may think her foolish. “No,” said Tom. You know the kind."
    assert not narrators(plain, told, plain)


def test_a_narrator_says_who_is_there() -> None:
    assert narrators(
        "I rang at once. I had the rope in my hand, and I was cold.",
        "“Dad, it’s Victor!” I shouted. “Victor and the ladder!”",
        "“Who?” said Agnes.",
        "I said it again.",
    ) == ["Victor"]


def test_a_narrator_tells_the_reader_a_name() -> None:
    assert narrators(
        "My name is Hollis Grey. I keep the light. I have kept it since I was a boy.",
        "“Boat,” said Agnes. Agnes pointed.",
        "“I see it,” I said. Agnes had asked for Hollis Grey in every port.",
    ) == ["Hollis Grey"]


def test_whom_a_tag_names_is_no_narrator() -> None:
    assert narrators(
        "I was on the wall with Sprake. I had my cheese. I did not look down.",
        "“What’s your name?” said Sprake.",
        "“Don’t ask, Brenda,” I said. “Brenda, please.”",
        "“It’s my bridge,” said Brenda.",
        "“Is it, Brenda?” said Sprake. “Look out, Gudge.”",
        "“I am,” I said.",
    ) == ["Gudge"]


def test_a_clipped_title_is_of_who_bears_it() -> None:
    cast = people(
        "“Halt,” said Sergeant Bolt.",
        "“Yes, Sarge,” said Tom.",
        "“Quick,” said Sergeant Bolt.",
        "“Quick it is, Sarge,” said Tom.",
    )
    assert set(cast) == {"Sergeant Bolt", "Tom"}
    assert "Sarge" in cast["Sergeant Bolt"].aliases


def test_a_short_name_that_is_only_called_is_a_name() -> None:
    assert narrators(
        "I had the keys. I had the van. I was not going to run.",
        "“Lex, have you the peas?” said Saoirse.",
        "“I have,” I said.",
        "“Lex, you’re a marvel,” said Saoirse.",
        "“Lex, go home.”",
    ) == ["Lex"]


def test_what_stands_before_a_story_does_not_hide_its_narrator() -> None:
    book = tell(
        "Casey Whitlock/Dani Reyes, Slow Burn. Casey owes Dani a favour. Casey hates it.",
        "I put my bag down on the counter. The shop was empty but for Dani.",
        "“You’re late,” said Dani.",
        "“I know,” I said. “I missed the bus.”",
        "“Casey, you always miss the bus.” Dani laughed.",
        "“Not always,” I said. I followed her to the window.",
        "“Casey, look at this,” she said.",
        "“I see it,” I said.",
        "“Well done, Casey,” said Dani.",
    )
    tags, *story = book.blocks
    outside = replace(book, blocks=(replace(tags, layer=Layer.FRONT), *story))
    assert [c.name for c in analyze(outside).characters if c.narrator] == ["Casey"]
