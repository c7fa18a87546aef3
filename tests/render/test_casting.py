from math import log2
from pathlib import Path

import pytest

from fullcast.errors import CastingError, EngineError
from fullcast.render.casting import (
    Casting,
    Role,
    age_of,
    cast,
    more_roles,
    read_casting,
    settle,
    write_casting,
)
from fullcast.render.engines.espeak_voices import VOICES
from fullcast.render.engines.silent import SilentEngine
from fullcast.render.voices import Voice

BY_ID = {voice.id: voice for voice in VOICES}


class English(SilentEngine):
    """The voices of espeak-ng, without it."""

    name = "english"

    def voices(self) -> tuple[Voice, ...]:
        return VOICES

    def voice(self, name: str) -> Voice:
        if name not in BY_ID:
            raise EngineError(f"there is no voice {name!r}")
        return BY_ID[name]


def person(name: str, gender: str, words: int, *, narrator: bool = False) -> dict:
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": [name.split()[0]],
        "gender": gender,
        "narrator": narrator,
        "words": words,
    }


def story(*people: dict) -> dict:
    return {"characters": list(people)}


TWO = story(person("Ada Finch", "female", 300), person("Tom Lee", "male", 200))


def semitones(one: str, other: str) -> float:
    return abs(12 * log2(BY_ID[one].pitch_hz / BY_ID[other].pitch_hz))


@pytest.mark.parametrize("genders", [("female", "female"), ("male", "male"), ("female", "male")])
def test_leads_are_far_apart(genders: tuple[str, str]) -> None:
    one, other = (person(f"P{at}", gender, 100) for at, gender in enumerate(genders))
    found = cast(story(one, other), English())
    voices = [found.roles["p0"].voice, found.roles["p1"].voice]
    assert [BY_ID[voice].gender for voice in voices] == list(genders)
    assert semitones(*voices) >= 3
    assert found.narrator.voice not in voices


def test_age_is_in_the_names() -> None:
    found = cast(
        story(person("Old Marley", "male", 9), person("Little Em", "female", 9)), English()
    )
    assert [BY_ID[role.voice].age for role in found.roles.values()] == ["old", "child"]
    assert age_of(["the grandmother"]) == "old"


def test_large_roles_have_a_voice_of_their_own_and_small_ones_share() -> None:
    people = [person(f"P{at}", "male", 1000 - at) for at in range(40)]
    found = cast(story(*people), English())
    heard = [found.roles[f"p{at}"].voice for at in range(40)]
    alone = sum(voice.gender == "male" and voice.age == "adult" for voice in VOICES) - 1
    assert len(set(heard[:alone])) == alone
    assert set(heard[alone:]) <= set(heard[:alone])
    assert found.narrator.voice not in heard
    assert heard[0] not in heard[1:]


def test_who_tells_the_story_has_one_voice() -> None:
    teller = person("Ada Finch", "female", 10, narrator=True)
    found = cast(story(teller, person("Tom", "male", 90)), English())
    assert found.narrator.voice == found.roles["ada-finch"].voice != found.roles["tom"].voice
    assert found.role(None) == found.role("nobody known") == found.narrator


def test_a_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    roles = {"ada": Role(name='A "B" Ç\n', voice="x", pitch_st=-1.5, pace=1.1)}
    casting = Casting(engine="silent", narrator=Role(name="Narrator", voice="y"), roles=roles)
    path.write_text(write_casting(casting), "utf-8")
    found = read_casting(path)
    assert (found.engine, found.roles) == ("silent", {"narrator": casting.narrator, **roles})
    assert more_roles(casting, {"ada"}) == ""
    assert "[cast.ada]" in more_roles(casting, set())


def test_what_a_file_settles_stays(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('[cast."ADA"]\nvoice = "en-us+f5@+3"\npitch = 2\n', "utf-8")
    chosen = settle(read_casting(path), TWO, English())
    found = cast(TWO, English(), chosen=chosen)
    assert found.roles["ada-finch"] == Role(name="ADA", voice="en-us+f5@+3", pitch_st=2.0)
    assert list(found.roles) == ["ada-finch", "tom-lee"]


def test_the_series_is_remembered() -> None:
    first = cast(TWO, English())
    earlier = {"narrator": first.narrator, **first.roles}
    second = story(person("Zed", "female", 900), person("Ada Finch", "female", 10))
    found = cast(second, English(), earlier=[earlier])
    assert found.roles["ada-finch"] == first.roles["ada-finch"]
    assert found.roles["zed"].voice != first.roles["ada-finch"].voice
    assert found.narrator == first.narrator


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("voice =", "no TOML"),
        ("[cast]\nada = 3", r"\[cast.ada\] has no voice"),
        ('[cast.ada]\nvoice = "x"\npitch = 99', "from -12 to 12, not 99"),
        ('[narrator]\nvoice = "x"\npace = "fast"', "from 0.5 to 2, not 'fast'"),
        ("cast = 3", "should be tables"),
    ],
)
def test_broken_files_are_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(CastingError, match=told):
        read_casting(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            '[cast.zed]\nvoice = "x"',
            "not in this story: zed. In it are: ada-finch, tom-lee",
        ),
        ('engine = "piper"', "its voices are piper's, not english's"),
        ('[cast.ada]\nvoice = "x"', "there is no voice 'x'"),
    ],
)
def test_files_of_another_story_are_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(content, "utf-8")
    with pytest.raises((CastingError, EngineError), match=told):
        settle(read_casting(path), TWO, English())


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CastingError, match="no such file"):
        read_casting(tmp_path / "c.toml")
