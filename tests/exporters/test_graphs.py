"""Graphs, read back by networkx; and DraCor's measures."""

import csv
import io
import json

import networkx
import pytest
from networkx.readwrite import gexf as gexf_reader

from fullcast.exporters import Script
from fullcast.exporters.dracor import export as dracor
from fullcast.exporters.dracor import measure
from fullcast.exporters.gexf import export as gexf
from fullcast.exporters.graphml import export as graphml
from fullcast.exporters.talk import find_talk


@pytest.mark.parametrize("name", ["McCOY", "END", "«Анна»", "<&>\x00"])
def test_graphs_are_read_back_with_any_name(name: str, script: Script) -> None:
    script["characters"][1]["name"] = name
    for graph in (
        gexf_reader.read_gexf(io.BytesIO(gexf(script))),
        networkx.parse_graphml(graphml(script).decode()),
    ):
        assert graph.is_directed()
        assert set(graph) == {"ada-finch", "tom", "the-owl"}
        assert graph.nodes["tom"]["label"] == name.replace("\x00", "\ufffd")
        assert list(graph.edges) == [("ada-finch", "tom")]
        assert graph.edges["ada-finch", "tom"]["weight"] == 3
        assert graph.edges["ada-finch", "tom"]["words"] == 13


def test_gexf_tells_when_they_talk(script: Script) -> None:
    graph = gexf_reader.read_gexf(io.BytesIO(gexf(script)))
    spells = graph.edges["ada-finch", "tom"]["spells"]
    assert [float(each) for each in spells[0]] == [112.0, 170.0]
    assert len(spells) == 3


def test_measures_of_a_path_and_a_lone_speaker() -> None:
    graph = networkx.Graph([("a", "b", {"weight": 2}), ("b", "c", {"weight": 1})])
    graph.add_node("d")
    found = measure(graph)
    nodes = found.pop("nodes")
    assert found == {
        "size": 4,
        "density": pytest.approx(1 / 3),
        "diameter": 2,
        "averagePathLength": pytest.approx(4 / 3),
        "averageDegree": 1.0,
        "averageClustering": 0.0,
        "maxDegree": 2,
        "maxDegreeIds": ["b"],
        "numConnectedComponents": 2,
        "numEdges": 2,
    }
    assert nodes["b"]["weightedDegree"] == 3
    assert list(nodes["a"]) == [
        *("degree", "weightedDegree", "betweenness", "closeness", "eigenvector")
    ]


def test_nobody_has_measures_too() -> None:
    assert measure(networkx.Graph())["size"] == 0


def test_dracors_tables(script: Script) -> None:
    files = dict(dracor(script))
    characters = list(csv.DictReader(io.StringIO(files["characters.csv"].decode(), newline="")))
    assert characters[0] == {
        "id": "ada-finch",
        "name": "Ada Finch",
        "sex": "FEMALE",
        "isGroup": "false",
        "numOfScenes": "1",
        "numOfSpeechActs": "3",
        "numOfWords": "13",
    }
    network = files["networkdata.csv"].decode().splitlines()
    assert network == ["Source,Type,Target,Weight", "ada-finch,Undirected,tom,1"]
    spoken = json.loads(files["spoken-text-by-character.json"])
    assert spoken[0]["text"][0] == "“Will he come?” “or must\nwe swim?”"
    assert "spoken-text-by-character.json" not in dracor(script, text=False)


def test_edges_tell_warmth_and_ties(script: Script) -> None:
    source, target = next(iter(find_talk(script).edges))
    script["moves"] = [{"source": source, "target": target, "warmth": w} for w in (0.5, -0.25)]
    script["ties"] = [{"character": source, "of": target, "word": "sister"}]
    told = find_talk(script).edges[source, target]
    assert (told["warmth"], told["tie"]) == (-0.25, "sister")
    assert b"sister" in graphml(script)
    assert b"sister" in gexf(script)
