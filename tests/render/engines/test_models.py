"""Models are fetched from a real server: whole, once, and only those that are known."""

import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fullcast.errors import EngineError
from fullcast.render.engines.models import MODELS, Model, ModelFile, add_model, models_folder

CONTENT = bytes(range(256)) * 4000


class Handler(BaseHTTPRequestHandler):
    asked: list[str | None]
    cut = 0

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        type(self).asked.append(wanted)
        first = int(wanted[6:-1]) if wanted else 0
        if first >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - first))
        self.end_headers()
        end = type(self).cut or len(CONTENT)
        type(self).cut = 0
        self.wfile.write(CONTENT[first:end])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    Handler.asked, Handler.cut = [], 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/tiny.onnx"
        server.shutdown()
        thread.join()


def models(url: str, digest: str = sha256(CONTENT).hexdigest()) -> dict[str, Model]:
    return {"tiny": Model("piper", (ModelFile(url, digest),), "tiny", "CC0-1.0")}


def test_a_model_is_fetched_once(url: str, tmp_path: Path) -> None:
    told: list[float] = []
    for _ in range(2):
        place = add_model(
            "tiny", models=models(url), folder=tmp_path, told=lambda _, part: told.append(part)
        )
    assert (place / "tiny.onnx").read_bytes() == CONTENT
    assert Handler.asked == [None]
    assert told[-1] == 1.0


def test_what_broke_off_is_gone_on_with(url: str, tmp_path: Path) -> None:
    Handler.cut = 500_000
    with pytest.raises(EngineError, match="run again to go on where it stopped"):
        add_model("tiny", models=models(url), folder=tmp_path)
    add_model("tiny", models=models(url), folder=tmp_path)
    assert (tmp_path / "piper" / "tiny.onnx").read_bytes() == CONTENT
    assert Handler.asked == [None, "bytes=500000-"]


def test_all_of_it_was_there_already(url: str, tmp_path: Path) -> None:
    (tmp_path / "piper").mkdir()
    (tmp_path / "piper" / "tiny.onnx.part").write_bytes(CONTENT)
    add_model("tiny", models=models(url), folder=tmp_path)
    assert [path.name for path in (tmp_path / "piper").iterdir()] == ["tiny.onnx"]


def test_another_file_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="this is not the file we know"):
        add_model("tiny", models=models(url, "0" * 64), folder=tmp_path)
    assert list((tmp_path / "piper").iterdir()) == []


def test_unknown_models_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no model 'siren' to add; there are kokoro, piper-vctk"):
        add_model("siren", folder=tmp_path)


def test_no_network_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="tiny: cannot be fetched"):
        add_model("tiny", models=models("http://127.0.0.1:9/tiny.onnx"), folder=tmp_path)


def test_every_file_is_pinned() -> None:
    files = [file for model in MODELS.values() for file in model.files]
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in files)
    assert all(file.url.startswith("https://") and "/main/" not in file.url for file in files)
    assert len({file.name for file in files}) == len(files)


def test_where_models_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FULLCAST_VOICES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert models_folder() == tmp_path / "fullcast" / "voices"
    monkeypatch.setenv("FULLCAST_VOICES", str(tmp_path / "mine"))
    assert models_folder() == tmp_path / "mine"
