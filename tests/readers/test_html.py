"""HTML pages: the text as a browser shows it, and the pages of story archives."""

from pathlib import Path

import pytest
from lxml import etree
from reading import chapters, parts, read, stressed, words

from fullcast.errors import SourceEmpty, SourceUnsafe
from fullcast.formats.markup import parse_html
from fullcast.model import Book

PROSE = "Ada walked down to the mill, and nobody met her on the way."


def page(tmp_path: Path, body: str, head: str = "") -> Book:
    return read(tmp_path, f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Ada \n  <b>ran</b>\t on .</p>", ["Ada ran on ."]),
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("<p>One <br/> two<br><br>three</p>", ["One\ntwo", "three"]),
        ("One<br>&nbsp;<br>two", ["One", "two"]),
        ("<div>One<p>two</p>three</div>", ["One", "two", "three"]),
        ("<p>a&nbsp;&nbsp;b&mdash;c &amp; d</p>", ["a\u00a0\u00a0b—c & d"]),
        ("<p>a<script>x</script><style>y</style><span hidden>z</span>b</p>", ["ab"]),
        ("<p>a<!-- no -->b<?no?>c</p>", ["abc"]),
        ("<ul><li>One</li><li>Two <b>x</b></li></ul>", ["One", "Two x"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]),
        ("<p>&nbsp;</p><p></p><p>One</p>", ["One"]),
        ("<p>She said <q>No, <q>never</q></q>.</p>", ["She said “No, ‘never’”."]),
        ("<pre>One\n  two\n\nthree</pre>", ["One\n  two", "three"]),
        ("<p><img src=t.png alt=T>he mill</p>", ["The mill"]),
        ("<select><option>1. One</option></select><p>One</p><input value=x>", ["One"]),
        ("<p>unclosed <i>italic<p>next", ["unclosed italic", "next"]),
    ],
)
def test_text_as_shown(body: str, found: list[str], tmp_path: Path) -> None:
    book = page(tmp_path, body)
    assert words(book) == found
    assert book.text == "\n\n".join(found) + "\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>a <em>b</em> <i>c </i>d</p>", ["b", "c"]),
        ("<p><i>a <em>b</em> c</i></p>", ["a b c"]),
        ("<p style='font-style: italic'>a <em>b</em></p>", ["a b"]),
        ("<p class=it>a <span class=up>b</span> c</p>", ["a", "c"]),
        ("<p>a <span class='x it'>b</span> <span class=deep>c</span></p>", ["b"]),
        ("<p><strong>a</strong> <cite>b</cite> c</p>", ["a", "b"]),
        ("<p><em> </em>a</p>", []),
    ],
)
def test_emphasis(body: str, found: list[str], tmp_path: Path) -> None:
    style = ".it, b.no {color:red;font-style:italic} .up{font-style:normal} /* .x{ */ p .deep{}"
    assert stressed(page(tmp_path, body, f"<style>{style}</style>")) == found


def test_rules_are_breaks_without_text(tmp_path: Path) -> None:
    book = page(tmp_path, f"<hr><p>{PROSE}</p><hr><hr/><p>{PROSE}</p><hr>")
    assert [b.kind.value for b in book.blocks] == ["paragraph", "break", "paragraph", "break"]
    rule = book.blocks[1]
    assert (rule.span.start, rule.span.end) == (len(PROSE) + 1, len(PROSE) + 1)
    assert rule.place.path == "/html/body/hr[2]"
    assert len({block.id for block in book.blocks}) == 4


