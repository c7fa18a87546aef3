"""A speech server for tests: it says what it is told to, and remembers what it was asked."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import soundfile

Answer = tuple[int, bytes, dict[str, str]]


NOTHING: Answer = (404, b"", {})


def wave(seconds: float = 0.5, rate_hz: int = 24_000, channels: int = 1) -> bytes:
    tone = np.sin(np.arange(round(seconds * rate_hz)) / 10) / 2
    file = io.BytesIO()
    soundfile.write(file, np.stack([tone] * channels, axis=1), rate_hz, format="WAV")
    return file.getvalue()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Callable[[dict], Answer], voices: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.voices = answer, voices
        self.asked: list[dict] = []
        self.keys: list[str | None] = []
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that did not wait."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.say(self.server.voices)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **asked})
        self.server.keys.append(self.headers.get("Authorization"))
        self.say(self.server.answer(asked))

    def say(self, answer: Answer) -> None:
        status, body, headers = answer
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def speaking(
    *answers: Answer | Callable[[dict], Answer], voices: Answer = NOTHING
) -> Iterator[Server]:
    """Run a server; answers are given one by one, and the last from then on."""
    left = list(answers or [(200, wave(), {})])

    def answer(asked: dict) -> Answer:
        found = left.pop(0) if len(left) > 1 else left[0]
        return found(asked) if callable(found) else found

    with Server(answer, voices) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
