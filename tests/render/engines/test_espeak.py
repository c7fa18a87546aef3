"""The engine that is always there."""

import numpy as np
import pytest

from fullcast.errors import EngineError
from fullcast.model import Gender
from fullcast.render.direction import PLAIN, Direction
from fullcast.render.engines import build_engine
from fullcast.render.engines.espeak import EspeakEngine
from fullcast.render.engines.espeak_voices import VOICES
from fullcast.render.engines.resample import resample
from fullcast.render.finish import finish
from fullcast.render.timeline import RATE_HZ
from fullcast.render.voices import Voice

WORDS = "The last boat left at seven fifteen, and you are enjoying this."
ENGINE = EspeakEngine()


def pitch_hz(samples: np.ndarray) -> float:
    """Find the median pitch of what is voiced, by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 1100, 550):
        window = samples[start : start + 1100]
        window = window - window.mean()
        if (window**2).mean() < 2e-4:
            continue
        power = np.fft.irfft(np.abs(np.fft.rfft(window, 4096)) ** 2)
        shortest, longest = RATE_HZ // 450, RATE_HZ // 60
        lag = shortest + int(power[shortest:longest].argmax())
        if power[lag] > 0.4 * power[0]:
            found.append(RATE_HZ / lag)
    return float(np.median(found))


def test_the_same_words_always_sound_the_same() -> None:
    first = ENGINE.speak(WORDS, VOICES[0], PLAIN)
    ENGINE.speak("Something else altogether!", VOICES[1], Direction(whisper=True))
    assert np.array_equal(EspeakEngine().speak(WORDS, VOICES[0], PLAIN), first)
    assert 2 < len(first) / RATE_HZ < 8


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.id)
def test_voices_are_as_high_as_their_list_says_and_do_not_clip(voice: Voice) -> None:
    samples = finish(ENGINE.speak(WORDS, voice, PLAIN), PLAIN)
    assert abs(12 * np.log2(pitch_hz(samples) / voice.pitch_hz)) < 2.5
    assert np.abs(samples).max() < 0.9
    assert ENGINE.voice(voice.id) == voice


def test_directions_are_heard() -> None:
    plain = ENGINE.speak(WORDS, VOICES[0], PLAIN)
    assert len(ENGINE.speak(WORDS, VOICES[0], Direction(pace=1.3))) < 0.9 * len(plain)
    high = ENGINE.speak(WORDS, VOICES[0], Direction(pitch_st=5))
    assert 3 < 12 * np.log2(pitch_hz(high) / pitch_hz(plain)) < 7
    whisper = ENGINE.speak(WORDS, VOICES[0], Direction(whisper=True))
    assert (whisper**2).mean() < (plain**2).mean() * 2


def test_sounds_are_said() -> None:
    strawn, strachan = (
        ENGINE.speak(words, VOICES[0], PLAIN) for words in ("⟦Strachan|stɹɔːn⟧", "Strachan")
    )
    assert len(strawn) != len(strachan)
    assert ENGINE.read_aloud("ship, shore") == "ʃˈɪp ʃˈɔː"


def test_any_voice_of_its_own_may_be_named() -> None:
    voice = ENGINE.voice("fr+f2@-1")
    assert voice == Voice(id="fr+f2@-1", gender=Gender.UNKNOWN, accent="fr")
    assert len(ENGINE.speak("Bonjour", voice, PLAIN))


@pytest.mark.parametrize(
    ("language", "accent"), [("fr", "fr"), ("de-AT", "de"), ("en-GB", "en-gb")]
)
def test_other_languages_have_voices_of_their_own(language: str, accent: str) -> None:
    engine = build_engine("espeak", {"language": language})
    first = engine.voices()[0]
    assert (first.id, first.accent) == (f"{accent}+Michael@-1", accent)
    assert len(engine.voices()) == len(VOICES)
    assert len(engine.speak("Ja, oui.", engine.voice(first.id), PLAIN))


@pytest.mark.parametrize("name", ["nobody", "en-us+nobody@x", "", "xx+f1"])
def test_unknown_voices_are_refused(name: str) -> None:
    with pytest.raises(EngineError, match="there is no voice"):
        ENGINE.voice(name)


def test_unknown_engines_are_refused() -> None:
    with pytest.raises(EngineError, match="there is no engine 'siren'; there are espeak"):
        build_engine("siren")


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 44_100, 48_000])
def test_another_rate_is_the_same_sound(rate_hz: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz).astype(np.float32)
    made = resample(tone, rate_hz)
    wanted = np.sin(2 * np.pi * 440 * np.arange(len(made)) / RATE_HZ)
    assert abs(len(made) - RATE_HZ) <= 1
    assert np.abs(made - wanted)[200:-200].max() < 2e-3
