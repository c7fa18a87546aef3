"""EPUB: spine, contents, layers, and everything that can be wrong with one."""

from pathlib import Path

import pytest
import stories
from reading import chapters, read, stressed, words

from fullcast.errors import SourceDamaged, SourceEmpty, SourceProtected, SourceUnsafe
from fullcast.model import Book

PROSE = "Ada walked down to the mill, and nobody met her on the way."
P = f"<p>{PROSE}</p>"
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/>
</EncryptedData></encryption>"""


def book(tmp_path: Path, *args: object, **kwargs: object) -> Book:
    return read(tmp_path, stories.epub(*args, **kwargs), "book.epub")  # type: ignore[arg-type]


def changed(**members: str | bytes | None) -> bytes:
    """A good EPUB with members changed, added or (``None``) taken away."""
    whole: dict[str, str | bytes | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": stories.CONTAINER,
        "OEBPS/book.opf": stories.opf({"a.xhtml": ""}),
        "OEBPS/a.xhtml": stories.xhtml(P),
    }
    whole |= members
    return stories.zipped({name: content for name, content in whole.items() if content is not None})


def test_several_chapters_in_a_file_and_one_over_several(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": f"<h2 id='one'>Rain</h2>{P}<h2 id='two'>Sun</h2>{P}",
        "b.xhtml": P,
        "c.xhtml": f"<h2>Snow</h2>{P}",
    }
    contents = {"a.xhtml#one": "Rain", "a.xhtml#two": "Sun", "c.xhtml": "Snow"}
    found = book(tmp_path, pages, contents=contents)
    assert chapters(found) == [("Rain", 1), ("Sun", 1), ("Snow", 1)]
    assert found.chapters[1].span.of(found.text).count(PROSE) == 2
    assert found.notices == ()


def test_nested_contents(tmp_path: Path) -> None:
    nav = (
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Part One</a><ol><li>'
        '<a href="b.xhtml">Rain</a></li></ol></li></ol></nav>'
    )
    item = '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    pages = {"a.xhtml": "<h1>Part One</h1>", "b.xhtml": f"<h2>Rain</h2>{P}"}
    data = changed(
        **{
            "OEBPS/book.opf": stories.opf(pages, items=item),
            "OEBPS/nav.xhtml": stories.xhtml(nav),
            "OEBPS/a.xhtml": stories.xhtml(pages["a.xhtml"]),
            "OEBPS/b.xhtml": stories.xhtml(pages["b.xhtml"]),
        }
    )
    assert chapters(read(tmp_path, data)) == [("Part One", 1), ("Rain", 2)]


def test_dead_links_fall_back_on_headings(tmp_path: Path) -> None:
    pages = {"a.xhtml": f"<h2>Rain</h2>{P}<h2>Sun</h2>{P}"}
    found = book(tmp_path, pages, contents={"x.xhtml": "Rain", "a.xhtml#gone": "Sun"})
    assert chapters(found) == [("Rain", 1), ("Sun", 1)]
    assert [notice.code for notice in found.notices] == ["B001"]


def test_missing_parts_are_noticed(tmp_path: Path) -> None:
    data = changed(**{"OEBPS/book.opf": stories.opf({"a.xhtml": "", "gone.xhtml": ""})})
    found = read(tmp_path, data)
    assert [(n.code, n.message) for n in found.notices] == [
        ("B002", "OEBPS/gone.xhtml is missing in the archive.")
    ]


def test_layers(tmp_path: Path) -> None:
    pages = {
        "cover.xhtml": "<p>Cover</p>",
        "title.xhtml": '<section epub:type="titlepage"><h1>The Mill</h1></section>',
        "legal.xhtml": "<p>All rights</p>",
        "a.xhtml": f'{P}<aside epub:type="footnote"><p>1. Oak.</p></aside>',
        "notes.xhtml": "<p>2. Ash.</p>",
        "about.xhtml": "<p>Jane lives by a river.</p>",
    }
    contents = {
        "legal.xhtml": "Copyright", "a.xhtml": "Rain", "about.xhtml": "About the Author"
    }  # fmt: skip
    refs = "".join(f'<itemref idref="p{i}"/>' for i in (0, 1, 2, 3))
    guide = '<guide><reference type="cover" href="cover.xhtml"/></guide>'
    found = book(
        tmp_path,
        pages,
        contents=contents,
        guide=guide,
        spine=refs + '<itemref idref="p4" linear="no"/><itemref idref="p5"/>',
    )
    assert words(found, layer="front") == ["Cover", "The Mill", "All rights"]
    assert words(found, layer="body") == [PROSE]
    assert words(found, layer="note") == ["1. Oak.", "2. Ash."]
    assert words(found, layer="back") == ["Jane lives by a river."]
    assert chapters(found) == [("Rain", 1)]


def test_style_sheets(tmp_path: Path) -> None:
    head = '<link rel="stylesheet" href="../css/a.css"/>'
    data = changed(
        **{
            "OEBPS/book.opf": stories.opf({"text/a%20b.xhtml": ""}),
            "OEBPS/css/a.css": ".calibre1 { font-style: italic }",
            "OEBPS/text/a b.xhtml": stories.xhtml(
                '<p>He <span class="calibre1">knew</span>.</p>', head
            ),
        }
    )
    found = read(tmp_path, data)
    assert stressed(found) == ["knew"]
    assert found.blocks[0].place.document == "OEBPS/text/a b.xhtml"


@pytest.mark.parametrize(
    "doctype",
    ["", "<!DOCTYPE html>",
     '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11.dtd">'],
)  # fmt: skip
def test_named_entities(doctype: str, tmp_path: Path) -> None:
    body = "<p>a&nbsp;b&mdash;c &amp; d &lt;e&gt; &#8220;f&#x201d;</p>"
    data = changed(**{"OEBPS/a.xhtml": stories.xhtml(body, doctype=doctype)})
    assert read(tmp_path, data).text == "a\u00a0b—c & d <e> “f”\n"


def test_pages_that_are_not_well_formed(tmp_path: Path) -> None:
    data = changed(**{"OEBPS/a.xhtml": "<html><body><p>Ada <i>left.<p>He stayed & sat.</body>"})
    assert words(read(tmp_path, data)) == ["Ada left.", "He stayed & sat."]


def test_named_in_the_package(tmp_path: Path) -> None:
    found = book(tmp_path, {"a.xhtml": P})
    assert (found.title, found.author, found.language) == ("The Quiet Mill", "Jane Doe", "en")


def test_without_container(tmp_path: Path) -> None:
    assert read(tmp_path, changed(**{"META-INF/container.xml": None})).text == f"{PROSE}\n"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"OEBPS/book.opf": None}, "package document"),
        ({"OEBPS/book.opf": "<package>"}, "broken XML"),
        ({"META-INF/container.xml": "no"}, "broken XML"),
        ({"OEBPS/a.xhtml": None}, "none of the documents"),
    ],
)
def test_damaged(members: dict[str, str | None], message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceDamaged, match=message) as raised:
        read(tmp_path, changed(**members), "book.epub")
    assert "book.epub" in str(raised.value)


def test_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty):
        book(tmp_path, {"a.xhtml": "<p><img src='a.png' alt='A page'/></p>"})


@pytest.mark.parametrize(
    "members",
    [
        {
            "META-INF/encryption.xml": ENCRYPTION.format(
                "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
            )
        },
        {"META-INF/encryption.xml": ENCRYPTION.replace('<EncryptionMethod Algorithm="{}"/>', "")},
        {"META-INF/rights.xml": "<rights/>"},
    ],
)
def test_protected(members: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SourceProtected, match="without protection"):
        read(tmp_path, changed(**members))


@pytest.mark.parametrize(
    "algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
)
def test_obfuscated_fonts_are_no_protection(algorithm: str, tmp_path: Path) -> None:
    members = {"META-INF/encryption.xml": ENCRYPTION.format(algorithm)}
    assert read(tmp_path, changed(**members)).text == f"{PROSE}\n"


DECLARED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "members",
    [
        {"OEBPS/a.xhtml": stories.xhtml("<p>&a;</p>", doctype=DECLARED)},
        {"OEBPS/book.opf": stories.opf({"a.xhtml": ""}).replace("<package", f"{DECLARED}<package")},
        {
            "META-INF/container.xml": stories.CONTAINER.replace(
                "<container", f"{DECLARED}<container"
            )
        },
        {"OEBPS/book.opf": stories.opf({"../../a.xhtml": ""})},
        {"OEBPS/book.opf": stories.opf({"/etc/passwd": ""})},
        {"OEBPS/book.opf": stories.opf({"%2e%2e/%2e%2e/a.xhtml": ""})},
        {"OEBPS/book.opf": stories.opf({"file:///etc/passwd": ""})},
    ],
)
def test_unsafe(members: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SourceUnsafe, match=r"book\.epub"):
        read(tmp_path, changed(**members), "book.epub")


def test_archive_download(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": '<div id="preface"><p class="message">Posted</p><h1>The Mill</h1></div>',
        "b.xhtml": f"""<div id="chapters" class="userstuff"><div class="meta group">
        <h2 class="heading">Chapter 1: Rain</h2><p>Chapter Notes</p>
        <blockquote class="userstuff"><p>Hello!</p></blockquote></div>
        <div class="userstuff2">{P}</div>
        <div id="endnotes1"><p>Chapter End Notes</p><p>Bye!</p></div></div>""",
        "c.xhtml": '<div id="afterword"><p class="message">Please comment</p></div>',
    }
    found = book(tmp_path, pages)
    assert words(found, layer="front") == ["Posted", "The Mill"]
    assert words(found, layer="body") == ["Chapter 1: Rain", PROSE]
    assert words(found, layer="note") == ["Chapter Notes", "Hello!", "Chapter End Notes", "Bye!"]
    assert words(found, layer="back") == ["Please comment"]


def test_a_preface_or_afterword_of_the_story_stays(tmp_path: Path) -> None:
    found = book(tmp_path, {"a.xhtml": f'<div id="preface">{P}</div><div id="afterword">{P}</div>'})
    assert words(found, layer="body") == [PROSE, PROSE]
