"""Windows and tags that the mention finder learns from, and mentions read back from tags."""

from pathlib import Path

import numpy as np
from excerpts import write_litbank
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from evals.excerpts import read_excerpts
from fullcast.infer.encode import WINDOW
from fullcast.model import MentionKind
from fullcast.readers.plain import read_plain
from training.spotting import KINDS, UNTAGGED, lay_windows, reachable, read_tags, spot


def tokenizer() -> Tokenizer:
    """Split into words, all of them unknown."""
    found = Tokenizer(WordPiece({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}, unk_token="[UNK]"))
    found.pre_tokenizer = BertPreTokenizer()
    return found


def test_tags_tell_all_mentions_again(tmp_path: Path) -> None:
    (excerpt,) = read_excerpts(write_litbank(tmp_path))
    (window,) = spot(excerpt, tokenizer())
    assert (window.tags[[0, -1]] == UNTAGGED).all()
    scores = np.log(np.eye(3)[np.maximum(window.tags, 0)] + 1e-9)
    found = {(f.span, KINDS[f.kind]) for f in read_tags(scores, window.starts, window.ends)}
    assert found == {(m.span, m.kind) for m in excerpt.mentions}
    assert reachable([window], excerpt.mentions) == 1.0


def test_chains_are_numbered(tmp_path: Path) -> None:
    (excerpt,) = read_excerpts(write_litbank(tmp_path))
    (window,) = spot(excerpt, tokenizer())
    chains = [excerpt.mentions[n].chain for n in range(len(window.mentions))]
    assert len(set(window.mentions[:, 3])) == len(set(chains))
    assert [KINDS[k] for k in window.mentions[:, 2]] == [m.kind for m in excerpt.mentions]


def test_nothing_goes_on_that_has_not_begun() -> None:
    scores = np.log(np.array([[[0.5, 0.4, 0.1]], [[0.3, 0.1, 0.6]], [[0.8, 0.1, 0.1]]]))
    places = np.arange(3)
    (found,) = read_tags(scores, places, places + 1)
    assert (found.first, found.last, KINDS[found.kind]) == (0, 1, MentionKind.NAME)


def test_windows_hold_whole_paragraphs() -> None:
    story = "\n\n".join(" ".join(["word"] * 300) for _ in range(3)) + "\n\n" + "word " * 700
    book = read_plain(story.encode(), Path("story.txt"))
    windows = list(lay_windows(book, tokenizer()))
    assert [len(ids) - 2 for ids, _, _ in windows] == [300, 300, 300, WINDOW - 2, 700 - WINDOW + 2]
    starts = np.concatenate([starts[1:-1] for _, starts, _ in windows])
    assert len(starts) == 1600
    assert (np.diff(starts) > 0).all()
