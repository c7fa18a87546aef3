"""Who talks to whom and when, in GEXF 1.2, for Gephi."""

import networkx

from fullcast.exporters.schema import Script
from fullcast.exporters.talk import find_talk


def export(script: Script, *, text: bool = True) -> bytes:
    """Write the graph, which holds no words of the story, whatever ``text`` is.

    An edge's spells are its speeches, in characters of the text.
    """
    graph = find_talk(script, dynamic=True)
    return "\n".join([*networkx.generate_gexf(graph, version="1.2draft"), ""]).encode()
