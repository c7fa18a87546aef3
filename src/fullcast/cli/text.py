"""Text from strangers, made fit for a terminal."""

import re
from types import MappingProxyType

# Escape sequences in a story could repaint the screen, or worse. The C0 controls have pictures;
# the C1 controls, which some terminals obey too, have none.
_PICTURES = MappingProxyType(
    {
        **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
        0x7F: "\N{SYMBOL FOR DELETE}",
        **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
        **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    }
)

_LINE_ENDS = str.maketrans({"\t": "␉", "\n": "␊", "\u2028": "\ufffd", "\u2029": "\ufffd"})

_SPACES = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")


def printable(text: str) -> str:
    r"""Show control characters instead of sending them; line ends and tabs stay.

    >>> printable("red\x1b[31m")
    """
    return text.translate(_PICTURES)


def all_visible(text: str) -> str:
    r"""Show line ends and tabs too, so that a file's odd name stays in its line.

    >>> all_visible("a\nb.txt: no such file")
    'a␊b.txt: no such file'
    """
    return printable(text).translate(_LINE_ENDS)


def one_line(text: str) -> str:
    r"""Join lines with single spaces, keeping one at either end; and make it printable.

    >>> one_line('“Come  in,”\n')
    '“Come in,” '
    """
    return printable(_SPACES.sub(" ", text))
