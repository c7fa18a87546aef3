"""Descriptions that mean somebody named, and those that do not."""

from telling import people, speakers


def test_a_description_beside_a_name_means_its_bearer() -> None:
    cast = people(
        "Cuss went up the village to Bunting the vicar.",
        "“Am I mad?” said Cuss.",
        "“What has happened?” said the vicar.",
        "“No,” said Bunting. Cuss sat.",
    )
    assert cast["Bunting"].aliases == ("Bunting", "the vicar")
    assert set(cast) == {"Bunting", "Cuss"}


def test_a_name_behind_its_description() -> None:
    cast = people(
        "The old innkeeper, Hanneke, put down the jug.",
        "“We are full,” said Ada.",
        "“Full of people I like,” said the innkeeper. Hanneke wept.",
    )
    assert "the innkeeper" in cast["Hanneke"].aliases


def test_whose_brother_somebody_is_is_somebody_else() -> None:
    cast = people(
        "He caught sight of Sir Geoffrey, the surgeon’s brother.",
        "“Rain,” said the surgeon.",
        "“Yes,” said Sir Geoffrey. Tom ran, and Tom was wet.",
        "“Wet,” said Tom. “And you?”",
    )
    assert "The surgeon" in cast


def test_who_takes_a_descriptions_side_in_talk_is_meant() -> None:
    talk = (
        "“Rain,” said Basil.",
        "“Always,” said Harry.",
        "“Sit,” said the painter.",
        "“No,” said Harry.",
    )
    far = tuple(f"Harry walked mile {n}. {'The rain fell upon the road. ' * 40}" for n in range(9))
    cast = people(*talk, *far, *talk)
    assert cast["Basil"].aliases == ("Basil", "the painter")


def test_who_answers_a_description_is_not_meant_by_it() -> None:
    cast = people(
        *(
            "“Rain,” said the painter.",
            "“Always,” said Basil.",
            "“Sit,” said the painter.",
            "“No,” said Basil.",
        )
        * 3
    )
    assert "The painter" in cast


def test_the_one_left_in_a_short_scene_is_meant() -> None:
    story = (
        "Ottilde looked in. Tam slept.",
        "“We are full,” said Hanneke.",
        "“You are not,” said Ottilde.",
        "“Of people I like,” the innkeeper said. She put down a jug, which Ottilde liked.",
        "“Hm,” said Tam. He turned over.",
        "“Sleep,” said Hanneke.",
    )
    assert "the innkeeper" in people(*story)["Hanneke"].aliases
    assert speakers(*story)[2] == "Hanneke"


def test_who_comes_in_unnamed_stays_unnamed() -> None:
    cast = people(
        "Ottilde looked in.",
        "“Two beers,” said Tam.",
        "“Coming,” said the waitress. She smiled at Tam.",
        "“Thanks,” said Ottilde.",
    )
    assert "The waitress" in cast


def test_a_new_pilot_is_somebody_new() -> None:
    cast = people(
        "Osei looked in. A pilot was asleep on the bench.",
        "“Up,” said Karrow. She kicked the bench.",
        "“I am up,” said the pilot.",
        "“Good,” said Osei. He went out.",
    )
    assert "The pilot" in cast


def test_one_of_several_who_are_about_is_nobody_new() -> None:
    cast = people(
        "Osei was thirsty, and so was Wren.",
        "“How much air is there?” said Osei.",
        "“Ask her,” said Wren. Osei and Wren looked at Ada.",
        "“Enough,” said Ada.",
        "“I heard that,” said the pilot.",
    )
    assert set(cast) == {"Osei", "Wren", "Ada"}
