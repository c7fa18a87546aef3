"""Who talks to whom, in GraphML."""

import networkx

from fullcast.exporters.schema import Script
from fullcast.exporters.talk import find_talk


def export(script: Script, *, text: bool = True) -> bytes:
    """Write the graph, which holds no words of the story, whatever ``text`` is."""
    return "\n".join([*networkx.generate_graphml(find_talk(script)), ""]).encode()
