"""Text to trees: XHTML and HTML parsed with no network, no entities of the file's own."""

import codecs
import re
from html.entities import html5

from lxml import etree

from fullcast.errors import SourceDamaged, SourceUnsafe

Element = etree._Element


def is_element(node: Element) -> bool:
    """Tell an element from a comment or an instruction."""
    tag: object = node.tag  # a function where it is one of those, whatever the stubs say
    return isinstance(tag, str)


def local_name(node: Element) -> str:
    """Return a tag in small letters without its namespace; empty where there is no tag."""
    return str(node.tag).rpartition("}")[2].lower() if is_element(node) else ""


def words_of(element: Element) -> str:
    """Return all text in an element as it stands in the file."""
    return "".join(map(str, element.itertext()))


_ENTITY_DECLARATION = re.compile(r"<!ENTITY", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,4000}\]\s*)?>", re.I)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.I,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do: pages that say Latin-1 mean Windows' superset of it.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def declared_encoding(data: bytes) -> str | None:
    """Return the codec that a byte order mark, XML declaration or ``<meta>`` names."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    # The declaration was read as ASCII, so the file cannot be what this says.
    return None if name.startswith(("utf-16", "utf-32")) else _MEANT.get(name, name)


def decode_xml(data: bytes, where: str) -> str:
    """Return the text of an XML part.

    Raises:
        SourceDamaged: Its bytes are no characters of its encoding.
    """
    try:
        return data.decode(declared_encoding(data) or "utf-8").lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceDamaged(
            f"{where}: its bytes are not in the encoding that it names ({error}); "
            "look for a better copy."
        ) from None


def read_markup(data: bytes, where: str) -> str:
    """Return the text of an XHTML part; bytes out of place show as U+FFFD.

    One bad byte in one chapter is no reason to refuse a whole book.
    """
    try:
        return decode_xml(data, where)
    except SourceDamaged:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("utf-8", "replace")


def refuse_entities(text: str, where: str) -> None:
    """Raise ``SourceUnsafe`` where a document declares entities of its own."""
    if _ENTITY_DECLARATION.search(text):
        raise SourceUnsafe(
            f"{where}: declares XML entities, which can fill a machine's memory or read its "
            "files; remove the <!ENTITY ...> lines if you trust where it comes from."
        )


def parse_xml(data: bytes, where: str) -> Element:
    """Return the root of an XML part, such as a package document.

    Raises:
        SourceDamaged: It is not well-formed.
        SourceUnsafe: It declares entities.
    """
    text = decode_xml(data, where)
    refuse_entities(text, where)
    try:
        return _strict(text)
    except etree.XMLSyntaxError as error:
        raise SourceDamaged(
            f"{where}: broken XML ({error.msg}); repair the file or look for a better copy."
        ) from None


def parse_xhtml(text: str, where: str) -> Element:
    """Return the root of an XHTML document, read as HTML where it is not well-formed."""
    refuse_entities(text, where)
    try:
        return _strict(text)
    except etree.XMLSyntaxError:
        return parse_html(text, where)


def _strict(text: str) -> Element:
    bare = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    return etree.fromstring(_NAMED.sub(_character, bare).strip().encode("utf-8"), parser)


def _character(match: re.Match[str]) -> str:
    if match[1] in _XML_OWN:
        return match[0]
    return html5.get(f"{match[1]};", f"&amp;{match[1]};")


def parse_html(text: str, where: str) -> Element:
    """Return the root of an HTML document, however it is written.

    Raises:
        SourceDamaged: There is no markup in it.
        SourceUnsafe: It declares entities, or nests deeper than any real page.
    """
    refuse_entities(text, where)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    bare = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    try:
        root = etree.fromstring(bare.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # Past its limits the parser would drop the rest of the text without a word.
        raise SourceUnsafe(
            f"{where}: its markup is nested thousands deep, as no real page is; "
            "get the story from a source that you trust."
        )
    if root is None:
        raise SourceDamaged(f"{where}: no text can be found in its markup; look for a better copy.")
    return root
