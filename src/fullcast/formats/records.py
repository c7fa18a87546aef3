"""JSON in UTF-8 that comes back exactly, steers no terminal, and can be compared line by line."""

import json
import re
from collections.abc import Mapping

# Delete and C1 controls steer terminals, U+0085 and U+2028/9 end lines for many readers, and
# UTF-8 has no lone surrogates. The json module leaves all of them raw.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_line(value: object) -> str:
    """Return a value as JSON, on one line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_page(document: Mapping[str, object]) -> bytes:
    """Return one JSON object, each record of its lists on a line of its own."""
    fields = ",\n".join(f"{json_line(key)}: {_field(value)}" for key, value in document.items())
    return f"{{\n{fields}\n}}\n".encode()


def _field(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json_line(value)
    return "[\n" + ",\n".join(map(json_line, value)) + "\n]"
