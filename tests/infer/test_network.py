import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from told import SPEAKERS, make_story

from fullcast.errors import NetworkError
from fullcast.infer.network import (
    CARD,
    NETWORK,
    SHIPPED,
    WEIGHTS,
    Network,
    load_network,
    parse_weights,
)
from fullcast.infer.story import NOBODY

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="no network is shipped")


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the network that is shipped."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "network"))


def test_what_is_shipped_is_small_and_says_what_it_is() -> None:
    card = json.loads((SHIPPED / CARD).read_text(encoding="utf-8"))
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30_000_000
    assert card["bits"] == 8
    assert "AHandfulOfDust" not in str(card["trained_on"])
    assert {"licence", "base", "trained_on", "left_out"} <= card.keys()


def test_settled_lines_tell_who_answers(network: Network) -> None:
    story = make_story()
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    reader = network.open(story, likely)
    assert reader.read({0: "ben", 1: "ada"}) == [0, 1, 2, 3]
    for reading in reader.readings:
        assert set(reading.speakers) == {"ada", "ben", NOBODY}
        assert sum(reading.speakers.values()) == pytest.approx(1)
    best = [max(r.speakers, key=lambda c: r.speakers[c]) for r in reader.readings]
    assert best[2:] == SPEAKERS[2:]


def test_only_windows_with_a_new_answer_are_read_again(network: Network) -> None:
    story = make_story(times=60)
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    reader = network.open(story, likely)
    assert len(reader.read({})) == len(story.lines)
    before = list(reader.readings)
    assert reader.read({}) == []
    again = reader.read({100: "ben"})
    assert 100 in again
    assert 0 < len(again) < len(story.lines) / 2
    unread = set(range(len(story.lines))) - set(again)
    assert all(reader.readings[n] is before[n] for n in unread)


def test_reading_twice_is_reading_afresh(network: Network) -> None:
    story = make_story(times=30)
    likely = [{"ada": 0.5, "ben": 0.5}] * len(story.lines)
    twice = network.open(story, likely)
    twice.read({})
    twice.read({40: "ben"})
    once = network.open(story, likely)
    once.read({40: "ben"})
    for a, b in zip(twice.readings, once.readings, strict=True):
        assert np.allclose(list(a.speakers.values()), list(b.speakers.values()), atol=0.02)


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


def test_weights_are_lines_of_a_number_and_a_name() -> None:
    assert parse_weights("# remark\n0.50 network: turn\n\n-1 nobody\n") == {
        "network: turn": 0.5,
        "nobody": -1.0,
    }
    weights = parse_weights((SHIPPED / WEIGHTS).read_text(encoding="utf-8"))
    assert weights["network: turn"] > 0
