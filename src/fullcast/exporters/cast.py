"""A cast file of what was found: a start, to be put right by hand."""

from fullcast.exporters.schema import CharacterEntry, Script
from fullcast.exporters.writers import quoted

_HEAD = """\
# The cast of {title}, as Fullcast found it: a start. Put it right, then
#
#     fullcast read STORY --cast THIS-FILE
#
# One table for each character:
#
#   name      what to call them in the script
#   aliases   all other names that the text has for them, and nobody else has; a name
#             that two share stands with both. Without this line they are found again.
#   gender    "female", "male" or "other"; without this line the text tells
#   narrator  true for the one who says I in the narration, false for whom it is not
#   group     true for several who speak as one
#
# To join two characters, give one all the names and take the other out. To part them,
# give some of the names a table of their own. Whoever is not listed here may still be
# found, unless this line stands without its #:
#
# complete = true
"""


def cast_bytes(script: Script) -> bytes:
    """Write the cast of a script in TOML, who speaks most first."""
    title = quoted(script["title"] or script["source"]["path"] or "a story")
    names: set[str] = set()
    tables = [_table(character, names) for character in script["characters"]]
    return "\n".join([_HEAD.format(title=title), *tables]).encode()


def _table(character: CharacterEntry, names: set[str]) -> str:
    name = _own_name(character["name"], names)
    aliases = [alias for alias in character["aliases"] if alias != name]
    count = character["quotations"]
    lines = [
        f"[[character]]  # {count:,} line{'' if count == 1 else 's'}",
        f"name = {quoted(name)}",
        f"aliases = [{', '.join(map(quoted, aliases))}]",
    ]
    if character["gender"] != "unknown":
        lines.append(f"gender = {quoted(character['gender'])}")
    lines += [f"{key} = true" for key in ("narrator", "group") if character[key]]
    return "\n".join([*lines, ""])


def _own_name(name: str, names: set[str]) -> str:
    """Number a name that somebody else has too: a cast file tells people apart by names."""
    own, number = name, 2
    while own.casefold() in names:
        own, number = f"{name} ({number})", number + 1
    names.add(own.casefold())
    return own
