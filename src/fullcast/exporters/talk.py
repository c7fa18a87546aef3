"""Who talks to whom, as a directed graph; ``gexf`` and ``graphml`` write it."""

import re

import networkx

from fullcast.exporters.quoted import quoted, spoken_to
from fullcast.exporters.schema import Script

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def find_talk(script: Script, *, dynamic: bool = False) -> "networkx.DiGraph":
    """Return speakers and addressees, an edge for each who speaks to another.

    Nodes have ``label``, ``gender``, ``quotations`` and ``words``; edges have ``weight``, how many
    speeches go that way, and ``words``. Where ``dynamic`` is true, edges have ``spells`` too: each
    speech from its first character to its last, in characters of the text. Where it is told, edges
    have ``warmth``, how warm the first stands to the second in the end, from -1 to 1, and ``tie``,
    what the first is to the second: *brother*.
    """
    graph = networkx.DiGraph()
    for character in script["characters"]:
        graph.add_node(
            character["id"],
            label=_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", character["name"]),
            gender=character["gender"],
            quotations=character["quotations"],
            words=character.get("words", 0),
        )
    for quotation in quoted(script["segments"]):
        for speaker, addressee in spoken_to(quotation):
            _add(graph, speaker, addressee, quotation.words)
            if dynamic:
                spells = graph.edges[speaker, addressee].setdefault("spells", [])
                spells.append((float(quotation.first["start"]), float(quotation.end)))
    for move in script["moves"]:
        if graph.has_edge(move["source"], move["target"]):
            graph.edges[move["source"], move["target"]]["warmth"] = move["warmth"]
    for tie in script["ties"]:
        if graph.has_edge(tie["character"], tie["of"]):
            graph.edges[tie["character"], tie["of"]]["tie"] = tie["word"]
    return graph


def _add(graph: "networkx.DiGraph", speaker: str, addressee: str, words: int) -> None:
    if not graph.has_edge(speaker, addressee):
        graph.add_edge(speaker, addressee, weight=0, words=0)
    graph.edges[speaker, addressee]["weight"] += 1
    graph.edges[speaker, addressee]["words"] += words
