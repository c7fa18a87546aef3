import numpy as np
from told import TEXT, make_story, span_of

from fullcast.infer.encode import (
    LINE,
    MENTION,
    SLOTS,
    WINDOW,
    Encoder,
    Pieces,
    collate,
    cut,
    frame_of,
    place_windows,
)
from fullcast.infer.network import Network
from fullcast.infer.story import NOBODY
from fullcast.model import Span


def encode(network: Network, times: int = 1) -> tuple[Encoder, Pieces]:
    story = make_story(times)
    pieces = cut(story, network.tokenizer)
    likely = [{"ada": 0.5, "ben": 0.4, NOBODY: 0.1}] * len(story.lines)
    return Encoder(story, pieces, frame_of(network.tokenizer), likely), pieces


def test_pieces_stand_where_their_letters_do(network: Network) -> None:
    _, pieces = encode(network)
    for piece, start, end in zip(pieces.ids, pieces.starts, pieces.ends, strict=True):
        letters = network.tokenizer.id_to_token(int(piece)).removeprefix("##")
        assert TEXT[start:end].lower() == letters


def test_a_line_is_its_parts_and_not_what_stands_between(network: Network) -> None:
    _, pieces = encode(network)
    low, high = pieces.at(span_of("she said"))
    assert set(pieces.lines[low:high]) == {-1}
    for words in ("I know", "The bridge was up"):
        assert set(pieces.lines[slice(*pieces.at(span_of(words)))]) == {1}
    assert pieces.first[1] < low < pieces.last[1]


def test_a_span_without_pieces_is_empty(network: Network) -> None:
    _, pieces = encode(network)
    gap = span_of("\n\n")
    low, high = pieces.at(gap)
    assert low == high


def test_every_line_is_answered_in_one_window_that_shows_its_beginning(network: Network) -> None:
    _, pieces = encode(network, times=60)
    places = list(place_windows(pieces))
    answered = [n for place in places for n in range(place.first, place.last)]
    assert answered == list(range(len(pieces.first)))
    for place in places:
        assert place.stop - place.start <= WINDOW - 2
        for line in range(place.first, place.last):
            assert place.start <= pieces.first[line] < place.stop


def test_a_window_tells_what_is_settled_and_nothing_else(network: Network) -> None:
    encoder, pieces = encode(network)
    (place,) = place_windows(pieces)
    window = encoder.window(place, {0: "ben"})
    assert window.slots[0] == NOBODY
    assert set(window.slots[1:]) == {"ada", "ben"}
    who = window.who[window.own]
    assert who[0].argmax() == window.slots.index("ben")
    assert not who[1:].any()
    names = window.items[:, 1] < LINE
    assert (window.who[names].sum(axis=1) == 1).all()
    assert (window.mentions[:, 1] == MENTION).all()


def test_turns_and_pieces_agree(network: Network) -> None:
    encoder, pieces = encode(network)
    (place,) = place_windows(pieces)
    window = encoder.window(place, {})
    assert window.lines[:, 2].tolist() == [2, 4, 6, 8]
    story = encoder.story
    for (first, last, _, _), line in zip(window.lines, story.lines, strict=True):
        assert story.text[pieces.starts[first - 1]] == story.text[line[0].start]
        assert pieces.ends[last - 1] == line[-1].end


def test_windows_of_different_sizes_make_one_batch(network: Network) -> None:
    encoder, pieces = encode(network, times=60)
    windows = [encoder.window(place, {}) for place in place_windows(pieces)]
    batch = collate(windows)
    assert batch["ids"].shape == batch["mask"].shape
    assert batch["mask"].sum(axis=1).tolist() == [len(w.ids) for w in windows]
    assert batch["listed"].shape[1] <= SLOTS
    width = batch["items"].shape[1] + batch["mentions"].shape[1]
    assert batch["counted"].shape == (len(windows), width)


def test_a_crowd_has_room_for_those_likeliest_to_speak(network: Network) -> None:
    story = make_story()
    crowd = {f"p{n}": 0.001 * (n + 4) for n in range(60)}
    people = dict.fromkeys((*crowd, "ada", "ben"), story.people["ben"])
    story = type(story)(
        story.text, story.paragraphs, story.lines, story.names, story.mentions, people
    )
    pieces = cut(story, network.tokenizer)
    encoder = Encoder(story, pieces, frame_of(network.tokenizer), [crowd] * len(story.lines))
    (place,) = place_windows(pieces)
    window = encoder.window(place, {2: "p0"})
    assert len(window.slots) == SLOTS
    assert "p59" in window.slots
    assert "p0" in window.slots
    assert "p1" not in window.slots


def test_a_story_without_paragraphs_has_no_pieces(network: Network) -> None:
    story = make_story()
    empty = type(story)("", [], [], [], [], {})
    pieces = cut(empty, network.tokenizer)
    assert len(pieces) == 0
    assert list(place_windows(pieces)) == []
    assert pieces.at(Span(0, 0)) == (0, 0)
    assert np.array_equal(pieces.first, [])
