"""TEI P5: valid by ``tei_all``, and the text exact.

``tei_all.rng.gz`` is the schema of TEI 4.3.0 as the TEI Consortium made it: https://tei-c.org,
CC BY 3.0 or BSD-2-Clause.
"""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from making import stories

import fullcast
from fullcast.exporters import Script, build_script
from fullcast.exporters.tei import export
from fullcast.model import Annotations, Book

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
CODEPOINT = "//t:char[@xml:id=$id]/t:localProp/@value"
SCHEMA = Path(__file__).parent / "tei_all.rng.gz"
SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*.txt"))


def text_in(document: bytes) -> str:
    """Take the text out again, as the manual says."""
    root = etree.fromstring(document, etree.XMLParser(huge_tree=True))
    text = root.find("t:text", TEI)
    assert text is not None
    for g in text.iter(f"{{{TEI['t']}}}g"):
        declared = root.xpath(
            "//t:char[@xml:id=$id]/t:localProp/@value", id=g.get("ref")[1:], namespaces=TEI
        )
        g.text = None
        g.set("is", declared[0][2:])
    return "".join(_words(text))


def _words(element):
    if element.get("is"):
        yield chr(int(element.get("is"), 16))
    yield element.text or ""
    for each in element:
        yield from _words(each)
        yield each.tail or ""


@given(stories())
def test_the_text_comes_back(story: tuple[Book, Annotations]) -> None:
    assert text_in(export(build_script(*story))) == story[0].text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_come_back(sample: Path) -> None:
    script = fullcast.script(sample, network="rules")
    assert text_in(export(script)) == "".join(each["text"] for each in script["segments"])


def test_a_line_says_who_to_whom_and_how(script: Script) -> None:
    root = etree.fromstring(export(script))
    first, second = root.findall(".//t:said", TEI)[:2]
    assert dict(first.attrib) == {
        "aloud": "true",
        "direct": "true",
        "{http://www.w3.org/XML/1998/namespace}id": "s112",
        "who": "#ada-finch",
        "toWhom": "#tom",
        "cert": "0.99",
        "resp": "#fullcast",
        "ana": "#manner.softly",
        "next": f"#{second.get('{http://www.w3.org/XML/1998/namespace}id')}",
    }
    assert second.get("prev") == "#s112"
    assert second.text == "“or must\nwe swim?”"


def test_thoughts_are_not_aloud_and_writing_is_written(script: Script) -> None:
    root = etree.fromstring(export(script))
    assert [each.text for each in root.findall(".//t:said[@aloud='false']", TEI)] == [
        "I never liked him,"
    ]
    assert [each.text for each in root.findall(".//t:q[@type='written']", TEI)] == ["“NO FERRY”"]


def test_chapters_paragraphs_and_layers_are_as_they_were(script: Script) -> None:
    root = etree.fromstring(export(script))
    (front, body, back) = root.findall("t:text/*", TEI)
    (chapter,) = body
    assert [each.tag.partition("}")[2] for each in (*front, *chapter, *back)] == [
        *("p", "head", "p", "p", "p", "p", "p", "ab", "p", "p", "p", "p"),
    ]
    assert [each.text for each in chapter if each.get("ana")] == ["An owl is a bird."]


@pytest.mark.parametrize("name", ["McCOY", "END", "«Анна»", "12th man", "s12", "<&>", "\x00"])
def test_any_name_makes_an_id(name: str, script: Script) -> None:
    script["characters"][1] |= {"id": name, "name": name}
    for segment in script["segments"]:
        if segment["speaker"] == "tom":
            segment["speaker"] = name
        segment["addressees"] = [name if id_ == "tom" else id_ for id_ in segment["addressees"]]
    root = etree.fromstring(export(script))
    ids = root.xpath("//@xml:id")
    assert len(set(ids)) == len(ids)
    pointers = " ".join(root.xpath("//@who | //@toWhom | //@ana | //@prev | //@next | //@resp"))
    assert {each[1:] for each in pointers.split()} <= set(ids)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(gzip.decompress(SCHEMA.read_bytes())))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_valid(sample: Path, schema: etree.RelaxNG) -> None:
    schema.assertValid(etree.fromstring(export(fullcast.script(sample, network="rules"))))


@pytest.mark.parametrize("name", ["Tom", "END", "«Анна»", "\x00"])
def test_a_scene_with_a_tie_is_valid(name: str, script: Script, schema: etree.RelaxNG) -> None:
    script["characters"][1]["name"] = name
    tie = {"text": "", "start": 0, "end": 0, "word": "brother", "of": "ada-finch", "confidence": 1}
    script["ties"] = [{**tie, "character": "tom", "past": True}]
    schema.assertValid(etree.fromstring(export(script)))


def test_ties_are_relations(script: Script) -> None:
    tie = {"text": "", "start": 0, "end": 0, "word": "brother", "of": "ada-finch", "confidence": 1}
    script["ties"] = [
        {**tie, "character": "tom", "past": False},
        {**tie, "character": "tom", "past": False},
        {**tie, "character": None, "past": True},
    ]
    (relation,) = etree.fromstring(export(script)).findall(".//t:listRelation/t:relation", TEI)
    assert dict(relation.attrib) == {"name": "brother", "active": "#tom", "passive": "#ada-finch"}
