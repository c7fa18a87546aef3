"""Stories for tests: one made by hand, with everything a story can have, and random ones."""

from collections.abc import Iterable

from hypothesis import strategies as st

from fullcast.model import (
    Annotations,
    Attribution,
    Block,
    BlockKind,
    Book,
    Chapter,
    Character,
    Cue,
    CueKind,
    Gender,
    Layer,
    Manner,
    MannerPhrase,
    Notice,
    Origin,
    Quotation,
    QuotationKind,
    SourceKind,
    Span,
    Tells,
    Voice,
)

FRONT, NOTE, BACK = Layer.FRONT, Layer.NOTE, Layer.BACK

BLOCKS = (
    (BlockKind.PARAGRAPH, FRONT, "The Ferry\nNobody's rights reserved."),
    (BlockKind.HEADING, Layer.BODY, "I. The Landing"),
    (BlockKind.PARAGRAPH, Layer.BODY, "The river was high, and the ferry [the old one] was late."),
    (
        BlockKind.PARAGRAPH,
        Layer.BODY,
        "“Will he come?” asked Ada Finch softly, “or must\nwe swim?”",
    ),
    (BlockKind.PARAGRAPH, Layer.BODY, "“He is never late,” said Tom. “Listen!”"),
    (BlockKind.PARAGRAPH, Layer.BODY, "“That was an owl.”"),
    (BlockKind.PARAGRAPH, Layer.BODY, "“It was not,” he said. “It was,” said Ada."),
    (BlockKind.BREAK, Layer.BODY, "* * *"),
    (BlockKind.PARAGRAPH, Layer.BODY, "I never liked him, I thought. The sign said “NO FERRY”."),
    (BlockKind.PARAGRAPH, Layer.BODY, "“Ahoy!” came from the dark."),
    (BlockKind.PARAGRAPH, NOTE, "An owl is a bird."),
    (BlockKind.PARAGRAPH, BACK, "The end of the book."),
)

LINES = (
    # the pieces of a line, its kind, speaker, probability and who else it may be
    (("“Will he come?”", "“or must\nwe swim?”"), "speech", "ada-finch", 0.99, ()),
    (("“He is never late,”", "“Listen!”"), "speech", "tom", 0.99, ()),
    (("“That was an owl.”",), "speech", "ada-finch", 0.54, (("tom", 0.31), (None, 0.15))),
    (("“It was not,”",), "speech", "tom", 0.8, ()),
    (("“It was,”",), "speech", "ada-finch", 0.97, ()),
    (("I never liked him,",), "thought", "ada-finch", 0.7, ()),
    (("“NO FERRY”",), "writing", None, 0.9, ()),
    (("“Ahoy!”",), "speech", None, 0.4, ()),
)


def make_book(
    blocks: Iterable[tuple[BlockKind, Layer, str]] = BLOCKS,
    *,
    between: str = "\n\n",
    **fields: object,
) -> Book:
    """Join blocks into a book."""
    text, made = "", []
    for kind, layer, words in blocks:
        start = len(text) + len(between) if text else 0
        text = text + between + words if text else words
        made.append(Block(span=Span(start, len(text)), kind=kind, layer=layer))
    return Book(text=text, blocks=tuple(made), **fields)  # type: ignore[arg-type]


