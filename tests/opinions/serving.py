"""A chat server for tests: it says what it is told to say, and remembers what it was asked."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Asked(NamedTuple):
    path: str
    headers: dict[str, str]
    body: dict | None

    @property
    def passage(self) -> str:
        return self.body["messages"][-1]["content"]

    @property
    def ids(self) -> list[str]:
        return re.findall(r"q\d+", self.passage.rpartition("Who says ")[2])


class Said(NamedTuple):
    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    after_s: float = 0.0
    drop: bool = False
    chunked: bool = False


def words(content: object) -> Said:
    """Say what a chat server says, with ``content`` as the model's words."""
    message = {"role": "assistant", "content": content}
    return Said(body=json.dumps({"choices": [{"message": message}]}).encode())


def labels(answer: dict[str, object]) -> Said:
    return words(json.dumps(answer))


def failing(status: int, message: str = "", **headers: str) -> Said:
    body = json.dumps({"error": {"message": message}}) if message else "<h1>oops</h1>"
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Said(status, body.encode(), named)


MODELS = Said(body=b'{"object": "list", "data": [{"id": "tiny"}, {"id": "large"}]}')


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Said], models: Said) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.models = answer, models
        self.asked: list[Asked] = []
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def questions(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.body is not None]

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that did not wait."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, dict(self.headers), None))
        self.say(self.server.models)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers), body)
        self.server.asked.append(asked)
        self.say(self.server.answer(asked))

    def say(self, said: Said) -> None:
        time.sleep(said.after_s)
        if said.drop:
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.headers:
            self.send_header(name, value)
        if said.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (said.body[:7], said.body[7:], b""):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            return
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def serving(
    answer: Callable[[Asked], Said] | Said | list[Said], models: Said = MODELS
) -> Iterator[Server]:
    """Run a server; a list is said one by one, and its last from then on."""
    if isinstance(answer, Said):
        answer = [answer]
    if isinstance(answer, list):
        lines = list(answer)

        def answer(_: Asked) -> Said:
            return lines.pop(0) if len(lines) > 1 else lines[0]

    with Server(answer, models) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
