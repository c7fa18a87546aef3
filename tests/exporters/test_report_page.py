"""The report: one page, whole, that fetches nothing and holds the text exactly."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_story, stories
from reading_back import Page, links_of

from fullcast.exporters import Script, build_script
from fullcast.exporters.figures import count_figures
from fullcast.exporters.quoted import text_of
from fullcast.exporters.report import report_bytes
from fullcast.exporters.report.markup import Html, attribute, el, escape
from fullcast.exporters.report.people import people_of
from fullcast.model import Annotations, Book, SpeakerSet
from fullcast.readers.corrections import read_corrections

ANY_TEXT = st.text(st.characters(exclude_categories=()))
ODD = "\x00 \r\n \r \ud800 </script><b a=\"'>&amp;&#13; \x0c \x85 \ufeff \u2028"


def check(script: Script) -> Page:
    """Check what holds for every page."""
    page = Page(report_bytes(script))
    assert page.text == text_of(script)
    assert len(page.ids) == len(set(page.ids))
    assert all(url.startswith("#") for url in page.urls)
    assert set(links_of(page)) <= set(page.ids)
    json.loads(page.data["lines"])
    return page


@given(stories())
def test_any_story(story: tuple[Book, Annotations]) -> None:
    check(build_script(*story))


@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    script = build_script(*make_story())
    segment = script["segments"][3]
    segment["text"], segment["end"] = text, segment["start"] + len(text)
    script["characters"][0]["name"] = script["title"] = script["author"] = text
    check(script)


def test_odd_characters_in_every_place(script: Script) -> None:
    for segment in script["segments"]:
        segment["text"] += ODD
        segment["reason"] = ODD
    for notice in script["notices"]:
        notice["message"] = notice["hint"] = ODD
    for chapter in script["chapters"]:
        chapter["title"] = ODD
    check(script)


@given(ANY_TEXT)
def test_text_is_never_markup(text: str) -> None:
    inside = el("div", text, class_="text", title=text)
    assert Page(inside.encode()).text == text
    assert "<" not in attribute(text)
    assert isinstance(escape(text), Html)


def test_what_is_told_of_a_line(script: Script) -> None:
    told = json.loads(check(script).data["lines"])
    assert told["names"] == ["Ada Finch", "Tom", "the owl"]
    assert told["lines"][2][1:5] == [0, 54, [1], [[1, 31], [-1, 15]]]
    assert told["lines"][0][6] == "asked Ada Finch"


def test_doubt_is_seen_without_colour(script: Script) -> None:
    page = report_bytes(script).decode()
    assert page.count(' doubt"') == 2
    assert "underline wavy" in page


def test_nobody_speaks() -> None:
    book, _ = make_story()
    page = report_bytes(build_script(book, Annotations())).decode()
    assert 'id="script"' in page
    assert 'id="cast"' not in page


def test_initials_are_nobody_elses(script: Script) -> None:
    names = ["Ada Finch", "Alan Ford", "Anna Fox", "Tom", "Tom", "Mr. Tomson", "", "…", "Ann Fo"]
    script["characters"] = [
        {**script["characters"][0], "id": str(number), "name": name}
        for number, name in enumerate(names)
    ]
    for number, segment in enumerate(script["segments"]):
        if segment["speaker"] is not None:
            segment["speaker"] = str(number % len(names))
    people = people_of(script, count_figures(script)).values()
    assert len({person.initials for person in people}) == len(people)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


def browse(page: bytes, folder: Path) -> str:
    """Open a page in a browser that has no complaint, and return what becomes of it."""
    (folder / "page.html").write_bytes(page)
    done = subprocess.run(
        [
            *(str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--dump-dom"),
            (folder / "page.html").as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert b"CONSOLE" not in done.stderr
    return done.stdout.decode().partition("</html>")[0] + "</html>"


@needs_chromium
def test_a_browser_runs_it_without_complaint(script: Script, tmp_path: Path) -> None:
    script["segments"][3]["text"] += "\r\n tail \r"
    told = browse(report_bytes(script), tmp_path)
    assert 'tabindex="0"' in told.split('id="script"')[1], "report.js did not run"
    assert Page(told.encode()).text == text_of(script)


CORRECTING = b"""<script>
Blob = function (parts) { document.body.dataset.saved = parts.join(""); };  // told before onload
URL.createObjectURL = () => "#";
HTMLAnchorElement.prototype.click = () => {};
toggle.click();
const [first, third] = ["l0", "l2"].map((id) => document.getElementById(id));
first.dispatchEvent(new Event("focusin", { bubbles: true }));  // it has no window to have focus in
chosen.value = 1;
chosen.dispatchEvent(new Event("change"));
right.click();
undo.click();
third.dispatchEvent(new KeyboardEvent("keydown", { key: "3", bubbles: true }));
undo.click();
save.click();
</script></body>"""


@needs_chromium
def test_what_is_corrected_on_the_page_comes_back(tmp_path: Path) -> None:
    book, found = make_story()
    script = build_script(book, found)
    told = browse(report_bytes(script).replace(b"</body>", CORRECTING), tmp_path)
    saved = re.search(r'data-saved="([^"]*)"', told)
    assert saved
    (tmp_path / "saved.csv").write_bytes(unescape(saved[1]).encode())
    first = count_figures(script).lines[0]
    assert read_corrections(tmp_path / "saved.csv", found) == (SpeakerSet(first.id, "tom"),)