def where(text: str, words: str) -> Span:
    """Find the first place of ``words``."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_story() -> tuple[Book, Annotations]:
    """Make the story by hand, and say what is in it."""
    book = _book()
    return book, _annotations(book)


def _book() -> Book:
    plain = make_book()
    return make_book(
        title="The Ferry",
        author="N. O. Body",
        language="en",
        chapters=(
            Chapter(
                title="I. The Landing",
                span=Span(where(plain.text, "I. The Landing").start, len(plain.text)),
            ),
        ),
        origin=Origin(path="ferry.txt", format="txt", sha256="0" * 64, encoding="utf-8"),
        notices=(Notice(code="E001", message="Two letters look wrong.", span=Span(3, 5)),),
    )


def _annotations(book: Book) -> Annotations:
    quotations, attributions = [], []
    for pieces, kind, speaker, probability, alternatives in LINES:
        quotation = Quotation(
            spans=tuple(where(book.text, piece) for piece in pieces), kind=QuotationKind(kind)
        )
        quotations.append(quotation)
        attributions.append(
            Attribution(
                quotation=quotation.id,
                speaker=speaker,
                probability=probability,
                alternatives=alternatives,
                addressees=("tom",) if speaker == "ada-finch" and kind == "speech" else (),
                evidence=where(book.text, "asked Ada Finch") if len(quotations) == 1 else None,
                source=SourceKind.RULE,
                reason="explicit" if len(quotations) == 1 else "turn",
            )
        )
    first = quotations[0].id
    asked = where(book.text, "asked Ada Finch softly")
    return Annotations(
        quotations=tuple(quotations),
        characters=(
            Character(
                id="ada-finch",
                name="Ada Finch",
                aliases=("Ada Finch", "Ada"),
                gender=Gender.FEMALE,
                narrator=True,
            ),
            Character(id="tom", name="Tom", aliases=("Tom",), gender=Gender.MALE),
            Character(id="the-owl", name="the owl", aliases=("the owl",)),
        ),
        cues=(
            Cue(
                quotation=first,
                span=asked,
                kind=CueKind.BEAT,
                subject=where(book.text, "Ada Finch"),
            ),
            Cue(
                quotation=first,
                span=asked,
                kind=CueKind.EXPLICIT,
                subject=where(book.text, "Ada Finch"),
                verb=where(book.text, "asked"),
                manner=where(book.text, "softly"),
            ),
        ),
        attributions=tuple(attributions),
        manners=(
            Manner(
                quotation=first,
                verb=where(book.text, "asked"),
                phrases=(MannerPhrase(span=where(book.text, "softly"), tells=Tells.DELIVERY),),
                voice=Voice.SOFT,
            ),
        ),
        notices=(Notice(code="C001", message="Nobody was found for “Ahoy!”."),),
    )


LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "“”\"'«»—[]ab \r\n\t,;=\x1b\x00\x85\u2028"
)
SPACES = st.text("\n\r \t", min_size=1, max_size=4)


@st.composite
def stories(draw: st.DrawFn, letters: st.SearchStrategy[str] = LETTERS) -> tuple[Book, Annotations]:
    """Make any text with any blocks, and any quotations in them."""
    words = [word.strip() for word in draw(st.lists(st.text(letters, max_size=30), max_size=8))]
    text, blocks = draw(st.just("") | SPACES), []
    for word in words:
        span = Span(len(text), len(text) + len(word))
        kind = draw(st.sampled_from(BlockKind)) if word else BlockKind.BREAK
        blocks.append(Block(span=span, kind=kind, layer=draw(st.sampled_from(Layer))))
        text += word + draw(SPACES)
    book = Book(text=text, blocks=tuple(blocks))
    pieces = [piece for block in blocks for piece in draw(_pieces(text, block.span))]
    quotations = []
    while pieces:
        count = draw(st.integers(1, 3))
        kind = draw(st.sampled_from(QuotationKind))
        quotations.append(Quotation(spans=tuple(pieces[:count]), kind=kind))
        pieces = pieces[count:]
    attributions = tuple(
        Attribution(quotation=quotation.id, speaker="tom", probability=draw(st.floats(0, 1)))
        for quotation in quotations
    )
    cast = (Character(id="tom", name=draw(st.text(letters, max_size=5))),)
    return book, Annotations(
        quotations=tuple(quotations), characters=cast, attributions=attributions
    )


@st.composite
def _pieces(draw: st.DrawFn, text: str, block: Span) -> list[Span]:
    """Cut pieces out of a block that neither overlap nor begin or end with white space."""
    cuts = sorted(draw(st.sets(st.integers(block.start, block.end), max_size=6)))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        inside = text[start:end]
        if inside.strip():
            start += len(inside) - len(inside.lstrip())
            found.append(Span(start, start + len(inside.strip())))
    return found
