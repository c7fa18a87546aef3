"""A story as DraCor describes plays: its tables, its network and that network's measures.

Two who speak in one scene are linked; a link weighs as many scenes as they share. A scene runs from
a chapter's heading or a scene break to the next. Measures as dracor-metrics 1.5 has them:
networkx's, unweighted, path lengths over pairs that reach one another.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import networkx

from fullcast.exporters.quoted import quoted
from fullcast.exporters.registry import Content
from fullcast.exporters.schema import CharacterEntry, Script
from fullcast.exporters.writers import csv_table

_SEX = {"female": "FEMALE", "male": "MALE"}


def export(script: Script, *, text: bool = True) -> Content:
    """Write the characters, the network and its measures; the spoken text where ``text``."""
    scenes = list(_scenes(script))
    graph = _network(script, scenes)
    files = {
        "characters.csv": _characters(script, scenes),
        "networkdata.csv": csv_table(
            ("Source", "Type", "Target", "Weight"),
            (
                {"Source": one, "Type": "Undirected", "Target": other, "Weight": weight}
                for one, other, weight in graph.edges(data="weight")
            ),
        ),
        "metrics.json": _json(measure(graph)),
    }
    if text:
        files["spoken-text-by-character.json"] = _json(_spoken(script))
    return files


def _scenes(script: Script) -> Iterator[set[str]]:
    """Yield who speaks in each scene."""
    cuts = {entry["start"] for entry in (*script["chapters"], *script["breaks"])}
    coming = sorted(cuts)
    speakers: set[str] = set()
    for segment in script["segments"]:
        while coming and coming[0] < segment["end"]:
            coming.pop(0)
            yield speakers
            speakers = set()
        if segment["kind"] == "speech" and segment["speaker"] is not None:
            speakers.add(segment["speaker"])
    yield speakers


def _network(script: Script, scenes: list[set[str]]) -> "networkx.Graph":
    graph = networkx.Graph()
    graph.add_nodes_from(each["id"] for each in _speaking(script))
    for speakers in scenes:
        for one, other in combinations(sorted(speakers), 2):
            before = graph.get_edge_data(one, other, {"weight": 0})
            graph.add_edge(one, other, weight=before["weight"] + 1)
    return graph


def _speaking(script: Script) -> list[CharacterEntry]:
    said = {s["speaker"] for s in script["segments"] if s["kind"] == "speech"}
    return [character for character in script["characters"] if character["id"] in said]


def _characters(script: Script, scenes: list[set[str]]) -> bytes:
    acts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for quotation in quoted(script["segments"]):
        if quotation.first["kind"] == "speech" and quotation.first["speaker"] is not None:
            acts[quotation.first["speaker"]] += 1
            words[quotation.first["speaker"]] += quotation.words
    return csv_table(
        ("id", "name", "sex", "isGroup", "numOfScenes", "numOfSpeechActs", "numOfWords"),
        (
            {
                "id": each["id"],
                "name": each["name"],
                "sex": _SEX.get(each["gender"], "UNKNOWN"),
                "isGroup": bool(each.get("group")),
                "numOfScenes": sum(each["id"] in speakers for speakers in scenes),
                "numOfSpeechActs": acts[each["id"]],
                "numOfWords": words[each["id"]],
            }
            for each in _speaking(script)
        ),
    )


def measure(graph: "networkx.Graph") -> dict[str, object]:
    """Measure a network under DraCor's keys."""
    lengths = [
        length
        for one, reached in networkx.all_pairs_shortest_path_length(graph)
        for other, length in reached.items()
        if one != other
    ]
    degrees = dict(graph.degree())
    size, most = len(graph), max(degrees.values(), default=0)
    return {
        "size": size,
        "density": networkx.density(graph),
        "diameter": max(lengths, default=0),
        "averagePathLength": sum(lengths) / len(lengths) if lengths else 0,
        "averageDegree": sum(degrees.values()) / size if size else 0,
        "averageClustering": networkx.average_clustering(graph) if size else 0,
        "maxDegree": most,
        "maxDegreeIds": [id_ for id_, degree in degrees.items() if degree == most],
        "numConnectedComponents": networkx.number_connected_components(graph),
        "numEdges": graph.number_of_edges(),
        "nodes": _nodes(graph),
    }


def _nodes(graph: "networkx.Graph") -> dict[str, dict[str, float | None]]:
    try:
        eigenvector = networkx.eigenvector_centrality(graph)
    except networkx.NetworkXException:  # no node, or the iteration does not settle
        eigenvector = {}
    columns = {
        "degree": dict(graph.degree()),
        "weightedDegree": dict(graph.degree(weight="weight")),
        "betweenness": networkx.betweenness_centrality(graph),
        "closeness": networkx.closeness_centrality(graph),
        "eigenvector": eigenvector,
    }
    return {id_: {key: each.get(id_) for key, each in columns.items()} for id_ in graph}


def _spoken(script: Script) -> list[dict[str, object]]:
    said: dict[str, list[str]] = {}
    for quotation in quoted(script["segments"]):
        if quotation.first["kind"] == "speech" and quotation.first["speaker"] is not None:
            said.setdefault(quotation.first["speaker"], []).append(quotation.text)
    return [
        {
            "id": each["id"],
            "label": each["name"],
            "isGroup": bool(each.get("group")),
            "gender": _SEX.get(each["gender"], "UNKNOWN"),
            "text": said[each["id"]],
        }
        for each in _speaking(script)
    ]


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
