"""Word lists say each thing once: the first of two entries would win in silence."""

from collections import Counter
from importlib.resources import files

import pytest

LEXICON = files("fullcast.analysis.lexicon")


@pytest.mark.parametrize("name", ["people.txt", "titles.txt", "given_names.txt", "not_people.txt"])
def test_no_word_stands_twice(name: str) -> None:
    lines = LEXICON.joinpath(name).read_text(encoding="utf-8").splitlines()
    words = Counter(word for line in lines if line[:1] != "#" for word in line.split()[1:])
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("file", sorted(f.name for f in LEXICON.iterdir() if f.name[-4:] == ".txt"))
def test_every_list_says_its_licence(file: str) -> None:
    first = LEXICON.joinpath(file).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#")
    assert "CC0-1.0" in first
