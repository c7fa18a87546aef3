"""The EPUB's markup is what it was, its sound is where its words are."""

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from fullcast.errors import OutputError
from fullcast.model import Book
from fullcast.readers import read_book
from fullcast.render.packages import write_package
from fullcast.render.timeline import Timeline
from tests.render.packages.performing import STORY, TEXT, perform

NS = {
    "s": "http://www.w3.org/ns/SMIL",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
}
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x:1</dc:identifier>
<dc:title>The Ferry</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="my%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>x</title></head><body>{}</body></html>"""
NAV = PAGE.format(
    '<nav epub:type="toc"><ol><li><a href="my%20one.xhtml">I. The Landing</a></li>'
    '<li><a href="two.xhtml">II. The Owl</a></li></ol></nav>'
)
ONE = PAGE.format(
    "<section><h1>I. The <i>Landing</i></h1>\n<p id='p'>The   river <em>was</em> high.\n"
    "<b>“Will he </b><!-- never --><b>come?”</b> “He is &lt;never&gt; <a id='z'/>"
    "late!”</p></section>"
)
TWO = PAGE.format(
    "<h1>II. The Owl</h1><div>“That <em>was an owl.” “It</em> was not.”<hr/>Nobody<br/>spoke.</div>"
)


def source_epub(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE,
            "OEBPS/nav.xhtml": NAV,
            "OEBPS/my one.xhtml": ONE,
            "OEBPS/two.xhtml": TWO,
        }.items():
            archive.writestr(name, content)
    return path


def placed(timeline: Timeline, book: Book) -> Timeline:
    """Move the clips to where their words stand in a book."""
    at = 0
    parts = []
    for part in timeline.parts:
        clips = []
        for clip in part.clips:
            start = book.text.index(clip.text, at)
            at = start + len(clip.text)
            clips.append(replace(clip, start=start, end=at, segment=f"s{start}"))
        parts.append(replace(part, clips=tuple(clips)))
    return replace(timeline, parts=tuple(parts))


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def pairs(epub: zipfile.ZipFile) -> Iterator[tuple[str, str, float, float]]:
    """Yield the words, audio member, beginning and end of every pair of every overlay."""
    for name in epub.namelist():
        if not name.endswith(".smil"):
            continue
        folder = PurePosixPath(name).parent
        for par in etree.fromstring(epub.read(name)).iterfind(".//s:par", NS):
            text, audio = par.find("s:text", NS), par.find("s:audio", NS)
            document, _, id_ = text.get("src").partition("#")
            page = etree.fromstring(epub.read(member(folder, document)))
            (element,) = page.xpath(f"//*[@id='{id_}']")
            yield (
                "".join(element.itertext()),
                member(folder, audio.get("src")),
                seconds(audio.get("clipBegin")),
                seconds(audio.get("clipEnd")),
            )


def member(folder: PurePosixPath, href: str) -> str:
    parts: list[str] = []
    for step in (*folder.parts, *href.replace("%20", " ").split("/")):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def package(epub: zipfile.ZipFile) -> etree._Element:
    (name,) = [name for name in epub.namelist() if name.endswith(".opf")]
    return etree.fromstring(epub.read(name))


def check_overlays(epub: zipfile.ZipFile, timeline: Timeline) -> None:
    """Hold what the specification says of overlays."""
    heard: dict[str, list[tuple[float, float]]] = {}
    for _, audio, begin, end in pairs(epub):
        assert audio in epub.namelist()
        assert begin < end
        heard.setdefault(audio, []).append((begin, end))
    for stretches in heard.values():
        ordered = sorted(stretches)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))
    root = package(epub)
    items = {item.get("id"): item for item in root.iterfind(".//o:item", NS)}
    metas = list(root.iterfind(".//o:meta[@property='media:duration']", NS))
    (whole,) = [seconds(meta.text) for meta in metas if not meta.get("refines")]
    each = {meta.get("refines"): seconds(meta.text) for meta in metas if meta.get("refines")}
    smils = [id_ for id_, item in items.items() if item.get("media-type") == "application/smil+xml"]
    assert sorted(each) == sorted(f"#{id_}" for id_ in smils)
    assert sum(each.values()) == pytest.approx(whole, abs=1)
    assert whole == pytest.approx(timeline.duration_s, abs=1)
    pages = [item.get("media-overlay") for item in items.values() if item.get("media-overlay")]
    assert sorted(pages) == sorted(smils)
    for name in epub.namelist():
        if name.endswith(".smil"):
            smil = etree.fromstring(epub.read(name))
            assert smil.get("version") == "3.0"
            assert all(seq.get(f"{{{NS['e']}}}textref") for seq in smil.iter(f"{{{NS['s']}}}seq"))
    assert len(root.findall(".//o:meta[@property='media:active-class']", NS)) == 1


