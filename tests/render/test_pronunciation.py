from pathlib import Path

import pytest

from fullcast.errors import PronunciationError
from fullcast.render.engines.phonemes import with_sounds
from fullcast.render.pronunciation import Pronunciation, Said, doubtful_names, read_pls, write_pls

WORDS = {
    "Strachan": Said(alias="Strawn"),
    "Siân & Co": Said(ipa="ʃɑːn"),
    "gaol": Said(alias="jail"),
}


def test_words_are_said_as_the_dictionary_has_them() -> None:
    found = Pronunciation(WORDS).apply("Strachan’s gaol. Gaol, Strachans, Siân & Co!")
    assert found == "Strawn’s jail. jail, Strachans, ⟦Siân & Co|ʃɑːn⟧!"
    assert with_sounds(found).endswith("[[SA:n]]!")


def test_an_alias_as_written_changes_nothing() -> None:
    assert Pronunciation({"Ada": Said(alias="Ada")}).words == {}
    assert Pronunciation().apply("Ada") == "Ada"


def test_pls_goes_out_and_in(tmp_path: Path) -> None:
    path = tmp_path / "names.pls"
    path.write_text(write_pls(WORDS, "en-GB", {"gaol": "read as --"}), "utf-8")
    assert read_pls(path) == WORDS


def test_pls_of_others_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.pls"
    path.write_text(
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" '
        'alphabet="ipa" xml:lang="en"><meta name="a" content="b"/><lexeme role="x">'
        "<grapheme>colour</grapheme><grapheme>color</grapheme><phoneme>kʌlə</phoneme>"
        "<alias>x</alias></lexeme></lexicon>",
        "utf-8",
    )
    assert read_pls(path) == dict.fromkeys(("colour", "color"), Said(ipa="kʌlə"))


HEAD = '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa">'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<lexicon>", "no well-formed XML"),
        ("<html/>", "this is no PLS"),
        (f"{HEAD}<lexeme><alias>x</alias></lexeme></lexicon>", "line 1: a lexeme has no grapheme"),
        (f"{HEAD}<lexeme><grapheme>a</grapheme></lexeme></lexicon>", "neither an alias"),
        (
            f"{HEAD}<lexeme><grapheme>a</grapheme><phoneme>q!</phoneme></lexeme></lexicon>",
            "no English sound is written 'q!'",
        ),
        (
            f'{HEAD}<lexeme><grapheme>a</grapheme><phoneme alphabet="x-sampa">{{</phoneme>'
            "</lexeme></lexicon>",
            "in IPA only",
        ),
    ],
)
def test_what_is_no_dictionary_is_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "names.pls"
    path.write_text(content, "utf-8")
    with pytest.raises(PronunciationError, match=told):
        read_pls(path)


def test_a_folder_is_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(PronunciationError, match="cannot be read"):
        read_pls(tmp_path)


def test_names_that_are_likely_said_wrong() -> None:
    names = ["Nevin Strachan", "Siobhán", "Ada Finch", "Tom Wriothesley"]
    people = [{"name": name, "aliases": []} for name in names]
    assert doubtful_names({"characters": people}) == ["Strachan", "Siobhán", "Wriothesley"]
