"""A cast file: what it may say, and what is said where it says what cannot be."""

from pathlib import Path

import pytest

from fullcast.errors import CastError
from fullcast.model import Gender, KnownCast, KnownCharacter
from fullcast.readers.cast import read_cast


def read(folder: Path, content: str | bytes) -> KnownCast:
    path = folder / "cast.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_cast(path)


def test_all_that_a_file_may_say(tmp_path: Path) -> None:
    content = """\
        complete = true
        [[character]]  # 12 lines
        name = "Ada  Finch"
        aliases = ["Ada", "Miss Finch", "Ada"]
        gender = "f"
        narrator = true

        [[character]]
        name = "the Jeromes"
        aliases = []
        gender = "Other"
        narrator = false
        group = true
        """
    ada = KnownCharacter(
        name="Ada Finch", aliases=("Ada", "Miss Finch"), gender=Gender.FEMALE, narrator=True
    )
    others = KnownCharacter(
        name="the Jeromes", aliases=(), gender=Gender.OTHER, narrator=False, group=True
    )
    assert read(tmp_path, content) == KnownCast(characters=(ada, others), complete=True)


@pytest.mark.parametrize("gender", ["", 'gender = "unknown"'])
def test_what_is_left_out_is_left_to_the_text(gender: str, tmp_path: Path) -> None:
    found = read(tmp_path, f'[[character]]\nname = "Ada"\n{gender}')
    assert found == KnownCast(characters=(KnownCharacter(name="Ada"),))


@pytest.mark.parametrize("content", [b"", b"# nobody yet\r\n", b"\xef\xbb\xbfcomplete = false"])
def test_nobody_is_listed(content: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, content) == KnownCast()


TROUBLES = {
    "name = Ada": "this is no TOML: Invalid value (at line 1, column 8); put that right",
    '[[character]]\nname = "A"\nname = "B"': "this is no TOML: Cannot overwrite",
    "a = " + "[" * 100_000: "brackets are nested too deep",
    "compleat = true": "unknown key 'compleat'; a cast file has complete = true, or",
    "complete = 1": "complete is 1; write true or false",
    "complete = true": "a complete cast lists somebody; put that right",
    '[character]\nname = "Ada"': "each character has a table of its own: [[character]] and",
    "character = [1]": "each character has a table of its own",
    '\n[[character]]\nnam = "Ada"': "line 2, character 1: unknown key 'nam'; there are name, ali",
    '[[character]]\nname = "Ada"\ncomplete = true': "line 1, character 1: complete stands here as",
    '[[character]]\naliases = ["Ada"]': 'line 1, character 1: a name is missing; add name = "…"',
    "character = [{}]": "character 1: a name is missing",
    '[[character]]\nname = " - "': "line 1, character 1: ' - ' is no name",
    "[[character]]\nname = 1": "line 1, character 1: 1 is no name",
    '[[character]]\nname = "Ada"\naliases = "A"': "character 1: aliases is 'A'; write a list",
    '[[character]]\nname = "Ada"\naliases = [1]': "character 1: aliases is [1]; write a list",
    '[[character]]\nname = "Ada"\ngender = "x"': "'x' is no gender; write one of female, male, ot",
    '[[character]]\nname = "Ada"\ngender = 1': "1 is no gender",
    '[[character]]\nname = "Ada"\nnarrator = "yes"': "narrator is 'yes'; write true or false",
    '[[character]]\nname = "A"\n[[character]]\nname = "a "': "two characters are called 'a'",
    '[[character]]\nname = "A"\nnarrator = true\n[[character]]\nname = "B"\nnarrator = true': (
        "'A' and 'B' cannot both be the narrator"
    ),
}


@pytest.mark.parametrize("content", TROUBLES, ids=lambda content: content[:40])
def test_troubles(content: str, tmp_path: Path) -> None:
    with pytest.raises(CastError) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith(f"{tmp_path / 'cast.toml'}: ")
    assert TROUBLES[content] in str(refused.value)


def test_what_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(CastError, match="this is no text in UTF-8; save the cast file as UTF-8"):
        read(tmp_path, 'name = "Zoë"'.encode("latin-1"))


@pytest.mark.parametrize(
    ("name", "trouble"),
    [("missing", "no such cast file; fullcast read STORY --write-cast makes"), ("", "opened")],
)
def test_what_is_no_file(name: str, trouble: str, tmp_path: Path) -> None:
    with pytest.raises(CastError, match=trouble):
        read_cast(tmp_path / name)
