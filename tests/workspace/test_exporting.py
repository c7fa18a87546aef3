"""``fullcast.export``, and corrections that come back from a spreadsheet."""

import csv
import json
from pathlib import Path

import pytest

import fullcast
from fullcast.cli import main
from fullcast.exporters.registry import FORMATS
from fullcast.model import Annotations, Book, SpeakerSet

SAMPLES = Path(__file__).parent.parent.parent / "samples"
SAMPLE = SAMPLES / "standby.txt"


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scripted") / "standby.json"
    fullcast.script(SAMPLE, path, network="rules")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_each_is_written_from_a_script(form: str, scripted: Path, tmp_path: Path) -> None:
    target = tmp_path / f"standby{FORMATS[form].suffix}"
    assert main(["export", str(scripted), "--to", form, "-o", str(target)]) == 0
    assert target.is_dir() == (not FORMATS[form].suffix)


def test_a_folder_says_what_it_is_and_gives_way_to_the_next(scripted: Path, tmp_path: Path) -> None:
    for _ in range(2):
        fullcast.export(scripted, tmp_path / "tables", to="tables")
    told = json.loads((tmp_path / "tables" / "export.json").read_bytes())
    assert told["format"] == "tables"
    assert told["source"]["path"] == str(SAMPLE)
    assert "quotations.csv" in told["files"]


def test_a_folder_of_others_is_left_alone(scripted: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(fullcast.OutputError, match="holds other things"):
        fullcast.export(scripted, tmp_path, to="tables")


@pytest.mark.parametrize("to", ["tabels", "TEI P5", ""])
def test_an_unknown_format_is_refused_before_any_work(to: str, tmp_path: Path) -> None:
    with pytest.raises(fullcast.OutputError, match=f"no format is called '{to}'.* tables, parquet"):
        fullcast.export("no-such-story.txt", tmp_path / "x", to=to)


@pytest.mark.parametrize("form", [each for each in FORMATS.values() if each.suffix])
def test_a_wrong_name_is_refused_before_any_work(form, tmp_path: Path) -> None:
    with pytest.raises(fullcast.OutputError, match=f"a name that ends in {form.suffix}"):
        fullcast.export("no-such-story.txt", tmp_path / "x", to=form.name)


@pytest.mark.parametrize("form", [each.name for each in FORMATS.values() if each.wordless])
def test_no_word_is_left_where_words_must_not_pass_on(
    form: str, scripted: Path, tmp_path: Path
) -> None:
    target = tmp_path / f"out{FORMATS[form].suffix}"
    fullcast.export(scripted, target, to=form, non_consumptive=True)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in ("clipboard", "booking", "coldly"):
        assert word.encode() not in content


def test_a_script_that_is_not_whole_is_refused(scripted: Path, tmp_path: Path) -> None:
    script = json.loads(scripted.read_bytes())
    del script["segments"][3]["speaker"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(script), "utf-8")
    with pytest.raises(fullcast.SourceDamaged, match="'speaker' is missing"):
        fullcast.export(broken, tmp_path / "x", to="tables")


def test_twenty_speakers_changed_are_twenty_corrections(tmp_path: Path) -> None:
    book = fullcast.read(SAMPLE)
    found = fullcast.analyze(book, network="rules")
    table = tmp_path / "standby.csv"
    fullcast.script(book, table, annotations=found)
    with table.open(newline="", encoding="utf-8") as page:
        rows = list(csv.DictReader(page))
    other = {"Ishbel Mowat": "Nevin Strachan", "Nevin Strachan": "Ishbel Mowat"}
    wanted = [judged.quotation for judged in found.attributions][10:30]
    for row in rows:
        if row["quotation"] in wanted:
            row["speaker_name"] = other[row["speaker_name"]]
    edited = tmp_path / "edited.csv"
    with edited.open("w", newline="", encoding="utf-8-sig") as page:
        writer = csv.DictWriter(page, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    corrections = fullcast.read_corrections(edited, found)
    assert [type(each) for each in corrections] == [SpeakerSet] * 20
    script = fullcast.script(book, corrections=edited, network="rules")
    said = {s["quotation"]: (s["speaker"], s["source"]) for s in script["segments"]}
    assert all(said[each.quotation] == (each.speaker, "person") for each in corrections)


def test_corrections_and_annotations_do_not_go_together(
    story: tuple[Book, Annotations],
) -> None:
    with pytest.raises(TypeError, match="annotations have their"):
        fullcast.script(story[0], annotations=story[1], corrections="x.csv")


def test_a_script_is_not_corrected_again(scripted: Path, tmp_path: Path) -> None:
    with pytest.raises(fullcast.SourceError, match="not judged again; .* with corrections"):
        fullcast.export(scripted, tmp_path / "x", to="tables", corrections="x.csv")
