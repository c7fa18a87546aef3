"""What a person knows of the cast stands, and the rest is found as before."""

from dataclasses import replace
from pathlib import Path

import pytest
from telling import tell

from fullcast.analysis import analyze
from fullcast.analysis.people.known import lay_over
from fullcast.exporters import build_script, cast_bytes
from fullcast.model import Annotations, Character, Gender, KnownCast, KnownCharacter
from fullcast.readers import read_book
from fullcast.readers.cast import read_cast

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
STORY = (
    "Ada Finch looked up. The wind was cold, and Ada Finch was tired.",
    "“Come in,” said Ada.",
    "“I will,” said Tom.",
    "“Sit down,” said Miss Finch. “And you, Tom?”",
    "“I stand,” said Tom.",
)
TOLD = ("I came home late.", "“Who is there?” I said.", "“Me,” said Tom.", "“You!” I said. I sat.")


def known(*characters: KnownCharacter, complete: bool = False) -> KnownCast:
    return KnownCast(characters=characters, complete=complete)


def understood(cast: KnownCast, *paragraphs: str) -> Annotations:
    return analyze(tell(*paragraphs), known=cast)


def names(found: Annotations) -> dict[str, tuple[str, ...]]:
    return {c.id: tuple(sorted(c.aliases)) for c in found.characters}


def speakers(found: Annotations) -> list[str | None]:
    return [a.speaker for a in found.attributions]


class TestNames:
    def test_the_story_as_it_is_found(self) -> None:
        assert names(analyze(tell(*STORY))) == {
            "ada-finch": ("Ada", "Ada Finch", "Miss Finch"),
            "tom": ("Tom",),
        }

    def test_names_are_somebody_elses(self) -> None:
        clara = KnownCharacter(name="Clara Finch", aliases=("Miss Finch",))
        found = understood(known(clara), *STORY)
        assert names(found) == {
            "clara-finch": ("Clara Finch", "Miss Finch"),
            "ada-finch": ("Ada", "Ada Finch"),
            "tom": ("Tom",),
        }
        assert speakers(found) == ["ada-finch", "tom", "clara-finch", "tom"]

    def test_a_name_that_two_share_stays_in_doubt(self) -> None:
        ada = KnownCharacter(name="Ada Finch", aliases=("Ada", "Miss Finch"))
        clara = KnownCharacter(name="Clara Finch", aliases=("Miss Finch",))
        line = understood(known(ada, clara), *STORY).attributions[2]
        assert line.reason == "shared-name"
        assert {line.speaker, line.alternatives[0][0]} == {"ada-finch", "clara-finch"}

    def test_a_name_taken_away_stands_alone(self) -> None:
        found = understood(known(KnownCharacter(name="Ada Finch", aliases=("Ada",))), *STORY)
        assert names(found)["miss-finch"] == ("Miss Finch",)
        assert found.character("miss-finch").gender is Gender.FEMALE
        assert speakers(found)[2] == "miss-finch"

    def test_names_left_open_are_found(self) -> None:
        found = understood(known(KnownCharacter(name="Ada Finch")), *STORY)
        assert found == analyze(tell(*STORY))

    def test_a_part_of_a_name_will_do(self) -> None:
        found = understood(known(KnownCharacter(name="Tom Adler")), *STORY)
        assert names(found).keys() == {"ada-finch", "tom-adler"}
        assert names(found)["tom-adler"] == ("Tom", "Tom Adler")

    def test_two_are_one(self) -> None:
        found = understood(known(KnownCharacter(name="Tom", aliases=("Ada", "Miss Finch"))), *STORY)
        assert set(speakers(found)) == {"tom"}
        assert names(found)["ada-finch"] == ("Ada Finch",)

    def test_whom_nobody_noticed(self) -> None:
        story = ("“Come in,” said Ada.", "The hat spoke: “No.”", "“No hat!” said Ada.")
        hat = KnownCharacter(name="The hat", aliases=("the hat",), gender=Gender.OTHER)
        found = understood(known(hat), *story)
        assert found.character("the-hat").gender is Gender.OTHER
        assert speakers(found) == ["ada", "the-hat", "ada"]


class TestTheRest:
    def test_a_complete_cast_has_nobody_else(self) -> None:
        ada = KnownCharacter(name="Ada Finch", aliases=("Ada", "Miss Finch"))
        found = understood(known(ada, complete=True), *STORY)
        assert [c.id for c in found.characters] == ["ada-finch"]

    @pytest.mark.parametrize("gender", [Gender.MALE, Gender.FEMALE, Gender.OTHER])
    def test_gender_is_fixed(self, gender: Gender) -> None:
        story = ("Tom rubbed his hands. Tom shook his head. Tom ate his hat.", *STORY)
        found = understood(known(KnownCharacter(name="Tom", gender=gender)), *story)
        assert found.character("tom").gender is gender

    def test_a_group(self) -> None:
        found = understood(known(KnownCharacter(name="Tom", group=True)), *STORY)
        assert found.character("tom").group


class TestNarrator:
    def narrators(self, *characters: KnownCharacter) -> list[str]:
        found = understood(known(*characters), *TOLD)
        return [c.name for c in found.characters if c.narrator]

    def test_nobody_named(self) -> None:
        assert self.narrators() == ["Narrator"]

    def test_the_narrator_gets_a_name(self) -> None:
        cast = known(KnownCharacter(name="Ada Finch", narrator=True))
        found = understood(cast, *TOLD)
        assert [c.id for c in found.characters] == ["ada-finch", "tom"]
        assert speakers(found) == ["ada-finch", "tom", "ada-finch"]

    def test_somebody_else_is_not(self) -> None:
        assert self.narrators(KnownCharacter(name="Tom")) == ["Narrator"]
        assert self.narrators(KnownCharacter(name="Tom", narrator=True)) == ["Tom"]
        assert self.narrators(KnownCharacter(name="Narrator", narrator=False)) == []

    def test_what_was_found_gives_way(self) -> None:
        found = [Character(id="tom", name="Tom", aliases=("Tom",), narrator=True)]
        ada = KnownCharacter(name="Ada", narrator=True)
        assert [c.narrator for c in lay_over(known(ada), found)] == [True, False]
        tom = KnownCharacter(name="Tom", narrator=False)
        assert [c.narrator for c in lay_over(known(tom), found)] == [False]


def test_an_id_is_the_known_ones_first() -> None:
    found = [Character(id="tom", name="Thomas", aliases=("Thomas",))]
    cast = lay_over(known(KnownCharacter(name="Tom", aliases=())), found)
    assert [(c.id, c.name) for c in cast] == [("tom", "Tom"), ("thomas", "Thomas")]


def groundless(found: Annotations) -> Annotations:
    """Leave out why names are whose: a cast file tells it of itself."""
    return replace(found, characters=tuple(replace(c, grounds=()) for c in found.characters))


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_written_and_read_back_changes_nothing(
    sample: Path, complete: bool, tmp_path: Path
) -> None:
    book = read_book(sample)
    found = analyze(book)
    path = tmp_path / "cast.toml"
    path.write_bytes(cast_bytes(build_script(book, found)))
    cast = read_cast(path)
    again = analyze(book, known=KnownCast(characters=cast.characters, complete=complete))
    assert groundless(again) == groundless(found)
