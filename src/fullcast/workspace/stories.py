"""What one does with a story: read it, understand it, write it out.

These are the verbs of the command line and of ``import fullcast``.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from os import PathLike
from pathlib import Path

from fullcast.errors import OutputError
from fullcast.exporters import (
    Script,
    build_script,
    cast_bytes,
    check_new,
    check_target,
    write_atomically,
    writer_for,
)
from fullcast.infer import NETWORK
from fullcast.infer.story import ReadingNetwork
from fullcast.model import Annotations, Book, Correction, KnownCast, Mention
from fullcast.opinions import Llm

RULES = "rules"
"""In place of a network's folder: the rules judge alone."""
Progress = Callable[[str, float], None]
"""Called now and then with what is being done and how much of it, from 0 to 1."""


def read(path: str | PathLike[str], *, encoding: str | None = None) -> Book:
    """Read a story from a file.

    Args:
        path: A text, Markdown, HTML, EPUB or DOCX file; what it is shows from its bytes.
        encoding: How its characters are written; found from the bytes where not given.

    Raises:
        SourceError: The file cannot be read as a story; its subclasses say why.
    """
    from fullcast.readers import read_book

    return read_book(path, encoding=encoding)


def read_cast(path: str | PathLike[str]) -> KnownCast:
    """Read a cast file: who is in a story, as far as a person knows.

    Args:
        path: A file in TOML, such as :func:`write_cast` makes.

    Raises:
        CastError: It cannot be read, or says what cannot be.
    """
    from fullcast.readers.cast import read_cast as read_file

    return read_file(path)


def read_corrections(
    path: str | PathLike[str], annotations: Annotations, book: Book | None = None
) -> tuple[Correction, ...]:
    """Read what somebody changed by hand in a script, or in a table of quotations or the cast.

    Args:
        path: A ``.csv`` or ``.json`` file that :func:`script` wrote, or the tables ``quotations``
            or ``cast`` of an export, as a spreadsheet saves it; or its ``.fountain`` screenplay
            with other names over the speeches.
        annotations: What was found, before anybody changed it.
        book: The story; only a screenplay needs it.

    Raises:
        CorrectionError: It cannot be read, or names what is not in the book.
    """
    from fullcast.readers.corrections import read_corrections as read_file

    return read_file(path, annotations, book)


def write_cast(script: Script, path: str | PathLike[str]) -> None:
    """Write the cast of a script to a new cast file, to be put right by hand.

    Args:
        script: As :func:`script` returns it.
        path: Where no file is yet.

    Raises:
        OutputError: It cannot be written there, or there is a file already.
    """
    target = Path(path)
    check_new(target)
    write_atomically(target, cast_bytes(script))


def analyze(
    book: Book,
    corrections: Iterable[Correction] = (),
    *,
    cast: KnownCast | None = None,
    network: str | PathLike[str] | None = None,
    llm: Llm | None = None,
    progress: Progress | None = None,
) -> Annotations:
    """Find the quotations of a book, its cast, and who says what to whom.

    Args:
        book: The story.
        corrections: What a person has decided, in order; of several for one quotation the last
            holds, and the lines around it learn from it.
        cast: What a person knows of who is in it; the rest is found.
        network: The folder of a reading network, or ``"rules"`` to do without; the one that came
            with Fullcast, if any, where not given.
        llm: A language model to ask about the lines that are in doubt; none is asked otherwise.
        progress: Told now and then how far the work is.

    Raises:
        CorrectionError: A correction names what is not in this book.
        NetworkError: The network cannot be used.
        OpinionError: The model could not be asked.
        TypeError: It is no book, but perhaps the path of one.
    """
    if not isinstance(book, Book):
        raise TypeError(
            f"analyze takes a Book, not {type(book).__name__}; fullcast.read makes one of a file"
        )
    from fullcast.analysis import analyze as understand

    reader = _network(None if network is None else str(network))
    found = understand(
        book, corrections, known=cast or KnownCast(), network=reader, progress=progress
    )
    return found if llm is None else _consult(book, found, llm, progress)


