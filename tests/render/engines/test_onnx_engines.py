"""Kokoro and Piper: the code that loads and runs them, with tiny networks made here."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from fullcast.errors import EngineError
from fullcast.model import Gender
from fullcast.render.direction import PLAIN, Direction
from fullcast.render.engines import build_engine
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.kokoro import NUMBERS
from fullcast.render.engines.onnx_model import sounds_of


def save(path: Path, nodes: list, inputs: list, constants: dict[str, np.ndarray]) -> None:
    output = helper.make_tensor_value_info("audio", TensorProto.FLOAT, [1, None])
    made = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, [output], made)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def kokoro(folder: Path) -> Path:
    """Make a network that says its tokens, a hundred samples each, as loud as the style is."""
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 4]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    nodes = [
        helper.make_node("Cast", ["tokens"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["style"], ["loud"], keepdims=0),
        helper.make_node("Mul", ["numbers", "loud"], ["scaled"]),
        helper.make_node("Div", ["scaled", "speed"], ["paced"]),
        helper.make_node("Tile", ["paced", "times"], ["audio"]),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "kokoro-v1.0.onnx", nodes, inputs, {"times": np.array([1, 100], np.int64)})
    styles = {
        name: np.full((510, 1, 4), at / 1000, np.float32)
        for at, name in enumerate(["af_heart", "bm_lewis", "am_adam", "jf_alpha"], 1)
    }
    with (folder / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, **styles)
    return folder


def piper(folder: Path, name: str = "en_GB-vctk-medium", rate_hz: int = 22_050) -> Path:
    """Make a network that says its numbers, a hundred samples each."""
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        helper.make_tensor_value_info("sid", TensorProto.INT64, [1]),
    ]
    nodes = [
        helper.make_node("Add", ["input", "sid"], ["told"]),
        helper.make_node("Add", ["told", "input_lengths"], ["longer"]),
        helper.make_node("Cast", ["longer"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["scales"], ["scale"], keepdims=0),
        helper.make_node("Div", ["numbers", "scale"], ["paced"]),
        helper.make_node("Tile", ["paced", "times"], ["audio"]),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{name}.onnx", nodes, inputs, {"times": np.array([1, 100], np.int64)})
    config = {
        "audio": {"sample_rate": rate_hz},
        "espeak": {"voice": "en-gb"},
        "inference": {"noise_scale": 0.3, "length_scale": 500, "noise_w": 0.3},
        "phoneme_id_map": {
            "_": [0],
            "^": [1],
            "$": [2],
            **{letter: [at] for at, letter in enumerate("ʃɪpˈ.", 3)},
        },
        "speaker_id_map": {"p225": 0, "p226": 1},
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(config), "utf-8")
    return folder


def test_kokoro_speaks(tmp_path: Path) -> None:
    engine = build_engine("kokoro", {"folder": str(kokoro(tmp_path))})
    assert [(voice.id, voice.gender, voice.accent) for voice in engine.voices()] == [
        ("am_adam", Gender.MALE, "en-us"),
        ("af_heart", Gender.FEMALE, "en-us"),
        ("bm_lewis", Gender.MALE, "en-gb"),
    ]
    samples = engine.speak("ship.", engine.voice("bm_lewis"), PLAIN)
    wanted = np.array([0, *(NUMBERS[sound] for sound in "ʃˈɪp."), 0], np.float32) * 0.002
    assert np.allclose(samples, np.tile(wanted, 100))
    fast = engine.speak("ship.", engine.voice("bm_lewis"), Direction(pace=2.0))
    assert np.allclose(fast, samples / 2)
    assert engine.version == "kokoro-v1.0/1"
    assert engine.settings == {"folder": str(tmp_path)}


def test_kokoro_numbers_are_the_models_own() -> None:
    told = {";": 1, "…": 10, " ": 16, "a": 43, "z": 68, "ɑ": 69, "ð": 81, "ə": 83, "ɡ": 92}
    told |= {"ɪ": 102, "ŋ": 112, "θ": 119, "ɹ": 123, "ʃ": 131, "ʊ": 135, "ʌ": 138, "ʒ": 147}
    told |= {"ˈ": 156, "ˌ": 157, "ː": 158, "ᵻ": 177}
    assert {sound: NUMBERS[sound] for sound in told} == told


def test_piper_speaks(tmp_path: Path) -> None:
    engine = build_engine("piper", {"folder": str(piper(tmp_path))})
    women, men = engine.voices()
    assert (women.id, women.gender) == ("en_GB-vctk-medium/p225", Gender.FEMALE)
    assert (men.id, men.gender, men.accent) == ("en_GB-vctk-medium/p226", Gender.MALE, "en-gb")
    samples = engine.speak("ship.", men, PLAIN)
    count = 2 + 2 * len("ʃˈɪp.") + 1
    assert len(samples) == count * 100 * 24_000 // 22_050
    assert engine.voice(men.id) == men


def test_sounds_of_the_dictionary_are_kept() -> None:
    assert sounds_of("A ship, ⟦Siân|ʃɑːn⟧!", "en-gb").endswith("ʃˈɪp, ʃɑːn!")


@pytest.mark.parametrize(("name", "hint"), [("kokoro", "kokoro"), ("piper", "piper-vctk")])
def test_without_a_model_one_is_told_how_to_have_it(
    name: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULLCAST_VOICES", str(tmp_path))
    with pytest.raises(EngineError, match=f"fetch one: fullcast voices add {hint}"):
        build_engine(name)


@pytest.mark.parametrize("make", [kokoro, piper])
def test_what_is_no_network_is_refused(make: object, tmp_path: Path) -> None:
    folder = make(tmp_path)
    next(folder.glob("*.onnx")).write_bytes(b"<html>")
    engine = build_engine(make.__name__, {"folder": str(folder)})
    with pytest.raises(EngineError, match="this is no network that can be run"):
        engine.speak("ship", engine.voices()[0], PLAIN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"audio": None},
        {"audio": {"sample_rate": 0}},
        {"speaker_id_map": 5},
        {"speaker_id_map": {"p225": "first"}},
        {"phoneme_id_map": {"a": 7}},
        {"inference": {"noise_w": "much"}},
    ],
)
def test_what_describes_no_voice_is_refused(wrong: dict[str, object], tmp_path: Path) -> None:
    config = piper(tmp_path) / "en_GB-vctk-medium.onnx.json"
    config.write_text(json.dumps(json.loads(config.read_text("utf-8")) | wrong), "utf-8")
    with pytest.raises(EngineError, match="does not describe a Piper model"):
        build_engine("piper", {"folder": str(tmp_path)}).voices()
    (kokoro(tmp_path / "k") / "voices-v1.0.bin").write_bytes(b"none")
    with pytest.raises(EngineError, match="these are no voices"):
        build_engine("kokoro", {"folder": str(tmp_path / "k")}).voices()


@pytest.mark.parametrize("make", [kokoro, piper])
def test_unknown_voices_and_unspeakable_lines(make: object, tmp_path: Path) -> None:
    engine = build_engine(make.__name__, {"folder": str(make(tmp_path))})
    with pytest.raises(EngineError, match="there is no voice 'siren'"):
        engine.voice("siren")
    with pytest.raises(LineError, match="nothing in it that can be said"):
        engine.speak("", engine.voices()[0], PLAIN)
