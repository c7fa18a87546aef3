"""Two in the cast who are shown to be one person."""

from telling import people

TALK = (
    "“Rain again,” said Tom. He sighed.",
    "“It is,” said Mrs. Vane. She sewed.",
    "They sat.",
)
FAR = tuple(f"Mile {n} was like all others. {'It rained upon the road. ' * 40}" for n in range(2))


def test_two_names_set_beside_each_other() -> None:
    aunt = ("“Tea?” said Tom.", "“No,” said Aunt Celia. She sat.", "“Ah,” said Tom.")
    cast = people(*TALK * 2, "Aunt Celia, Mrs. Vane, wrote.", *aunt)
    assert set(cast) == {"Tom", "Mrs. Vane"}
    grounds = {known.name: known.reason for known in cast["Mrs. Vane"].grounds}
    assert grounds == {"Aunt Celia": "set beside"}


def test_names_in_a_row_are_of_several() -> None:
    cast = people(*TALK, "Mrs. Vane, Aunt Celia and Tom ate.", "“No,” said Aunt Celia.", *TALK)
    assert "Aunt Celia" in cast


def test_whom_words_of_marriage_set_beside_the_husband_is_his_wife() -> None:
    married = "Mr. Vane had been married to Miss Taylor for a year."
    cast = people(*TALK * 3, *FAR, *(married,) * 5, *FAR, *TALK * 3, "“Oh,” said Mr. Vane.")
    assert cast["Mrs. Vane"].aliases == ("Mrs. Vane", "Miss Taylor")


def test_who_answers_the_wife_is_another() -> None:
    married = "Mr. Vane had been married to Miss Taylor for a year."
    cast = people(
        *TALK * 2, "“Oh,” said Miss Taylor.", *FAR, *(married,) * 5, "“Oh,” said Mr. Vane."
    )
    assert "Miss Taylor" not in cast["Mrs. Vane"].aliases


def test_two_who_share_the_talk_and_never_answer_each_other() -> None:
    talk = (
        "“Rain,” said Mr. Wilcox.",
        "“Again,” said Margaret. The wind took the rest of it down to the river and away.",
        "“Always,” said Henry.",
        "“Yes,” said Margaret. She looked at the lamp, at the grey window, at her own hands.",
    )
    cast = people(*talk * 3, "They walked home.")
    assert set(cast) == {"Margaret", "Henry"}
    assert cast["Henry"].aliases == ("Henry", "Mr. Wilcox")


def test_a_title_goes_before_a_family_name_of_two_words() -> None:
    cast = people(
        "“Sit,” said Jenny Abdul Akbar. Jenny Abdul Akbar smiled.",
        "“No,” said Tom.",
        "“Sit down,” said Princess Abdul Akbar.",
    )
    assert set(cast) == {"Jenny Abdul Akbar", "Tom"}


def test_mr_and_mrs_are_two() -> None:
    cast = people(
        *(
            "“Rain,” said Mr. Bennet.",
            "“Again,” said Mrs. Bennet.",
            "“Always,” said Jane.",
            "“Yes,” said Mrs. Bennet.",
        )
        * 4
    )
    assert set(cast) == {"Mr. Bennet", "Mrs. Bennet", "Jane"}
