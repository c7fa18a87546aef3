"""BookNLP's files: columns where readers look for them, and places that lead back to the text."""

import csv
import io
import json

from hypothesis import given
from making import stories

from fullcast.exporters import Script, build_script
from fullcast.exporters.booknlp import ENTITY_COLUMNS, QUOTE_COLUMNS, TOKEN_COLUMNS, export
from fullcast.model import Annotations, Book


def rows(content: bytes) -> list[dict[str, str]]:
    page = io.StringIO(content.decode(), newline="\n")
    return list(csv.DictReader(page, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_files_and_columns(script: Script) -> None:
    files = dict(export(script))
    assert set(files) == {
        f"ferry.{end}" for end in ("tokens", "entities", "quotes", "book", "book.html")
    }
    for end, columns in (
        ("tokens", TOKEN_COLUMNS),
        ("entities", ENTITY_COLUMNS),
        ("quotes", QUOTE_COLUMNS),
    ):
        assert files[f"ferry.{end}"].splitlines()[0].decode() == "\t".join(columns)


def test_a_quote_names_its_speaker_and_where_that_shows(script: Script) -> None:
    files = dict(export(script))
    tokens, quotes = rows(files["ferry.tokens"]), rows(files["ferry.quotes"])
    first = quotes[0]
    assert first["quote"] == "“ Will he come ? ”"
    assert first["mention_phrase"] == "Ada Finch"
    assert tokens[int(first["mention_start"])]["word"] == "Ada"
    assert tokens[int(first["quote_end"])]["word"] == "”"
    characters = json.loads(files["ferry.book"])["characters"]
    assert characters[int(first["char_id"])]["g"]["argmax"] == "she/her"
    assert quotes[-1]["char_id"] == "-1"


@given(stories())
def test_tokens_lead_back_to_the_text(story: tuple[Book, Annotations]) -> None:
    book, _ = story
    (content,) = (page for name, page in export(build_script(*story)).items() if "tokens" in name)
    found = rows(content)
    assert [row["word"] for row in found] == [
        book.text[int(row["byte_onset"]) : int(row["byte_offset"])] for row in found
    ]
    covered = {at for row in found for at in range(int(row["byte_onset"]), int(row["byte_offset"]))}
    assert all(book.text[at].isspace() for at in range(len(book.text)) if at not in covered)
    assert [int(row["token_ID_within_document"]) for row in found] == list(range(len(found)))
