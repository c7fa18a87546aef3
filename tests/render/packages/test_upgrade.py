"""An EPUB 2 is read along as a valid EPUB 3, with its words, pictures and contents kept."""

import zipfile
from pathlib import Path

from lxml import etree

from fullcast.formats.archive import Archive
from fullcast.formats.epub import read_package
from fullcast.readers import read_book
from fullcast.render.packages import write_package
from fullcast.render.timeline import Timeline
from tests.render.packages.test_read_along import (
    CONTAINER,
    NS,
    check_overlays,
    epubcheck,
    package,
    pairs,
    placed,
)
from tests.render.packages.test_sound import picture

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="BookId">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:identifier id="BookId" opf:scheme="URI">urn:x:ferry</dc:identifier>
<dc:title>The Ferry</dc:title><dc:language>en</dc:language><dc:subject></dc:subject>
<dc:creator opf:role="aut" opf:file-as="Body, N. O.">N. O. Body</dc:creator>
<dc:date opf:event="publication">1911</dc:date><dc:date opf:event="conversion">2011</dc:date>
<meta name="cover" content="picture"/></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="nav" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="picture" href="cover.png" media-type="image/png"/>
<item id="one" href="my%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine toc="ncx"><itemref idref="nav" linear="no"/><itemref idref="one"/>
<itemref idref="two"/></spine>
<guide><reference type="cover" title="Cover" href="cover.xhtml"/></guide></package>"""
NCX = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head>
<meta name="dtb:uid" content="urn:x:ferry"/></head><docTitle><text>The Ferry</text></docTitle>
<navMap>
<navPoint id="n1" playOrder="1"><navLabel><text>I. The Landing</text></navLabel>
<content src="my%20one.xhtml"/>
<navPoint id="n2" playOrder="2"><navLabel><text>The &lt;river&gt;</text></navLabel>
<content src="my%20one.xhtml#river"/></navPoint></navPoint>
<navPoint id="n3" playOrder="3"><navLabel><text>II. The Owl</text></navLabel>
<content src="two.xhtml"/></navPoint></navMap></ncx>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" version="-//W3C//DTD XHTML 1.1//EN">
<head><meta http-equiv="Content-Type" content="application/xhtml+xml; charset=utf-8"/>
<meta name="generator" content="old"/><title/></head><body>{}</body></html>"""
COVER = PAGE.format(
    '<div><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 16 16"><image width="16" height="16" xlink:href="cover.png"/></svg></div>'
)
ONE = PAGE.format(
    "<h1 align='center'>I. The <i>Landing</i></h1><p><a name='river'></a>The river was "
    "<big>high</big>.&nbsp;“Will he come?”</p>\n<p><tt>“He is &lt;never&gt; late!”</tt></p>"
)
TWO = PAGE.format(
    "<h1>II. The Owl</h1><table border='1' cellpadding='2' width='90%'><tr><td valign='top' "
    "width='50'>“That was an owl.”</td><td><acronym>“It</acronym> was not.”</td></tr></table>"
    "<hr size='1' width='50%'/><p>Nobody<br clear='all'/>spoke.</p>"
)


def old_epub(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", PACKAGE)
        archive.writestr("OEBPS/toc.ncx", NCX)
        archive.writestr("OEBPS/cover.png", picture())
        for name, content in (("cover", COVER), ("my one", ONE), ("two", TWO)):
            archive.writestr(f"OEBPS/{name}.xhtml", content)
    return path


def test_an_epub_2_becomes_a_valid_epub_3(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    """Even where its pages were not quite what an EPUB 2 may hold."""
    source = old_epub(tmp_path / "old.epub")
    book = read_book(source)
    there = placed(timeline, book)
    target = tmp_path / "out.epub"
    report = write_package(there, target, source=book, cache=cache)
    assert report.notes == (
        "The source is an EPUB 2; it was made an EPUB 3, which alone can be read along.",
    )
    assert read_book(target).text == book.text
    with zipfile.ZipFile(target) as epub, zipfile.ZipFile(source) as before:
        check_overlays(epub, there)
        assert len(list(pairs(epub))) == sum(len(part.clips) for part in there.parts)
        for name in ("OEBPS/toc.ncx", "OEBPS/cover.png"):
            assert epub.read(name) == before.read(name)
        for name in ("cover", "my one", "two"):
            member = f"OEBPS/{name}.xhtml"
            words = [
                etree.fromstring(book.read(member).replace(b"&nbsp;", "\u00a0".encode()))
                .find("x:body", NS)
                .itertext()
                for book in (before, epub)
            ]
            assert "".join(words[0]) == "".join(words[1])
        root = package(epub)
    epubcheck(target)
    items = {item.get("href"): item.get("properties") for item in root.iterfind(".//o:item", NS)}
    assert (items["cover.png"], items["cover.xhtml"]) == ("cover-image", "svg")
    said = {meta.get("property"): meta.text for meta in root.iterfind(".//o:meta", NS)}
    assert (said["role"], said["file-as"]) == ("aut", "Body, N. O.")


def test_its_contents_come_from_the_ncx(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    book = read_book(old_epub(tmp_path / "old.epub"))
    target = tmp_path / "out.epub"
    write_package(placed(timeline, book), target, source=book, cache=cache)
    archive = Archive(target.read_bytes(), target)
    found = read_package(archive).entries
    assert [(entry.level, entry.title, entry.name, entry.fragment) for entry in found] == [
        (1, "I. The Landing", "OEBPS/my one.xhtml", ""),
        (2, "The <river>", "OEBPS/my one.xhtml", "river"),
        (1, "II. The Owl", "OEBPS/two.xhtml", ""),
    ]
    nav = etree.fromstring(archive.read("OEBPS/nav.xhtml"))
    assert len(nav.findall(".//x:ol/x:li/x:ol/x:li", NS)) == 1