def epubcheck(path: Path) -> None:
    """Ask the official validator, where it is installed: a jar, whatever its name."""
    if (jar := shutil.which("epubcheck")) and shutil.which("java"):
        command = ["java", "-jar", jar, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def text_book(tmp_path: Path) -> Book:
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    return read_book(tmp_path / "ferry.txt")


def test_a_book_from_text(timeline: Timeline, text_book: Book, cache: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.epub"
    report = write_package(timeline, target, source=text_book, cache=cache)
    with zipfile.ZipFile(target) as epub:
        assert epub.infolist()[0].filename == "mimetype"
        assert [words for words, *_ in pairs(epub)] == [words for _, _, words in STORY]
        check_overlays(epub, timeline)
    assert read_book(target).text.split() == text_book.text.split()
    assert report.notes == ()
    epubcheck(target)


def test_the_source_is_kept(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    source = source_epub(tmp_path / "source.epub")
    book = read_book(source)
    there = placed(timeline, book)
    target = tmp_path / "out.epub"
    write_package(there, target, source=book, cache=cache)
    with zipfile.ZipFile(target) as epub, zipfile.ZipFile(source) as before:
        assert epub.read("OEBPS/nav.xhtml") == before.read("OEBPS/nav.xhtml")
        check_overlays(epub, there)
        found = [" ".join(words.split()) for words, *_ in pairs(epub)]
        for name in ("OEBPS/my one.xhtml", "OEBPS/two.xhtml"):
            assert unmarked(epub.read(name)) == unmarked(before.read(name))
    assert found == [
        "I. The Landing",
        "The river was high.",
        "“Will he come?”",
        "“He is <never> late!”",
        "II. The Owl",
        "was an owl.”",  # the emphasis that runs over its end is not cut in two
        "was not.”",
        "Nobodyspoke.",
    ]
    assert read_book(target).text == book.text
    epubcheck(target)


def unmarked(page: bytes) -> bytes:
    """Return a page without what was added to it."""
    root = etree.fromstring(page)
    for link in root.findall(".//x:link", NS):
        link.getparent().remove(link)
    etree.strip_tags(root, f"{{{NS['x']}}}span")
    root.find("x:body", NS).attrib.pop("id", None)
    return etree.tostring(root, method="c14n")


def test_its_own_output_can_be_the_source(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    book = read_book(source_epub(tmp_path / "source.epub"))
    write_package(placed(timeline, book), tmp_path / "once.epub", source=book, cache=cache)
    once = read_book(tmp_path / "once.epub")
    there = placed(timeline, once)
    write_package(there, tmp_path / "twice.epub", source=once, cache=cache)
    with zipfile.ZipFile(tmp_path / "twice.epub") as epub:
        assert len(epub.namelist()) == len(set(epub.namelist()))
        assert sum(name.endswith(".m4a") for name in epub.namelist()) == len(there.parts)
        check_overlays(epub, there)


def test_a_changed_source_is_refused(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    source = source_epub(tmp_path / "source.epub")
    book = read_book(source)
    source.write_bytes(source.read_bytes() + b" ")
    with pytest.raises(OutputError, match=r"source\.epub.*changed"):
        write_package(timeline, tmp_path / "out.epub", source=book, cache=cache)
    source.unlink()
    with pytest.raises(OutputError, match=r"source\.epub.*put it back"):
        write_package(timeline, tmp_path / "out.epub", source=book, cache=cache)


def test_a_page_that_epub_3_cannot_hold_is_made_anew(
    timeline: Timeline, cache: Path, tmp_path: Path
) -> None:
    source = tmp_path / "old.epub"
    with (
        zipfile.ZipFile(source_epub(tmp_path / "new.epub")) as new,
        zipfile.ZipFile(source, "w") as old,
    ):
        for name in new.namelist():
            content = new.read(name).replace(b'version="3.0"', b'version="2.0"')
            old.writestr(name, content.replace(b' xmlns="http://www.w3.org/1999/xhtml"', b""))
    book = read_book(source)
    target = tmp_path / "out.epub"
    report = write_package(placed(timeline, book), target, source=book, cache=cache)
    assert "new one was made" in report.notes[0]
    assert read_book(target).text.split() == book.text.split()


def test_the_book_is_needed(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="made from the book"):
        write_package(perform(tmp_path / "takes"), tmp_path / "out.epub", cache=cache)
