"""What Fullcast writes: the script document, cast files, and the forms that ``registry`` lists.

Knows nothing about where a book comes from or how it was understood.
"""

from fullcast.exporters.cast import cast_bytes
from fullcast.exporters.schema import SCHEMA
from fullcast.exporters.script import Script, build_script
from fullcast.exporters.writers import WRITERS, json_bytes, writer_for
from fullcast.formats.files import check_new, check_target, whole_folder, write_atomically

__all__ = [
    "SCHEMA",
    "WRITERS",
    "Script",
    "build_script",
    "cast_bytes",
    "check_new",
    "check_target",
    "json_bytes",
    "whole_folder",
    "write_atomically",
    "writer_for",
]
