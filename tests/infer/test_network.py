import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from told import TEXT, make_story
from toy import WEIGHED

import fullcast
from fullcast import cli
from fullcast.analysis import Analysis
from fullcast.errors import NetworkError
from fullcast.infer.encode import Window
from fullcast.infer.network import (
    CARD,
    NETWORK,
    Network,
    load_network,
)
from fullcast.infer.reader import Answers
from fullcast.infer.scorer import parse_weights
from fullcast.infer.story import NOBODY
from fullcast.model import Block, Book, SourceKind, SpeakerSet


@pytest.fixture
def folder(toy_folder: Path, tmp_path: Path) -> Path:
    """Copy the network, to break it."""
    return Path(shutil.copytree(toy_folder, tmp_path / "network"))


def test_every_line_has_its_probabilities(network: Network) -> None:
    story = make_story()
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    reader = network.open(story, likely)
    assert reader.read({0: "ben", 1: "ada"}, {}) == [0, 1, 2, 3]
    for reading in reader.readings:
        assert set(reading.speakers) == {"ada", "ben", NOBODY}
        assert sum(reading.speakers.values()) == pytest.approx(1)


def test_only_windows_with_a_new_answer_are_read_again(network: Network) -> None:
    story = make_story(times=60)
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    reader = network.open(story, likely)
    assert len(reader.read({}, {})) == len(story.lines)
    before = list(reader.readings)
    assert reader.read({}, {}) == []
    again = reader.read({}, {100: "ben"})
    assert 100 in again
    assert 0 < len(again) < len(story.lines) / 2
    unread = set(range(len(story.lines))) - set(again)
    assert all(reader.readings[n] is before[n] for n in unread)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """Have answers depend on who has spoken, and note of which lines each window is told it."""
    told: list[set[int]] = []
    answer = Network.answer

    def listen(self: Network, window: Window) -> Answers:
        settled = window.who[window.own].any(axis=1)
        told.append({n for n, known in zip(window.numbers, settled, strict=True) if known})
        answers = answer(self, window)
        return replace(answers, speakers=answers.speakers + window.who.sum(axis=0))

    monkeypatch.setattr(Network, "answer", listen)
    return told


def test_what_a_person_decides_is_told_beside_it_and_what_a_tag_names_wherever_it_is_shown(
    network: Network, told: list[set[int]]
) -> None:
    story = make_story(times=60)
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    reader = network.open(story, likely)
    reader.read({100: "ben"}, {})
    tagged = sum(100 in each for each in told)
    told.clear()
    reader = network.open(story, likely)
    reader.read({}, {})
    assert not set().union(*told)
    reader.read({}, {100: "ben"})
    assert 0 < sum(100 in each for each in told) < tagged


def test_what_is_decided_no_longer_leaves_no_trace(network: Network, told: list[set[int]]) -> None:
    story = make_story(times=60)
    reader = network.open(story, [{"ada": 0.5, "ben": 0.5}] * len(story.lines))
    reader.read({}, {})
    before = list(reader.readings)
    again = reader.read({}, {100: "ben"})
    assert reader.readings != before
    told.clear()
    assert reader.read({}, {}) == again
    assert reader.readings == before
    assert not told, "read again what had been read"


def test_a_line_that_two_windows_show_well_is_answered_by_both(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story(times=60)
    said: list[dict[int, float]] = []
    answer = Network.answer

    def listen(self: Network, window: Window) -> Answers:
        answers = answer(self, window)
        odds = np.exp(answers.speakers)
        shares = odds[:, window.slots.index("ada")] / odds.sum(axis=1)
        said.append(dict(zip(window.numbers, shares.tolist(), strict=True)))
        return answers

    monkeypatch.setattr(Network, "answer", listen)
    reader = network.open(story, [{"ada": 0.5, "ben": 0.5}] * len(story.lines))
    reader.read({}, {})
    shared = 0
    for line, reading in enumerate(reader.readings):
        votes = [window[line] for window in said if line in window]
        shared += len(votes) > 1 and reading.speakers["ada"] == pytest.approx(np.mean(votes))
        assert min(votes) - 1e-6 <= reading.speakers["ada"] <= max(votes) + 1e-6
    assert shared > len(story.lines) / 4


def test_reading_twice_is_reading_afresh(network: Network) -> None:
    story = make_story(times=30)
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    twice = network.open(story, likely)
    twice.read({}, {})
    twice.read({}, {40: "ben"})
    once = network.open(story, likely)
    once.read({}, {40: "ben"})
    assert twice.readings == once.readings


def broken(folder: Path) -> str:
    with pytest.raises(NetworkError) as caught:
        load_network(folder)
    return str(caught.value)


def test_no_network_there(tmp_path: Path) -> None:
    assert "there is no network's card here" in broken(tmp_path)


def test_a_missing_file(folder: Path) -> None:
    (folder / NETWORK).unlink()
    assert f"{NETWORK}: cannot be read" in broken(folder)


def test_a_damaged_file(folder: Path) -> None:
    data = bytearray((folder / NETWORK).read_bytes())
    data[1000] ^= 1
    (folder / NETWORK).write_bytes(data)
    assert "not the file its card describes" in broken(folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": "another/1"}, "not the card of a network"),
        ({"window": 128}, "'window': 128"),
        ({"name": None, "sha256": None}, "does not tell name, sha256"),
    ],
)
def test_a_card_of_something_else(folder: Path, change: dict[str, object], words: str) -> None:
    card = json.loads((folder / CARD).read_text(encoding="utf-8")) | change
    card = {key: value for key, value in card.items() if value is not None}
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    assert words in broken(folder)


def test_a_card_that_is_no_json(folder: Path) -> None:
    (folder / CARD).write_text("{", encoding="utf-8")
    assert "cannot be read" in broken(folder)


def test_an_onnx_file_of_something_else(folder: Path) -> None:
    import hashlib

    (folder / NETWORK).write_bytes(b"no network")
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    card["sha256"] = hashlib.sha256(b"no network").hexdigest()
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")
    assert "the network cannot be loaded" in broken(folder)


def test_weights_are_lines_of_a_number_and_a_name(network: Network) -> None:
    assert parse_weights("# remark\n0.50 network: turn\n\n-1 nobody\n") == {
        "network: turn": 0.5,
        "nobody": -1.0,
    }
    assert network.scorer.weights == parse_weights(WEIGHED)


def test_the_analysis_reads_with_it(network: Network) -> None:
    text = TEXT * 3
    blocks = tuple(Block(span=span) for span in make_story(3).paragraphs)
    book = Book(text=text, blocks=blocks)
    analysis = Analysis(book, network=network)
    found = analysis.annotate()
    read = [a for a in found.attributions if a.source is SourceKind.MODEL]
    assert read
    assert all(a.reason.endswith(network.name) for a in read)
    person = SpeakerSet(read[0].quotation, read[0].alternatives[0][0])
    corrected = analysis.annotate([person])
    assert corrected == Analysis(book, network=network).annotate([person])
    assert analysis.annotate() == found


def test_the_workspace_loads_it_once_and_does_without(toy_folder: Path) -> None:
    book = fullcast.read("samples/standby.txt")
    with_it = fullcast.analyze(book, network=toy_folder)
    assert any(a.source is SourceKind.MODEL for a in with_it.attributions)
    without = fullcast.analyze(book, network="rules")
    assert {a.source for a in without.attributions} == {SourceKind.RULE}


def test_a_folder_without_a_network_is_told_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", "samples/standby.txt", "--network", str(tmp_path)]) == 13
    assert "there is no network's card here" in capsys.readouterr().err
