"""A speech server of the OpenAI kind: ``POST /v1/audio/speech``.

Redirects are not followed: they would carry the key to another place.
"""

import io
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from fullcast.errors import EngineError
from fullcast.formats import replies
from fullcast.model import Gender
from fullcast.render.direction import Direction
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.phonemes import as_written
from fullcast.render.engines.resample import resample
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

PAUSES_S = (1.0, 3.0, 9.0)
"""Between one try and the next, where the server does not say how long."""

LONGEST_PAUSE_S = 60.0
CONNECT_S = 10.0
ANSWER_S = 180.0
MOST_BYTES = 64 << 20
"""Of an answer: five minutes of the widest sound there is."""

EXAMPLE = "http://localhost:8880/v1"

_FEMALE = "nova coral shimmer sage alloy"
_MALE = "onyx ash echo verse fable ballad"
_KNOWN = tuple(
    Voice(id=name, gender=gender)
    for gender, names in ((Gender.MALE, _MALE), (Gender.FEMALE, _FEMALE))
    for name in names.split()
)

sleep = time.sleep


class _Reply(NamedTuple):
    status: int
    body: bytes
    retry_after: str


class _Dropped(LineError):
    """The connection broke; another try may do."""


class ServerEngine:
    """Somebody who speaks elsewhere."""

    name = "server"
    lanes = 2
    settings = None

    def __init__(self, url: str = "", model: str = "tts-1", key: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise EngineError(f"{url!r}: this is no address of a server; one looks like {EXAMPLE}")
        if not (key.isascii() and (key + ".").isprintable()):
            raise EngineError(
                "FULLCAST_SPEECH_KEY: a key is printable ASCII in one line; copy it once more"
            )
        self._parts = parts
        self._place = url.partition("?")[0]
        self._model, self._key = model, key

    @property
    def version(self) -> str:
        """The model: wherever it runs, it is the same."""
        return f"{self._model}/1"

    @cached_property
    def _voices(self) -> tuple[Voice, ...]:
        """Ask for its voices; a server without such a list has those of OpenAI's."""
        reply = self._persist("GET", "/audio/voices", None)
        with suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
            listed = json.loads(reply.body)
            listed = listed["voices"] if isinstance(listed, dict) else listed
            ids = [
                one if isinstance(one, str) else (one.get("id") or one["name"]) for one in listed
            ]
            if reply.status == 200 and ids:
                return tuple(Voice(id=one, gender=_gender(one)) for one in map(str, ids))
        return _KNOWN

    def voices(self) -> tuple[Voice, ...]:
        """List the server's voices."""
        return self._voices

    def voice(self, name: str) -> Voice:
        """Find a voice by its id; whether there is one the server will say."""
        return next((voice for voice in _KNOWN if voice.id == name), Voice(id=name))

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Have a text spoken."""
        question: dict[str, object] = {
            "model": self._model,
            "voice": voice.id,
            "input": as_written(text),
            "response_format": "wav",
            "speed": direction.pace,
        }
        if direction.whisper:
            question["instructions"] = "Whisper."
        reply = self._persist("POST", "/audio/speech", question)
        if reply.status != 200:
            raise self._refusal(reply)
        return self._sound(reply.body)

    def _sound(self, body: bytes) -> "Samples":
        import soundfile

        try:
            samples, rate_hz = soundfile.read(io.BytesIO(body), dtype="float32", always_2d=True)
        except (soundfile.LibsndfileError, ValueError) as error:
            said = replies.said(body) or f": {body[:40]!r}"
            raise LineError(f"{self._place}: what it answered is no sound{said}") from error
        if not len(samples):
            raise LineError(f"{self._place}: it answered with no sound at all")
        mono: Samples = samples.mean(axis=1)
        return resample(mono, rate_hz)

    def _persist(self, method: str, path: str, body: Mapping[str, object] | None) -> _Reply:
        """Send a request, again where that may help."""
        for pause_s in PAUSES_S:
            try:
                reply = self._exchange(method, path, body)
            except _Dropped:
                sleep(pause_s)
                continue
            if reply.status != 429 and reply.status < 500:
                return reply
            asked_s = replies.wait_s(reply.retry_after) or pause_s
            if asked_s > LONGEST_PAUSE_S:
                raise EngineError(
                    f"{self._place}: the server asks to come back in {asked_s:,.0f} seconds; run "
                    "again then: what was spoken is kept"
                )
            sleep(asked_s)
        return self._exchange(method, path, body)

    def _exchange(self, method: str, path: str, body: Mapping[str, object] | None) -> _Reply:
        parts = self._parts
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=CONNECT_S)
        target = parts.path.rstrip("/") + path + (f"?{parts.query}" if parts.query else "")
        sent = None if body is None else json.dumps(body).encode("ascii")
        try:
            self._connect(connection)
            connection.request(method, target, sent, self._headers())
            with connection.getresponse() as response:
                content = replies.read_body(response, ANSWER_S, MOST_BYTES)
                retry_after = response.headers.get("Retry-After", "")
                return _Reply(response.status, content, retry_after)
        except replies.TooLarge as error:
            raise LineError(f"{self._place}: {error}") from error
        except TimeoutError as error:
            raise LineError(f"{self._place}: no answer within {ANSWER_S:g} seconds") from error
        except (OSError, HTTPException) as error:
            raise _Dropped(
                f"{self._place}: the connection broke ({replies.reason(error)})"
            ) from error
        finally:
            connection.close()

    def _connect(self, connection: HTTPConnection) -> None:
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            raise EngineError(
                f"{self._place}: no server can be reached there ({replies.reason(error)}); "
                "start it, or correct the address"
            ) from error
        connection.sock.settimeout(ANSWER_S)

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": "fullcast", "Content-Type": "application/json"}
        return headers | ({"Authorization": f"Bearer {self._key}"} if self._key else {})

    def _refusal(self, reply: _Reply) -> LineError | EngineError:
        """Say what a status means, and what to do."""
        said = f"{reply.status}{replies.said(reply.body)}"
        if reply.status in {401, 403}:
            return EngineError(
                f"{self._place}: the server refuses us ({said}); put its key into the environment "
                "as FULLCAST_SPEECH_KEY"
            )
        if reply.status in {404, 405} or 300 <= reply.status < 400:
            return EngineError(
                f"{self._place}: no speech server answers there ({said}); the address usually ends "
                "in /v1, and the model must be one that the server has"
            )
        return LineError(f"{self._place}: the server failed ({said})")


def _gender(name: str) -> Gender:
    """Guess from a voice's name: OpenAI's are known, Kokoro's tell, like ``af_heart``."""
    for voice in _KNOWN:
        if voice.id == name:
            return voice.gender
    if len(name) > 3 and name[2] == "_":
        return {"f": Gender.FEMALE, "m": Gender.MALE}.get(name[1], Gender.UNKNOWN)
    return Gender.UNKNOWN