def test_paths_are_lxmls(tmp_path: Path) -> None:
    body = "<div><p>a</p>b<p>c<br><br>d</p></div><section><p>e</p></section>"
    book = page(tmp_path, body)
    root = parse_html((tmp_path / "story.txt").read_text("utf-8"), "x")
    tree = etree.ElementTree(root)
    for block in book.blocks:
        (element,) = tree.xpath(block.place.path)
        assert tree.getpath(element) == block.place.path
        assert block.span.of(book.text) in "".join(element.itertext())


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=cp1251><p>«Да»</p>".encode("cp1251"),
        '<?xml version="1.0" encoding="windows-1251"?><html><p>«Да»</p></html>'.encode("cp1251"),
        "\ufeff<html><p>«Да»</p></html>".encode("utf-16-le"),
        "<html><p>«Да»</p></html>".encode(),
        "<meta charset=utf-16><p>«Да»</p>".encode(),
    ],
)
def test_encodings(data: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, data, "a.html").text == "«Да»\n"


def test_title_author_and_language(tmp_path: Path) -> None:
    head = "<title>The Mill</title><meta name=author content='Jane Doe'>"
    book = read(tmp_path, f"<html lang=en><head>{head}</head><p>{PROSE}</p></html>")
    assert (book.title, book.author, book.language) == ("The Mill", "Jane Doe", "en")


def test_contents_of_links(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='#c{n}'>Chapter {n}</a></p>" for n in (1, 2, 3))
    body = "".join(f"<h2 id=c{n}>Chapter {n}</h2><p>{PROSE}</p>" for n in (1, 2, 3))
    book = page(tmp_path, f"<h1>The Mill</h1><h2>by Jane Doe</h2>{links}{body}")
    assert words(book, layer="front") == [
        "The Mill", "by Jane Doe", "Chapter 1", "Chapter 2", "Chapter 3"
    ]  # fmt: skip
    assert chapters(book) == [("Chapter 1", 1), ("Chapter 2", 1), ("Chapter 3", 1)]
    assert (book.title, book.author) == ("The Mill", "Jane Doe")


def test_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty):
        page(tmp_path, "<p>&nbsp;</p><script>x</script>")


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><p>&b;</p></html>'
    with pytest.raises(SourceUnsafe, match="ENTITY"):
        read(tmp_path, bomb)


def test_deep_nesting(tmp_path: Path) -> None:
    book = page(tmp_path, "<i>" * 500 + "<div>" * 500 + "Ada left.")
    assert book.text == "Ada left.\n"
    with pytest.raises(SourceUnsafe, match="nested"):
        page(tmp_path, "<div>" * 5000 + "Ada left.")


def test_archive_download(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        f"""<div id="preface"><p class="message"><b>The Mill</b> Posted originally</p>
        <div class="meta"><dl class="tags"><dt>Rating:</dt><dd>Teen</dd></dl><h1>The Mill</h1>
        <div class="byline">by <a rel="author">JaneD</a></div>
        <p>Summary</p><blockquote class="userstuff"><p>“Rain,” it says.</p></blockquote></div></div>
        <div id="chapters" class="userstuff">
        <div class="meta group"><h2 class="heading">Chapter 1: Rain</h2>
        <p>Chapter Notes</p><blockquote class="userstuff"><p>Hello!</p></blockquote></div>
        <div class="userstuff"><p>{PROSE}</p></div>
        <div id="endnotes1"><p>Chapter End Notes</p><blockquote><p>Bye!</p></blockquote></div>
        <div class="meta group"><h2 class="heading">Chapter 2: Sun</h2></div>
        <div class="userstuff"><p>{PROSE}</p></div></div>
        <div id="afterword"><p class="message">Please drop by and comment</p></div>""",
    )
    assert words(book, layer="body") == ["Chapter 1: Rain", PROSE, "Chapter 2: Sun", PROSE]
    assert words(book, layer="note") == ["Chapter Notes", "Hello!", "Chapter End Notes", "Bye!"]
    assert words(book, layer="back") == ["Please drop by and comment"]
    assert "Teen" in words(book, layer="front")
    assert (book.title, book.author) == ("The Mill", "JaneD")
    assert chapters(book) == [("Chapter 1: Rain", 1), ("Chapter 2: Sun", 1)]


