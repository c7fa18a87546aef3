"""What the tests of exports share: nasty stories, what must come out of them, and engines."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from making import make_book, stories

from fullcast.exporters import Script, build_script
from fullcast.exporters.scenes import Line, names_of, scenes_of
from fullcast.model import Annotations, Attribution, BlockKind, Character, Layer, Quotation

ENGINES = Path(__file__).parent / "engines"

# Everything that some format gives a meaning to, and nothing that no format can hold.
NASTY = (
    "TODO: and VAR: -> END // no comment",
    "-> END",
    "=> group",
    "=== knot ===",
    "--- body",
    "* a choice + another - gather",
    "~ temp x = {x} # tag | else",
    "<<jump Scene_1>> <> <- [[link]] [[a->b|c]] (if: true)[hook] $var _var",
    "/* gone */ and [no note]; {{{verbatim}}} ''bold'' //italic// __under__ ~~gone~~ ^^up^^",
    '"She said \\"no\\" at 100% [name] {b}bold{/b} 【x】 %(name)s \\n \\u0041 \\',
    "INT. HOUSE - DAY",
    "Int. the house, she wrote.",
    "McCOY",
    "CUT TO:",
    "The sign read: CLOSED: for good.",
    ".forced !forced @forced > centred < # section = synopsis ~lyric",
    "!bang", "@at", "> centred <", "# section", "= synopsis", "~ lyric", "===", "[[",
    "INCLUDE x.ink", "LIST of things", "CONST x", "EXTERNAL f()", "else: no",
    ":: Passage [tag] {meta}", "&amp; &lt;b&gt; <b>bold</b> &#42;", "https://example.org/a_b_c",
    "«Привет, — сказал он. — ЭТО Я!»", "„Ja‚ “ ‹x›", "“Two  spaces.  Here.”", "Title: a trap",
    "🙂 emoji", "end", "return", "label start:", 'e "Hello"', "menu:",
)  # fmt: skip
_LETTERS = st.sampled_from("\\#{}[]|~<>/-*+=$%_`'\"@!^:;()&?.,“”«»—aTOбЯ 1\n🙂")


def nasty_script() -> Script:
    """Say every nasty thing twice: as narration, and as somebody with a nasty name."""
    blocks = [(BlockKind.HEADING, Layer.BODY, "TODO: -> {END} #1 *** [[x]]")]
    blocks += [(BlockKind.PARAGRAPH, Layer.BODY, words) for words in NASTY for _ in range(2)]
    book = make_book(blocks)
    names = ("McCOY", "END", "None", "Анна Каренина", 'O\'Neil *the* "Bo_ss" [x]', "narrator")
    cast = tuple(Character(id=f"c{number}", name=name) for number, name in enumerate(names))
    said = [Quotation(spans=(block.span,)) for block in book.blocks[2::2]]
    judged = tuple(
        Attribution(quotation=each.id, speaker=f"c{number % len(cast)}", probability=number % 2)
        for number, each in enumerate(said)
    )
    return build_script(
        book, Annotations(quotations=tuple(said), characters=cast, attributions=judged)
    )


def nasty_stories() -> st.SearchStrategy[Script]:
    return stories(_LETTERS).map(lambda story: build_script(*story))


def lines_of(script: Script) -> list[Line]:
    return [line for scene in scenes_of(script) for line in scene.lines]


def told(script: Script) -> list[str]:
    """What must come out of every format: the story's lines, character by character."""
    return [line.text for line in lines_of(script)]


def spoken(script: Script) -> list[tuple[str | None, str]]:
    """The same, with who says it."""
    names = names_of(script)
    return [
        (names[line.segment["speaker"]] if line.voiced else None, line.text)
        for line in lines_of(script)
    ]


def read_by(engine: str, *sources: bytes) -> list[Any]:
    """Have an engine of the node world read what was exported; skip where there is none."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (ENGINES / "node_modules").exists():
        pytest.skip("the engines are not installed: npm install --prefix tests/exporters/engines")
    asked = json.dumps({"engine": engine, "sources": [source.decode() for source in sources]})
    done = subprocess.run(
        ["node", ENGINES / "read.cjs"], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def squeezed(words: list[str]) -> list[str]:
    """Fold spaces, for engines that show one where there are many."""
    return [re.sub(r"[ \t]+", " ", each) for each in words]
