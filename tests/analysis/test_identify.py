"""The narrator, those only called, and those without a name."""

from telling import judged, people, speakers

OPENING = "I met Tom on the road. I had no coat, and I was cold."
TOLD = (
    OPENING,
    "“You are wet, Ada,” said Tom.",
    "“I am,” I said.",
    "“Come in, Ada,” said Tom. “Sit by the fire.”",
    "“I will,” I said, and I sat down.",
)


def test_a_narrator_is_found_and_named_by_the_others() -> None:
    cast = people(*TOLD)
    assert {name: c.narrator for name, c in cast.items()} == {"Ada": True, "Tom": False}
    assert speakers(*TOLD) == ["Tom", "Ada", "Tom", "Ada"]
    assert [a.reason for a in judged(*TOLD)][1] == "first-person-tag"


def test_a_narrator_whom_nobody_calls() -> None:
    story = (OPENING, "“You are wet,” said Tom.", "“I am,” I said.")
    cast = people(*story)
    assert cast["Narrator"].narrator
    assert speakers(*story) == ["Tom", "Narrator"]


def test_a_story_in_the_third_person_has_no_narrator() -> None:
    cast = people("Tom was cold.", "“I am cold, and I am wet, and I am late, Ada,” said Tom.")
    assert not any(c.narrator for c in cast.values())


def test_somebody_without_a_name() -> None:
    story = (
        "“Where is the boat?” asked the landlord.",
        "“Gone,” said the boys.",
        "“Gone?” said the landlord.",
    )
    cast = people(*story)
    assert set(cast) == {"The landlord", "The boys"}
    assert cast["The landlord"].gender.value == "male"
    assert not cast["The landlord"].group
    assert cast["The boys"].group
    assert speakers(*story) == ["The landlord", "The boys", "The landlord"]


def test_she_is_whom_narration_has_just_described() -> None:
    cast = people(
        "“Wait,” said Tom. Tom laughed so that he spilt his tea. The barista glanced over.",
        "“Is all well?” she asked.",
        "“Quite,” said Tom.",
    )
    assert set(cast) == {"Tom", "The barista"}


def test_a_vague_word_makes_nobody() -> None:
    cast = people("“Sit,” said Ada.", "“I will,” said the man.", "“Eat,” said Ada.")
    assert set(cast) == {"Ada"}


def test_a_role_is_known_by_its_article() -> None:
    cast = people("“Sit,” said the Professor.", "“I will,” said Ada.", "“Eat,” said the Professor.")
    assert {name.lower() for name in cast} == {"the professor", "ada"}


def test_a_name_only_called_is_joined_to_who_answers() -> None:
    cast = people(
        "“The bench is bought, Edwin,” said Mrs. Vane.",
        "“It is,” said Mr. Vane.",
        "“And the stove, Edwin?” said Mrs. Vane.",
        "“That too,” said Mr. Vane.",
        "“And the coal, Edwin?” said Mrs. Vane.",
        "“And that,” said Mr. Vane.",
    )
    assert set(cast) == {"Mr. Vane", "Mrs. Vane"}
    assert "Edwin" in cast["Mr. Vane"].aliases


def test_nobody_is_found_where_nobody_has_a_name() -> None:
    assert people("“Sit.”", "“No.”") == {}
    assert speakers("“Sit.”", "“No.”") == [None, None]


def test_one_i_said_is_no_narrator() -> None:
    told = [f"“Rain {n},” said Tom." for n in range(60)]
    cast = people(*told, "“It was a story,” I said, “Leonora.”", "“Yes, Leonora,” said Tom.")
    assert not any(c.narrator for c in cast.values())


def test_an_aunt_who_answers_is_known_by_both_names() -> None:
    cast = people(
        "“It is late, Aunt Jule,” said Helen.",
        "“It is,” said Mrs. Munt.",
        "“Is it wet, Aunt Jule?” said Helen.",
        "“Not yet,” said Mrs. Munt.",
        "“Shall we go, Aunt Jule?” said Helen. Aunt Jule rose.",
        "“We shall,” said Mrs. Munt.",
    )
    assert set(cast) == {"Helen", "Mrs. Munt"}
    assert "Aunt Jule" in cast["Mrs. Munt"].aliases


