"""Whoever can speak a line: one protocol, and a module for each engine."""

from collections.abc import Mapping

from fullcast.errors import EngineError
from fullcast.render.engines.engine import Engine

ENGINES = ("espeak", "kokoro", "piper", "server", "silent")


def build_engine(name: str, settings: Mapping[str, str] | None = None) -> Engine:
    """Build an engine by its name.

    Raises:
        EngineError: There is none of that name, or it cannot be used here.
    """
    given = dict(settings or {})
    if name == "espeak":
        from fullcast.render.engines.espeak import EspeakEngine

        return EspeakEngine(**given)
    if name == "silent":
        from fullcast.render.engines.silent import SilentEngine

        return SilentEngine()
    if name == "server":
        from fullcast.render.engines.server import ServerEngine

        return ServerEngine(**given)
    if name == "kokoro":
        from fullcast.render.engines.kokoro import KokoroEngine

        return KokoroEngine(**given)
    if name == "piper":
        from fullcast.render.engines.piper import PiperEngine

        return PiperEngine(**given)
    raise EngineError(f"there is no engine {name!r}; there are {', '.join(ENGINES)}")
