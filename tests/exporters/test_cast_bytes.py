"""The cast file that is written: it can be read back, whatever people are called."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from making import make_story

from fullcast.exporters import build_script, cast_bytes
from fullcast.model import Annotations, Book, Character, Gender, KnownCast, KnownCharacter
from fullcast.readers.cast import read_cast

FERRY = """\
[[character]]  # 4 lines
name = "Ada Finch"
aliases = ["Ada"]
gender = "female"
narrator = true

[[character]]  # 2 lines
name = "Tom"
aliases = []
gender = "male"

[[character]]  # 0 lines
name = "the owl"
aliases = []
"""


def read_back(content: bytes) -> KnownCast:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cast.toml")
        path.write_bytes(content)
        return read_cast(path)


def test_a_table_for_each() -> None:
    written = cast_bytes(build_script(*make_story())).decode()
    assert written.endswith(f"\n# complete = true\n\n{FERRY}")
    assert written.startswith('# The cast of "The Ferry", as Fullcast found it: a start.')


NAMES = st.text(max_size=8).map(lambda words: f"A {words}")
PEOPLE = st.builds(
    Character,
    id=st.uuids().map(str),
    name=NAMES,
    aliases=st.lists(NAMES, max_size=3).map(tuple),
    gender=st.sampled_from(Gender),
    group=st.booleans(),
)


@given(st.lists(PEOPLE, max_size=4), st.text())
def test_whatever_they_are_called(people: list[Character], title: str) -> None:
    book = Book(text="", blocks=(), title=title)
    known = read_back(cast_bytes(build_script(book, Annotations(characters=tuple(people)))))
    assert len(known.characters) == len(people)
    for told, found in zip(known.characters, people, strict=True):
        assert (told.gender or Gender.UNKNOWN, bool(told.group)) == (found.gender, found.group)


def test_namesakes_are_numbered() -> None:
    twins = tuple(Character(id=who, name="Jo", aliases=("Jo",)) for who in "ab")
    book = Book(text="", blocks=())
    known = read_back(cast_bytes(build_script(book, Annotations(characters=twins))))
    assert known.characters == (
        KnownCharacter(name="Jo", aliases=()),
        KnownCharacter(name="Jo (2)", aliases=("Jo",)),
    )