def _corrected(
    book: Book,
    corrections: str | PathLike[str],
    cast: KnownCast | None,
    network: str | PathLike[str] | None,
    progress: Progress | None,
) -> Annotations:
    """Understand a book, then again with what a person has changed in what was found."""
    from fullcast.analysis.pipeline import Analysis

    reader = _network(None if network is None else str(network))
    analysis = Analysis(book, known=cast or KnownCast(), network=reader, progress=progress)
    return analysis.annotate(read_corrections(corrections, analysis.annotate(), book))


def mentions(book: Book, annotations: Annotations) -> tuple[Mention, ...]:
    """Find every mention of a person: names, descriptions and pronouns, and whom each means.

    Args:
        book: The story.
        annotations: What :func:`analyze` found in it; corrections of it are heeded.
    """
    from fullcast.analysis.references import find_mentions

    return find_mentions(book, annotations)


@cache
def _network(folder: str | None) -> ReadingNetwork | None:
    """Load a network once; without a folder the one that is shipped, if it was installed."""
    if folder == RULES or (folder is None and not NETWORK.exists()):
        return None
    from fullcast.infer.network import load_network

    return load_network(NETWORK if folder is None else Path(folder))


def _consult(
    book: Book, annotations: Annotations, llm: Llm, progress: Progress | None
) -> Annotations:
    """Ask a language model about the doubtful lines."""
    from fullcast.opinions.ask import seek_opinions

    return seek_opinions(book, annotations, llm, progress=progress)


def script(
    story: str | PathLike[str] | Book,
    output: str | PathLike[str] | None = None,
    *,
    annotations: Annotations | None = None,
    cast: KnownCast | None = None,
    encoding: str | None = None,
    corrections: str | PathLike[str] | None = None,
    network: str | PathLike[str] | None = None,
    llm: Llm | None = None,
    progress: Progress | None = None,
) -> Script:
    """Say for every stretch of a story what it is and who speaks it; write that, if asked to.

    Args:
        story: A book, or the path of a file to read one from.
        output: Where to write the script: a ``.json``, ``.jsonl`` or ``.csv`` file.
        annotations: What is known about the book already; found where not given.
        cast: As in :func:`analyze`; for what is yet to be found.
        encoding: As in :func:`read`; for a path only.
        corrections: A script or table of this story that somebody put right by hand, as
            :func:`read_corrections` takes it; it was made with the same options.
        network: As in :func:`analyze`.
        llm: As in :func:`analyze`; asked about given annotations too.
        progress: Told now and then how far the work is.

    Raises:
        SourceError: The story cannot be read.
        NetworkError: The network cannot be used.
        OpinionError: The model could not be asked.
        CorrectionError: The file of corrections cannot be read, or names what is not in the book.
        OutputError: The script cannot be written there; told before any work is done.
        TypeError: An encoding is given for a book, whose text is read already, or a cast or
            corrections with annotations, which have theirs.
    """
    if encoding is not None and isinstance(story, Book):
        raise TypeError("encoding belongs to reading: give it to fullcast.read, not with a Book")
    if annotations is not None and (cast is not None or corrections is not None):
        raise TypeError("annotations have their cast and corrections: give fullcast.analyze yours")
    target = Path(output) if output is not None else None
    if target is not None:
        writer = writer_for(target)
        check_target(target)
        spare(story, target)
    if corrections is not None:
        _check(corrections)
    book = story if isinstance(story, Book) else read(story, encoding=encoding)
    if corrections is not None:
        annotations = _corrected(book, corrections, cast, network, progress)
    if annotations is None:
        annotations = analyze(book, cast=cast, network=network, llm=llm, progress=progress)
    elif llm is not None:
        annotations = _consult(book, annotations, llm, progress)
    document = build_script(book, annotations)
    if target is not None:
        write_atomically(target, writer(document))
    return document


def _check(corrections: str | PathLike[str]) -> None:
    """Refuse corrections that cannot be read, before the story is understood."""
    from fullcast.readers.corrections import check_corrections

    check_corrections(corrections)


def spare(story: str | PathLike[str] | Book, target: Path) -> None:
    """Refuse to write over the story that something is made from."""
    source = Path(story.origin.path if isinstance(story, Book) else story)
    with suppress(OSError):  # one of the two is not there, or not to be seen
        if target.samefile(source):
            raise OutputError(f"{target}: this is the story itself; name another file")
