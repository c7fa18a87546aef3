"""What Fullcast writes: the script document, as JSON, JSON lines or CSV; and cast files.

Knows nothing about where a book comes from or how it was understood.
"""

from fullcast.exporters.cast import cast_bytes
from fullcast.exporters.script import Script, build_script
from fullcast.exporters.writers import WRITERS, json_bytes, writer_for
from fullcast.formats.files import check_new, check_target, write_atomically

__all__ = [
    "WRITERS",
    "Script",
    "build_script",
    "cast_bytes",
    "check_new",
    "check_target",
    "json_bytes",
    "write_atomically",
    "writer_for",
]
