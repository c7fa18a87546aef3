"""Names joined into people, and people kept apart."""

import pytest
from telling import people

from fullcast.analysis.people.join import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lizzy", "Elizabeth"), ("Tom", "Thomas"), ("Bill", "Will"), ("Letty", "Lettice"),
     ("A", "Ada"), ("Bob", "Robert"), ("Kit", "Kitty"), ("Len", "Lenny")],
)  # fmt: skip
def test_names_of_one_person(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Tom"), ("Anna", "Nora"), ("Jane", "Janet"), ("B", "Ada")]
)
def test_names_of_two(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_nicknames_are_joined() -> None:
    cast = people(
        "Elizabeth Vane came in. Lizzy was wet.",
        "“I am wet,” said Elizabeth.",
        "“Sit down, Lizzy,” said Tom.",
        "“Thank you, Tom,” said Lizzy. Lizzy sat.",
    )
    assert len(cast) == 2
    lizzy = next(c for c in cast.values() if "Lizzy" in c.aliases)
    assert set(lizzy.aliases) == {"Elizabeth Vane", "Lizzy", "Elizabeth"}


def test_full_names_gather_short_ones() -> None:
    cast = people(
        "Thomas Arthur Finch was a clerk.",
        "“I am late,” said Thomas.",
        "“You are, Mr. Finch,” said Ada Hale.",
        "“Sorry, Miss Hale,” said Finch.",
    )
    assert {frozenset(c.aliases) for c in cast.values()} == {
        frozenset({"Thomas Arthur Finch", "Thomas", "Mr. Finch", "Finch"}),
        frozenset({"Ada Hale", "Miss Hale"}),
    }


def test_mr_and_mrs_stay_apart() -> None:
    cast = people(
        "Mr. Finch put down his paper. Mrs. Finch poured the tea.",
        "“More rain,” said Mr. Finch.",
        "“More rain,” said Mrs. Finch.",
    )
    assert set(cast) == {"Mr. Finch", "Mrs. Finch"}


def test_sisters_stay_apart() -> None:
    cast = people(
        "“Rain,” said Miss Ann Vane.", "“More rain,” said Miss Jane Vane.", "“Rain,” said Ann."
    )
    assert set(cast) == {"Miss Ann Vane", "Miss Jane Vane"}


def test_brothers_with_one_family_name_stay_apart() -> None:
    cast = people("“Rain,” said Tom Finch.", "“More rain,” said Ned Finch.", "“Yes,” said Tom.")
    assert set(cast) == {"Tom Finch", "Ned Finch"}


def test_a_captain_is_known_by_his_name() -> None:
    cast = people("“Rain,” said Captain Brace.", "“More rain,” said Ada.", "“Yes,” said Brace.")
    assert set(cast["Captain Brace"].aliases) >= {"Captain Brace", "Brace"}
    assert len(cast) == 2


def test_ids_and_names_are_their_own() -> None:
    cast = people("“Rain,” said Ada Finch.", "“More,” said Mr. Ada.", "“Yes,” said Mr. Finch.")
    assert len({c.id for c in cast.values()}) == len(cast)
    assert all(c.name for c in cast.values())


def test_a_wife_is_not_her_husband() -> None:
    cast = people(
        "Berry Vane shut his shop. Berry locked it. Berry put on his hat. Berry took his stick.",
        "“Late,” said Mrs. Vane.",
        "“Late,” said Berry. Berry hung up his coat.",
    )
    assert cast["Mrs. Vane"].gender.value == "female"
    assert cast["Berry Vane"].gender.value == "male"


def test_who_answers_each_other_are_two() -> None:
    cast = people(
        "George Hale came in.",
        "“Rain,” said George.",
        "“More rain,” said Mr. Hale.",
        "“Is it?” said George.",
        "“It is,” said Mr. Hale.",
    )
    assert {"George", "Mr. Hale"} <= {name for c in cast.values() for name in (c.name, *c.aliases)}
    assert len(cast) == 2


def test_the_head_of_a_family_needs_no_given_name() -> None:
    told = "Mr. Finch read. " * 9
    cast = people(
        f"{told}Mr. John Finch wrote. Mrs. John Finch sang.",
        "Mrs. John Finch sat. Mrs. John Finch slept.",
        "“Rain,” said Mr. Finch.",
        "“Rain,” said Mr. John Finch.",
    )
    assert set(cast) == {"Mr. Finch", "Mr. John Finch", "Mrs. John Finch"}


def test_a_short_name_goes_to_who_bears_it_most() -> None:
    cast = people(
        "Maurice Hale wrote. Maurice Hale read. Maurice Hale slept.",
        "“Rain,” said Frank Hale.",
        "“Rain,” said Frank. Frank coughed. Frank sat. Frank yawned.",
        "“Yes,” said Hale.",
    )
    assert "Hale" in cast["Maurice Hale"].aliases


@pytest.mark.parametrize("mister", ["Mr. van der Brock", "Mrs. de la Tour"])
def test_particles_are_of_the_name(mister: str) -> None:
    assert set(people(f"“Rain,” said {mister}.", "“Yes,” said Ada.")) == {mister, "Ada"}


def test_words_that_are_none_of_a_name() -> None:
    cast = people(
        "Poor Emily was wet. On Thursday Emily was dry.",
        "“Rain,” said Poor Emily.",
        "“Rain,” said Emily. What Emily meant was not clear.",
    )
    assert set(cast) == {"Emily"}


def test_a_knight_is_not_a_mister() -> None:
    cast = people(
        "“Rain,” said Mr. William Coles.",
        "“Yes,” said Sir William.",
        "“Rain,” said Sir William Hale.",
    )
    assert set(cast["Sir William"].aliases if "Sir William" in cast else ()) | set(
        cast["Sir William Hale"].aliases if "Sir William Hale" in cast else ()
    ) == {"Sir William", "Sir William Hale"}


def test_a_street_is_nobody() -> None:
    cast = people("“Rain,” said Ada Hilton.", "“Yes,” said Tom. They were in Hilton Street.")
    assert set(cast) == {"Ada Hilton", "Tom"}


def test_an_aunt_is_known_by_her_given_name() -> None:
    cast = people(
        "Marilla Hale came in.", "“Rain,” said Marilla.", "“Yes, Aunt Marilla,” said Tom."
    )
    assert set(cast) == {"Marilla", "Tom"} or set(cast) == {"Marilla Hale", "Tom"}


def test_a_name_cut_short_that_is_only_called_is_joined() -> None:
    cast = people("Silas sat.", "“You came, Si,” said Priya.", "“I did, Pri,” said Silas.")
    assert {name: set(c.aliases) for name, c in cast.items()} == {
        "Silas": {"Silas", "Si"},
        "Priya": {"Priya", "Pri"},
    }


def test_a_name_cut_short_that_narration_uses_too_is_somebody_else() -> None:
    cast = people("Silas sat.", "“You came, Si,” said Priya.", "Si said nothing. Silas laughed.")
    assert {"Silas", "Si", "Priya"} <= set(cast)


@pytest.mark.parametrize(
    ("told", "together"),
    [
        (("Mr. van der Lyn sat.", "“No,” said Henry van der Lyn.", "“No,” said Mr. van der Lyn."),
         {"Mr. van der Lyn", "Henry van der Lyn"}),
        (("Mrs. Rachel Lamb sat.", "“No,” said Mrs. Rachel.", "“No,” said Mrs. Lamb."),
         {"Mrs. Rachel Lamb", "Mrs. Rachel", "Mrs. Lamb"}),
        (("Madame Orlov sat.", "“No,” said the Countess Orlov.", "“No,” said Madame Orlov."),
         {"Madame Orlov", "Countess Orlov", "the countess"}),
        (("Mlle. Blanche du Pre sat.", "“No,” said Blanche.", "“No,” said Mlle. Blanche."),
         {"Mlle. Blanche du Pre", "Blanche", "Mlle. Blanche"}),
        (("The Grey Heron sat.", "“No,” said the Heron to the Owl.",
          "“No,” said the Grey Heron. The Grey Heron and the Heron laughed."),
         {"Grey Heron", "Heron"}),
    ],
)  # fmt: skip
def test_one_person_by_several_names(told: tuple[str, ...], together: set[str]) -> None:
    assert together in [set(c.aliases) for c in people(*told).values()]


def test_a_calling_that_several_share_is_nobodys_in_particular() -> None:
    cast = people(
        "“No,” said the Grey Heron. The Grey Heron sat.",
        "“Yes,” said the Night Heron. The Night Heron sat.",
        "“Hush,” said the Heron. The Heron stood.",
    )
    assert len(cast) == 3


def test_the_eldest_sister_is_known_by_the_family_name() -> None:
    cast = people(
        "Ada Vane and Lucy Vane came in. Miss Lucy was wet. Miss Lucy sat.",
        "“I am wet,” said Lucy. “Sit down,” said Ada. “Thank you,” said Lucy.",
        "“So am I,” said Miss Vane. Miss Vane sat.",
    )
    assert {"Ada Vane", "Ada", "Miss Vane"} in [set(c.aliases) for c in cast.values()]


def test_a_mother_is_not_her_daughter() -> None:
    cast = people(
        "Ada Vane came in with Miss Vane. " + "Mrs. Vane sat by the fire, and it was warm. " * 5,
        "“I am wet,” said Mrs. Vane. “Sit down,” said Ada.",
    )
    assert cast["Mrs. Vane"].aliases == ("Mrs. Vane",)


def test_two_wives_of_one_family_stay_apart_and_one_is_meant() -> None:
    first = "Mrs. Tom Finch came in, and it rained all day. " * 3 + "Mrs. Finch sat down. " * 3
    second = "Mrs. John Finch stood at the window, and the clouds went over the hill. " * 3
    cast = people(first, second, "“No,” said Mrs. Finch.", "“Yes,” said Mrs. John Finch.")
    wives = [set(c.aliases) for c in cast.values() if "Mrs. John Finch" in c.aliases]
    assert wives == [{"Mrs. John Finch"}]


def test_a_father_who_is_always_mister_is_not_his_son() -> None:
    cast = people(
        "Mr. Wilcox came in with Evie Wilcox. Paul Wilcox followed.",
        *["Paul laughed. Paul sat."] * 6,
        *["Mr. Wilcox spoke. Mr. Wilcox coughed."] * 15,
        "“Well?” said Mr. Wilcox.",
        "“Well,” said Paul.",
    )
    assert set(cast["Paul"].aliases) == {"Paul", "Paul Wilcox"}
    assert cast["Mr. Wilcox"].aliases == ("Mr. Wilcox",)