def test_archive_download_without_afterword(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        f"""<div id="preface"><p class="message">Posted originally</p><h1>The Mill</h1></div>
        <div id="chapters" class="userstuff"><p>{PROSE}</p></div>""",
    )
    assert (words(book, layer="front"), book.title) == (
        ["Posted originally", "The Mill"],
        "The Mill",
    )
    assert words(book, layer="body") == [PROSE]


def test_archive_page(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        f"""<div id="outer"><header id="header"><h1>Archive</h1><ul><li>Log In</li></ul></header>
        <div id="main"><dl class="work meta group"><dt>Rating:</dt><dd>Teen</dd></dl>
        <div id="workskin"><div class="preface group"><h2 class="title heading">The Mill</h2>
        <h3 class="byline heading"><a rel="author">JaneD</a></h3>
        <div class="summary module"><blockquote><p>It rains.</p></blockquote></div></div>
        <div id="chapters"><div class="chapter" id="chapter-1">
        <div class="chapter preface group"><h3 class="title"><a href="x">Chapter 1</a>: Rain</h3>
        <div class="notes module"><h3 class="heading">Notes:</h3><p>Hello!</p></div></div>
        <div class="userstuff module"><h3 class="landmark heading">Chapter Text</h3>
        <p>{PROSE}</p></div></div></div></div>
        <div id="feedback"><h3>Comments</h3><p>“Lovely!”</p></div></div>
        <div id="footer">F</div></div>""",
    )
    assert words(book, layer="body") == ["Chapter 1: Rain", PROSE]
    assert words(book, layer="note") == ["Notes:", "Hello!", "Chapter Text"]
    assert words(book, layer="back") == ["Comments", "“Lovely!”", "F"]
    assert words(book, layer="front") == [
        "Archive", "Log In", "Rating:", "Teen", "The Mill", "JaneD", "It rains."
    ]  # fmt: skip
    assert (book.title, book.author) == ("The Mill", "JaneD")


def test_fanfiction_net(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        f"""<div id="top">Just In</div><div id="profile_top"><b class="xcontrast_txt">The Mill</b>
        By: <a href="/u/1/JaneD">JaneD</a><div>It rains.</div></div>
        <select id="chap_select"><option>1. Rain</option><option selected>2. Sun</option></select>
        <div id="storytext"><p>{PROSE}</p><hr><p>{PROSE}</p></div>
        <div id="review">Review this <textarea>x</textarea></div>""",
    )
    assert words(book, layer="body") == [PROSE, "", PROSE]
    assert words(book, layer="back") == ["Review this"]
    assert (book.title, book.author) == ("The Mill", "JaneD")
    assert chapters(book) == [("2. Sun", 1)]


def test_gutenberg(tmp_path: Path) -> None:
    book = page(
        tmp_path,
        f"""<section class="pg-boilerplate pgheader" id="pg-header"><h2>The Project Gutenberg eBook
        </h2><div>Use it.</div></section><h1>The Mill</h1><h2>by Jane Doe</h2>
        <h2>CHAPTER I.<br>Rain</h2><p>{PROSE}</p>
        <section class="pg-boilerplate pgfooter" id="pg-footer"><div>License</div></section>""",
    )
    assert words(book, layer="body") == ["CHAPTER I.\nRain", PROSE]
    assert words(book, layer="back") == ["License"]
    assert chapters(book) == [("CHAPTER I. Rain", 1)]
    assert (book.title, book.author) == ("The Mill", "Jane Doe")


def test_old_gutenberg(tmp_path: Path) -> None:
    start = "*** START OF THIS PROJECT GUTENBERG EBOOK THE MILL ***"
    book = page(
        tmp_path,
        f"<pre>Project Gutenberg's The Mill\n\nTitle: The Mill\n\n{start}\n</pre>"
        f"<h2>Chapter 1</h2><p>{PROSE}</p>"
        "<pre>\nEnd of Project Gutenberg's The Mill\n\nTerms</pre>",
    )
    assert words(book, layer="body") == ["Chapter 1", PROSE]
    assert parts(book)[-1] == ("paragraph", "back", "Terms")