def test_her_aunt_may_be_somebody_named() -> None:
    cast = people("Mrs. Gale sat down by Ada.", "“Rain,” said Ada.", "“More rain,” said her aunt.")
    assert set(cast) == {"Ada", "Mrs. Gale"}


def test_the_general_is_the_one_above_all_others() -> None:
    cast = people(
        "General Vane came in. General Vane sat. General Vane rose. General Vane went. "
        "General Hale wrote. General Vane read. General Vane slept. General Vane woke.",
        "“Rain,” said the General.",
        "“Rain,” said Ada. The General laughed.",
        "“Yes,” said General Vane.",
        "“Yes,” said General Hale.",
        "“Yes,” said the General.",
    )
    assert "The General" not in cast


MODERN = (
    "I was late. I had the wrong shoes on, and I knew it.",
    "“Jess,” said Marcus. “You made it.”",
    "“Barely,” I said.",
    "“You look cold, Jess,” said Dr. Okafor. Dr. Okafor pulled out a chair. She smiled.",
    "“I am fine,” I said.",
    "“Sit down, Jess,” said Marcus Bell.",
)


def test_a_modern_scene_in_the_first_person() -> None:
    cast = people(*MODERN)
    assert {name for name, c in cast.items() if c.narrator} == {"Jess"}
    assert len(cast) == 3
    assert "I" not in cast
    assert cast["Dr. Okafor"].gender.value == "female"
    assert speakers(*MODERN)[1:3] == ["Jess", "Dr. Okafor"]


def test_scare_quotes_speak_nothing() -> None:
    cast = people("“Rain,” said Ada.", "The “Doctor” of the “Blue Hall” was out. Ada laughed.")
    assert set(cast) == {"Ada"}


def test_no_full_name_is_invented() -> None:
    story = ("“Rain,” said Ada.", "“More rain,” said Mr. Finch.", "“Yes,” said Ada.")
    assert {a for c in people(*story).values() for a in (c.name, *c.aliases)} == {
        "Ada",
        "Mr. Finch",
    }


def test_a_rank_alone_calls_who_bears_it() -> None:
    cast = people(
        "Captain Locke looked up. The captain was tired.",
        "“You are late, Ensign,” said Captain Locke.",
        "“I am, Captain,” said Ensign Wren Hale. Wren sat.",
    )
    assert {name: c.aliases for name, c in cast.items()} == {
        "Captain Locke": ("Captain Locke", "the captain"),
        "Ensign Wren Hale": ("Ensign Wren Hale", "Wren", "the ensign"),
    }


def test_a_voice_is_nobody_new() -> None:
    cast = people("“Who is it?” asked Ada.", "“Me,” said a voice.", "“Come in, Tom,” said Ada.")
    assert "A voice" not in cast


def test_an_epithet_is_nobody_new() -> None:
    cast = people("“Sit,” said Tom.", "“No,” said the blond.", "“Sit, Silas,” said Tom. Silas sat.")
    assert set(cast) == {"Tom", "Silas"}


def test_a_nickname_is_of_who_answers_to_it() -> None:
    asked = ("“Rain again, Harry,” said Tom.", "“It is,” said Lord Henry Vane.", "They walked on.")
    assert "Harry" in people(*asked * 7)["Lord Henry Vane"].aliases


def test_of_two_sisters_one_answers_to_the_family_name() -> None:
    asked = ("“Rain again, Miss Vane,” said Tom.", "“It is,” said Ada Vane.", "Miss Vane coughed.")
    cast = people(*("Ada Vane sat by Nora Vane.", "“Sit,” said Nora Vane.") * 4, *asked * 7)
    assert [c.aliases for c in cast.values() if "Miss Vane" in c.aliases] == [
        ("Miss Vane", "Ada Vane")
    ]


def test_who_answers_for_a_friend_does_not_bear_her_name() -> None:
    cast = people(
        *("“Rain again, Miss Vane,” said Tom.", "“It is,” said Ada Hale.") * 7,
        *("“Rain again,” said Miss Vane.", "They walked on.") * 7,
    )
    assert "Miss Vane" not in cast["Ada Hale"].aliases


def test_a_calling_is_shown_as_it_is_written() -> None:
    assert set(people("“No,” said the Grey Heron.", "“Sit,” said the old landlord.")) == {
        "The Grey Heron",
        "The old landlord",
    }


