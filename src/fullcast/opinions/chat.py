"""A chat server of the OpenAI kind over HTTP: what may go wrong, and when to try again.

Redirects are not followed: they would carry the key to another place.
"""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple

from fullcast.errors import OpinionError
from fullcast.formats import replies
from fullcast.opinions.llm import Llm

PAUSES_S = (1.0, 3.0, 9.0)
"""Between one try and the next, where the server does not say how long."""

LONGEST_PAUSE_S = 60.0
"""A server that asks for more patience is not waited for."""

MOST_BYTES = 4 << 20
"""Of an answer; labels are far shorter."""

DEFAULT_MODEL = "default"
"""What to ask for where a server lists no models: those that have one only ignore the name."""

PORTS = {"http": 80, "https": 443}

sleep = time.sleep


class Hopeless(OpinionError):
    """Another question would fare no better."""


class _Dropped(OpinionError):
    """The connection broke; another try may do."""


class _Reply(NamedTuple):
    status: int
    body: bytes
    retry_after: str
    location: str


class Chat:
    """A talk with one server."""

    def __init__(self, llm: Llm) -> None:
        self._llm = llm
        self._plain = False
        self._answered = False
        self.place = llm.place
        """The address, as messages show it."""
        self.model = llm.model or self._first_model()

    def ask(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Put a question; return the words of the answer.

        Raises:
            OpinionError: There is no answer; ``Hopeless`` where there will be none to others.
        """
        question = {"model": self.model, "messages": messages, "stream": False}
        extras = {} if self._plain else {"temperature": 0, "response_format": JSON_OBJECT}
        reply = self._persist("POST", "/chat/completions", question | extras)
        if reply.status in {400, 422} and extras:
            # Some servers and models know no such format, or no other temperature than theirs.
            reply = self._persist("POST", "/chat/completions", question)
            self._plain = reply.status == 200
        if reply.status != 200:
            raise self._refusal(reply)
        return self._content(reply)

    def _first_model(self) -> str:
        reply = self._persist("GET", "/models", None)
        if reply.status in {401, 403}:
            raise self._refusal(reply)
        with suppress(ValueError, LookupError, TypeError, RecursionError):
            name = json.loads(reply.body)["data"][0]["id"]
            if reply.status == 200 and isinstance(name, str) and name:
                return name
        return DEFAULT_MODEL

    def _content(self, reply: _Reply) -> str:
        try:
            words = json.loads(reply.body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise OpinionError(
                f"{self.place}: what answers there is no chat server{replies.said(reply.body)}; "
                "the address usually ends in /v1"
            ) from error
        if not isinstance(words, str):
            raise OpinionError(f"{self.place}: the model gave an answer without words")
        return words

    def _persist(self, method: str, path: str, body: object) -> _Reply:
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
                raise Hopeless(
                    f"{self.place}: the server asks to come back in {asked_s:,.0f} seconds; "
                    "run again then"
                )
            sleep(asked_s)
        return self._exchange(method, path, body)

    def _exchange(self, method: str, path: str, body: object) -> _Reply:
        """Send a request once; whatever the server says is a reply."""
        connection = self._connected()
        try:
            connection.request(method, self._target(path), _encoded(body), self._headers())
            with connection.getresponse() as response:
                body = replies.read_body(response, self._llm.answer_s, MOST_BYTES)
                self._answered = True
                headers = response.headers
                return _Reply(
                    response.status,
                    body,
                    headers.get("Retry-After", ""),
                    headers.get("Location", ""),
                )
        except replies.TooLarge as error:
            raise OpinionError(f"{self.place}: {error}; no labels are so long") from error
        except TimeoutError as error:
            kind = OpinionError if self._answered else Hopeless
            raise kind(
                f"{self.place}: no answer within {self._llm.answer_s:g} seconds; "
                "a smaller model would be faster"
            ) from error
        except (OSError, HTTPException) as error:
            raise _Dropped(
                f"{self.place}: the connection broke ({replies.reason(error)}); "
                "see whether a chat server runs there"
            ) from error
        finally:
            connection.close()

    def _connected(self) -> HTTPConnection:
        parts = self._llm.parts
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        port = parts.port or PORTS[parts.scheme]
        connection = kind(parts.hostname or "", port, timeout=self._llm.connect_s)
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            connection.close()
            raise Hopeless(
                f"{self.place}: no server can be reached there ({replies.reason(error)}); "
                "start it, or correct the address"
            ) from error
        connection.sock.settimeout(self._llm.answer_s)
        return connection

    def _target(self, path: str) -> str:
        parts = self._llm.parts
        base = parts.path.rstrip("/").removesuffix("/chat/completions")
        return f"{base}{path}?{parts.query}" if parts.query else f"{base}{path}"

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": "fullcast", "Accept": "application/json", "Connection": "close"}
        headers["Content-Type"] = "application/json"
        if self._llm.key:
            headers["Authorization"] = f"Bearer {self._llm.key}"
        return headers

    def _refusal(self, reply: _Reply) -> OpinionError:
        """Say what a status means, and what to do."""
        place, said = self.place, f"{reply.status}{replies.said(reply.body)}"
        if reply.status in {401, 403}:
            return Hopeless(
                f"{place}: the server refuses us ({said}); put its key into the environment "
                "as FULLCAST_LLM_KEY"
            )
        if reply.status in {404, 405}:
            return Hopeless(
                f"{place}: nothing answers there to {self.model!r} ({said}); the address usually "
                "ends in /v1, and the model must be one that the server has"
            )
        if 300 <= reply.status < 400:
            return Hopeless(f"{place}: it has moved to {reply.location!r}; give its new address")
        if reply.status == 429:
            return OpinionError(f"{place}: the server has too much to do ({said}); run again later")
        return OpinionError(f"{place}: the server failed ({said}); its log may say why")


JSON_OBJECT = {"type": "json_object"}


def _encoded(body: object) -> bytes | None:
    return None if body is None else json.dumps(body).encode("ascii")
