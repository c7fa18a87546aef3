"""A speech server over HTTP, a real one: what it is asked, and what may go wrong."""

import json
import socket

import pytest
from speech_server import Answer, speaking, wave

from fullcast.errors import EngineError
from fullcast.formats import replies
from fullcast.model import Gender
from fullcast.render.direction import PLAIN, Direction
from fullcast.render.engines import server
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.server import ServerEngine
from fullcast.render.timeline import RATE_HZ
from fullcast.render.voices import Voice

NOVA = Voice(id="nova", gender=Gender.FEMALE)
GOOD: Answer = (200, wave(), {})


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(server, "sleep", slept.append)
    return slept


def test_what_it_is_asked() -> None:
    with speaking() as found:
        engine = ServerEngine(found.url, model="kokoro", key="secret")
        samples = engine.speak("Go, ⟦Siân|ʃɑːn⟧.", NOVA, Direction(pace=1.25, whisper=True))
    assert len(samples) == RATE_HZ // 2
    assert found.asked == [
        {
            "path": "/v1/audio/speech",
            "model": "kokoro",
            "voice": "nova",
            "input": "Go, Siân.",
            "response_format": "wav",
            "speed": 1.25,
            "instructions": "Whisper.",
        }
    ]
    assert found.keys == ["Bearer secret"]
    assert engine.version == "kokoro/1"


def test_other_rates_and_channels_are_made_ours() -> None:
    with speaking((200, wave(1.0, 44_100, 2), {})) as found:
        assert len(ServerEngine(found.url).speak("Go.", NOVA, PLAIN)) == RATE_HZ


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        ((404, b"", {}), ["onyx", "ash", "echo"]),
        (
            (200, b'{"voices": ["af_heart", "bm_lewis", "zed"]}', {}),
            ["af_heart", "bm_lewis", "zed"],
        ),
        ((200, b'[{"name": "a"}, {"id": "b"}, {"id": "c"}]', {}), ["a", "b", "c"]),
        ((200, b"<html>", {}), ["onyx", "ash", "echo"]),
        ((200, b"[1, 2]", {}), ["onyx", "ash", "echo"]),
        ((200, b"[" * 100_000, {}), ["onyx", "ash", "echo"]),
    ],
)
def test_its_voices(answer: Answer, ids: list[str]) -> None:
    with speaking(voices=answer) as found:
        voices = ServerEngine(found.url).voices()
    assert [voice.id for voice in voices[:3]] == ids
    if ids[0] == "af_heart":
        assert [voice.gender.value for voice in voices] == ["female", "male", "unknown"]


@pytest.mark.parametrize(
    ("failures", "slept"),
    [
        ([(503, b"", {})], [1.0]),
        ([(429, b"", {"Retry-After": "7"}), (500, b"", {})], [7.0, 3.0]),
        ([(0, b"", {}), (0, b"", {}), (0, b"", {})], [1.0, 3.0, 9.0]),
    ],
)
def test_it_is_asked_again(failures: list[Answer], slept: list[float], pauses: list[float]) -> None:
    with speaking(*failures, GOOD) as found:
        assert len(ServerEngine(found.url).speak("Go.", NOVA, PLAIN))
    assert pauses == slept


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        ((200, b"<html>hello", {}), LineError, "what it answered is no sound: b'<html>hello'"),
        ((200, b'{"error": "no gpu"}', {}), LineError, "is no sound: no gpu"),
        ((200, wave(0), {}), LineError, "with no sound at all"),
        ((400, b'{"error": {"message": "too long"}}', {}), LineError, "400: too long"),
        ((503, b"", {}), LineError, r"the server failed \(503\)"),
        ((0, b"", {}), LineError, "the connection broke"),
        ((401, b"", {}), EngineError, "FULLCAST_SPEECH_KEY"),
        ((404, b"", {}), EngineError, "usually ends in /v1"),
        ((302, b"", {"Location": "http://x/"}), EngineError, "no speech server answers there"),
        ((429, b"", {"Retry-After": "3600"}), EngineError, "come back in 3,600 seconds"),
    ],
)
def test_what_may_go_wrong(answer: Answer, kind: type[Exception], told: str) -> None:
    with speaking(answer) as found, pytest.raises(kind, match=told):
        ServerEngine(found.url).speak("Go.", NOVA, PLAIN)


def test_an_answer_that_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "ANSWER_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        with pytest.raises(LineError, match=r"no answer within 0\.05 seconds"):
            ServerEngine(url).speak("Go.", NOVA, PLAIN)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(EngineError, match="no server can be reached there"):
        ServerEngine(f"http://127.0.0.1:{port}/v1").speak("Go.", NOVA, PLAIN)


@pytest.mark.parametrize("url", ["", "localhost:80", "ftp://x/v1", "http://me:secret@x/v1"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(EngineError, match="this is no address of a server"):
        ServerEngine(url)


def test_what_is_no_key() -> None:
    with pytest.raises(EngineError, match="a key is printable ASCII"):
        ServerEngine("http://x/v1", key="a\nb")


def test_errors_are_plain_json() -> None:
    assert replies.said(json.dumps({"error": {"message": "a\n b"}}).encode()) == ": a b"
