"""Everything Fullcast refuses, as one family.

    FullcastError                  1
    ├── SourceError                3   the story cannot be read
    │   ├── SourceNotFound         4   no such file, or a directory
    │   ├── SourceEmpty            5   nothing in it
    │   ├── SourceUnsupported      6   PDF, MOBI, a picture, a program …
    │   ├── SourceProtected        7   an EPUB with DRM
    │   ├── SourceUnsafe           8   zip bomb, entity bomb, path out of the archive
    │   ├── SourceDamaged          9   truncated archive, broken XML, missing parts
    │   └── SourceUndecodable     10   bytes that are no text in the encoding they seem to be
    ├── OutputError               11   the result cannot be written there
    ├── OpinionError              12   no second opinion could be had
    ├── NetworkError              13   the reading network is missing, damaged, or not ours
    ├── CorrectionError           14   corrections cannot be read, or name what is not in the book
    ├── EngineError               15   no such engine or voice, or it cannot be used here
    ├── CastingError              16   a casting file is broken or names people not in the story
    ├── PronunciationError        17   a pronunciation dictionary that cannot be read
    └── CastError                 19   the cast file cannot be used

The number is the exit code of the command line (2 is argparse's own, for wrong usage). A message
says what is wrong, where, and what to do next, and always names the file, or the server.
"""

from typing import ClassVar


def how_to_add(part: str) -> str:
    """Say how to install an optional part, from an index or in a copy of the source."""
    return f"pip install 'fullcast[{part}]', or '.[{part}]' in a copy of its source"


class FullcastError(Exception):
    """Anything Fullcast refuses; catch this to catch them all."""

    exit_code: ClassVar[int] = 1


class SourceError(FullcastError):
    """The story file cannot be read."""

    exit_code = 3


class SourceNotFound(SourceError):
    """There is no file there, or it is a directory."""

    exit_code = 4


class SourceEmpty(SourceError):
    """The file holds no text."""

    exit_code = 5


class SourceUnsupported(SourceError):
    """The file is of a kind that Fullcast does not read."""

    exit_code = 6


class SourceProtected(SourceError):
    """The book is encrypted."""

    exit_code = 7


class SourceUnsafe(SourceError):
    """The file would harm the machine that opens it."""

    exit_code = 8


class SourceDamaged(SourceError):
    """The file is broken: cut short, not well-formed, or parts are missing."""

    exit_code = 9


class SourceUndecodable(SourceError):
    """Some bytes are no characters in the file's encoding."""

    exit_code = 10


class OutputError(FullcastError):
    """The result cannot be written where it was asked for."""

    exit_code = 11


class OpinionError(FullcastError):
    """The language model cannot be asked, or none of its answers can be read."""

    exit_code = 12


class NetworkError(FullcastError):
    """The reading network's files are missing, damaged, or not ones of ours."""

    exit_code = 13


class CorrectionError(FullcastError):
    """Corrections cannot be read, or name a quotation or character that the book does not have."""

    exit_code = 14


class EngineError(FullcastError):
    """There is no such engine or voice, its model is missing, or its server cannot be used."""

    exit_code = 15


class CastingError(FullcastError):
    """A casting file cannot be read, or names people who are not in the story."""

    exit_code = 16


class PronunciationError(FullcastError):
    """A pronunciation dictionary cannot be read."""

    exit_code = 17


class CastError(FullcastError):
    """The cast file is missing, or what it says cannot be understood."""

    exit_code = 19
