"""Several who tell a story in turn, and a tale told inside another."""

from telling import people, speakers

from fullcast.analysis import analyze
from fullcast.model import Block, BlockKind, Book, Span


def headed(*blocks: tuple[str, ...]) -> Book:
    """Make a book of chapters: a heading first, then its paragraphs."""
    text, found = "", []
    for heading, *paragraphs in blocks:
        for number, words in enumerate((heading, *paragraphs)):
            kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
            found.append(Block(span=Span(len(text), len(text) + len(words)), kind=kind))
            text += words + "\n\n"
    return Book(text=text, blocks=tuple(found))


JONATHAN = (
    "I came at dusk, and I was cold. I thought of Mina.",
    "“Welcome,” said the Count.",
    "“Good evening,” I said.",
    "“Come in, Jonathan,” said the Count.",
)
MINA = (
    "I wrote all day, and I was tired. I thought of Jonathan.",
    "“Is it late?” I said.",
    "“It is, Mina,” said Lucy. Lucy yawned.",
    "“Good night,” I said. Jonathan was far away.",
)


def said_in(book: Book) -> list[str | None]:
    return [a.speaker for a in analyze(book).attributions]


def test_each_chapter_has_its_narrator() -> None:
    for one, other in (("JONATHAN", "MINA"), ("Jonathan’s Journal", "Chapter 2: Mina")):
        book = headed((one, *JONATHAN), (other, *MINA), (one, *JONATHAN))
        first = ["the-count", "jonathan", "the-count"]
        assert said_in(book) == [*first, "mina", "lucy", "mina", *first]
        assert [c.id for c in analyze(book).characters if c.narrator] == ["jonathan"]


def test_a_chapter_about_somebody_is_not_told_by_them() -> None:
    third = ("Mina sat.", "“Rain,” said Mina. She sighed.", "“Yes,” said Lucy.")
    cast = analyze(headed(("MINA", *third), ("LUCY", *third))).characters
    assert not any(c.narrator for c in cast)


def test_a_heading_that_says_more_names_no_narrator() -> None:
    book = headed(("Mina Goes Out", *JONATHAN), ("A Letter for Mina Lost", *JONATHAN))
    assert set(said_in(book)) == {"the-count", "jonathan"}


def test_who_tells_a_tale_inside_another_is_not_its_frames_narrator() -> None:
    story = (
        "I sat by the fire, and I had a glass in my hand.",
        "“It was long ago,” said Marlow. He lit his pipe.",
        "“I was young then. I took the boat up the river, and I saw nobody for a week. ‘Who is "
        "there?’ I said. ‘Nobody,’ said the pilot.",
        "“I went ashore. I was afraid.”",
        "“And then?” I said.",
        "“Then I came home, Ada,” said Marlow.",
    )
    assert speakers(*story) == ["Marlow", "Marlow", "Ada", "Marlow"]
    assert {name for name, c in people(*story).items() if c.narrator} == {"Ada"}


def test_one_heading_that_names_somebody_is_about_them() -> None:
    about = (*JONATHAN, "I saw Mina. Mina slept, and Mina was pale. I let Mina sleep.")
    book = headed(("I", *JONATHAN), ("Mina", *about))
    assert [c.id for c in analyze(book).characters if c.narrator] == ["jonathan"]
    assert set(said_in(book)) == {"the-count", "jonathan"}