def test_a_narrator_called_once_where_nobody_else_is_only_called() -> None:
    cast = people(
        OPENING,
        "“You are wet,” said Tom.",
        "“I know, Tom.” I sat down by the fire, and I took off my boots.",
        "“Well. Good night, Ada.” Tom shut the door.",
    )
    assert cast["Ada"].narrator


def test_a_narrator_called_once_by_each_of_two_names() -> None:
    cast = people(
        "I put the hood up. Teddy came round and I let him look.",
        "“Is it dead?” he said.",
        "“It is,” I said.",
        "“Oh, Joe.”",
        "I took a mint. I sat down on the bumper.",
        "“Who told you?” I said.",
        "“Dad. He told everybody, Jonah.”",
    )
    assert {name: c.aliases for name, c in cast.items() if c.narrator} == {
        "Jonah": ("Jonah", "Joe")
    }


def test_whom_the_narrator_calls_is_another() -> None:
    cast = people(
        OPENING,
        "“You are wet,” said Tom.",
        "“I know, Silas,” I said.",
        "“Well. Good night, Ada.” Tom shut the door.",
        "“Good night, Silas.” I went.",
    )
    assert {name for name, c in cast.items() if c.narrator} == {"Ada"}


def test_a_narrator_known_by_a_title_alone() -> None:
    cast = people(
        OPENING,
        "“You heard steps?” I said.",
        "“Shoes, Detective,” said Tom. “I heard shoes.”",
        "“I see,” I said.",
    )
    assert {name: c.aliases for name, c in cast.items() if c.narrator} == {
        "Detective": ("Detective",)
    }


def test_a_title_that_is_somebody_elses_names_no_narrator() -> None:
    cast = people(
        OPENING,
        "“You heard steps, Captain?” I said.",
        "“I did,” said Captain Vane.",
        "“Shoes, sir, and a dog,” I said. “Good night, Captain.”",
    )
    assert {name for name, c in cast.items() if c.narrator} == {"Narrator"}


def test_a_master_may_be_a_woman() -> None:
    cast = people(
        "I knocked. I waited, and I knocked again.",
        "“Come in,” said Master Quill. She put down her pen.",
        "Master Quill shut her book. She sighed.",
        "“I am late,” I said.",
    )
    assert cast["Master Quill"].gender.value == "female"


def test_what_speaks_once_in_a_joke_is_nobody() -> None:
    talk = ("“Sit,” said Ada Finch.", "“I will,” said Tom Gray.")
    once = people(*talk, "“Cold in here,” said the boots.")
    often = people(*talk, "“Cold,” said the pigeon.", "“Who?” said Ada.", "“I,” said the pigeon.")
    assert "The boots" not in once
    assert "The pigeon" in often


def test_whom_narration_has_act_is_no_narrator() -> None:
    cast = people(
        "I sat outside his door. In a month Flack has eaten my cheese. I wait. I listen.",
        "“Flack?”",
        "“What?”",
        "“Flack. Say something,” I say.",
        "“No,” Dorian says.",
    )
    assert [c.name for c in cast.values() if c.narrator] == ["Narrator"]
    assert set(cast["Dorian"].aliases) == {"Dorian", "Flack"}


def test_a_sister_in_orders_is_the_nun() -> None:
    cast = people(
        "Sister Agnes lit a candle. The nun set it down. “Sit,” said Sister Agnes.",
        "“I will,” said Tom. “Good,” the nun said.",
    )
    assert "the nun" in cast["Sister Agnes"].aliases


def test_an_initial_takes_no_name_that_stands_alone() -> None:
    cast = people(
        "M. J. Finch had signed it. M. J. Finch was away.",
        "“Rain,” said Jacky. Jacky shook her head. “It is,” said Jacky.",
    )
    assert cast["Jacky"].aliases == ("Jacky",)


def test_a_bare_title_is_who_bears_it() -> None:
    cast = people(
        "“Faster,” said Coach Finch.",
        "“We are,” said Ada. Tom ran, and Ada ran.",
        "“Knees up,” said Coach.",
        "“Yes,” said Tom.",
    )
    assert set(cast) == {"Coach Finch", "Ada", "Tom"}


def test_who_is_called_cal_is_callum() -> None:
    cast = people(
        "“Wait,” said Callum.",
        "“They cut it. Cal, they cut it,” said Ada.",
        "Nobody called him Cal.",
        "“Who did?” Callum asked.",
    )
    assert set(cast) == {"Callum", "Ada"}
