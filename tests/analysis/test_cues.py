"""The narrator's tags: before, after and inside speech."""

import pytest
from telling import cues, judged, quoted, speakers

START = ("“Come in,” said Ada.", "“I will,” said Tom.")


def said(*paragraphs: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return the cues of paragraphs that follow a talk between Ada and Tom."""
    return cues(*START, *paragraphs)[2:]


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        # after the speech
        ("“Sit,” said Ada.", ("explicit", "Ada", "said", None)),
        ("“Sit,” Ada said.", ("explicit", "Ada", "said", None)),
        ("“Sit,” she said.", ("anaphoric", "she", "said", None)),
        ("“Sit?” she asked.", ("anaphoric", "she", "asked", None)),
        ("“Sit!” cried Ada.", ("explicit", "Ada", "cried", None)),
        ("“Are you cold?” Ada asked Tom.", ("explicit", "Ada", "asked", None)),
        ("“Are you cold?” asked Ada of Tom.", ("explicit", "Ada", "asked", None)),
        ("“Sit,” said the old man.", ("anaphoric", "the old man", "said", None)),
        ("“Sit,” returned that lady.", ("anaphoric", "that lady", "returned", None)),
        ("“Sit,” said his wife.", ("anaphoric", "his wife", "said", None)),
        ("“Sit,” said the mice.", ("anaphoric", "the mice", "said", None)),
        ("“Sit,” the mice said.", ("anaphoric", "the mice", "said", None)),
        ("“Sit,” the old radio had said.", ("anaphoric", "the old radio", "said", None)),
        ("The mice shouted: “Sit.”", ("anaphoric", "The mice", "shouted", None)),
        ("“Sit,” Ada heard Tom say.", ("explicit", "Tom", "say", None)),
        ("“I know,” put in Tom.", ("explicit", "Tom", "put", None)),
        ("“I know,” Tom cut in.", ("explicit", "Tom", "cut", None)),
        ("“I know,” chimed in the old man.", ("anaphoric", "the old man", "chimed", None)),
        ("“Sit!” boomed Tom from his chair.", ("explicit", "Tom", "boomed", None)),
        # capitals
        ("“Is it late?” She asked it coldly.", ("anaphoric", "She", "asked", "coldly")),
        ("“Is it late?” She asked.", ("anaphoric", "She", "asked", None)),
        ("“Sit!” SAID TOM.", ("explicit", "TOM", "SAID", None)),
        # before the speech
        ("Ada said, “Sit.”", ("explicit", "Ada", "said", None)),
        ("Ada asked Tom, “Are you cold?”", ("explicit", "Ada", "asked", None)),
        ("Ada heard Tom say, “Sit.”", ("explicit", "Tom", "say", None)),
        ("She looked at Tom and said, “Sit.”", ("anaphoric", "She", "said", None)),
        ("The old man said: “Sit.”", ("anaphoric", "The old man", "said", None)),
        # inside it
        ("“Sit,” said Ada, “and eat.”", ("explicit", "Ada", "said", None)),
        ("“Sit,” said Ada. “Eat.”", ("explicit", "Ada", "said", None)),
        (
            "“What are my chances,” he said, quickening his pace, and then, drawing level, “now?”",
            ("anaphoric", "he", "said", None),
        ),
        # how
        ("“Sit,” said Ada quietly.", ("explicit", "Ada", "said", "quietly")),
        ("“Sit,” slowly replied Ada.", ("explicit", "Ada", "replied", "slowly")),
        ("“Sit,” Ada slowly replied.", ("explicit", "Ada", "replied", "slowly")),
        ("“Sit,” said Ada in a low voice.", ("explicit", "Ada", "said", "in a low voice")),
        ("“Sit,” Ada said with great care.", ("explicit", "Ada", "said", "with great care")),
        ("Ada made several bizarre remarks: “Sit.”", ("explicit", "Ada", "made", None)),
        ("They agreed, and Ada gave the verdict: “Sit.”", ("explicit", "Ada", "gave", None)),
        ("Ada only answered to expostulate. “Sit.”", ("explicit", "Ada", "answered", None)),
        (
            "When Ada was asked about it, she would reply, “Sit.”",
            ("anaphoric", "she", "reply", None),
        ),
        (
            "Ada laughed, and said, with much faltering: “Sit.”",
            ("explicit", "Ada", "said", "with much faltering"),
        ),
        (
            "Ada looked up and exclaimed: “Sit!” She said nothing more.",
            ("explicit", "Ada", "exclaimed", None),
        ),
        ("“Sit,” Ada said to him. It was a great comfort.", ("explicit", "Ada", "said", None)),
        (
            "“Sit!” the old lady growls as she goes out.",
            ("anaphoric", "the old lady", "growls", None),
        ),
        ("“Sit!” Ada began to walk about.", ("beat", "Ada", None, None)),
        (
            "Ada said in a cold tone, with a look of hate upon her own pale old face: “Sit!”",
            ("explicit", "Ada", "said", "in a cold tone"),
        ),
        ("He called, and Ada broke forth: “Sit.”", ("explicit", "Ada", "broke", None)),
        (
            "Ada rose, saying in a meek and yet confiding voice: “Sit.”",
            ("explicit", "Ada", "saying", "in a meek and yet confiding voice"),
        ),
    ],
)
def test_a_tag(words: str, cue: tuple[str, str, str | None, str | None]) -> None:
    assert said(words) == [cue]


@pytest.mark.parametrize(
    "words",
    [
        "Tom lifted the oar. “Ask her yourself.”",
        "“Ask her yourself.” Tom lifted the oar.",
        "With a grunt, Tom lifted the oar. “Ask her yourself.”",
        "And Tom lifted the oar. “Ask her yourself.”",
        "Tom didn’t answer. “Ask her yourself.”",
        "Tom said nothing. “Ask her yourself.”",
        "Tom sighed. “Ask her yourself.”",
        "“Ask her yourself.” Tom smiled at Ada sweetly.",
        "“Is it you?” Tom did not reply at first.",
        "“Ask her.” Tom asked me whether it hurt.",
        "“Ask her.” Tom offered the chair to Ada.",
        "“Ask her.” Tom began slowly to gather up the papers.",
    ],
)
def test_a_beat(words: str) -> None:
    assert said(words) == [("beat", "Tom", None, None)]


@pytest.mark.parametrize(
    "words", ["Tom laughed. “Ask her yourself.”", "“Ask her yourself.” Tom laughed."]
)
def test_a_beat_whose_verb_may_tag(words: str) -> None:
    assert [(subject, verb) for _, subject, verb, _ in said(words)] == [("Tom", "laughed")]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("“Sit,” said Ada.", "Ada"),
        ("“Sit,” Tom said to Ada.", "Tom"),
        ("“Sit,” he said to Ada.", "Tom"),
        ("“Sit,” she said to Tom.", "Ada"),
        ("Tom turned to her and said: “Sit.”", "Tom"),
        ("Ada heard Tom say, “Sit.”", "Tom"),
        ("Tom shrugged. “Ask her yourself.”", "Tom"),
        ("“Ask her yourself.” Tom shrugged.", "Tom"),
        ("“Sit!” SAID TOM.", "Tom"),
        ("“What are my chances,” he said, quickening his pace, and then, “roughly?”", "Tom"),
        ("“Is it late?” She asked it coldly, of the clock.", "Ada"),
        ("“Sit,” Ada forced herself to say.", "Ada"),
        ("It was broken by Tom’s saying very abruptly, “Sit.”", "Tom"),
        ("Ada put in hastily: “Sit.”", "Ada"),
    ],
)
def test_whom_a_tag_means(words: str, speaker: str) -> None:
    assert speakers(*START, words)[2:] == [speaker]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [("Ada continued.", "Ada"), ("Tom turned to her and said:", "Tom"), ("Ada went on,", "Ada")],
)
def test_a_paragraph_that_leads_up(lead: str, speaker: str) -> None:
    assert speakers(*START, lead, "“We have no boat.”")[2:] == [speaker]


def test_a_bare_title_means_who_bears_it() -> None:
    before = ("“Sit,” said Captain Mowat.", "“I will,” said Mr. Tom Finch.")
    assert speakers(*before, "“Thank you,” said the rain.", "“So,” said Captain.")[-1] == (
        "Captain Mowat"
    )


def test_a_tag_inside_belongs_to_both_halves() -> None:
    words = "“Sit,” said Ada. “Eat.”"
    assert quoted(*START, words)[2:] == [("speech", "“Sit,”", "“Eat.”")]
    assert speakers(*START, words)[2:] == ["Ada"]


def test_two_speakers_in_one_paragraph() -> None:
    words = "“Sit.” Ada laughed. “There.” “Where?” asked Tom."
    assert speakers(*START, words)[2:] == ["Ada", "Tom"]


def test_two_tagged_speakers_in_one_paragraph() -> None:
    assert speakers(*START, "“Sit,” said Ada. “Where?” asked Tom.")[2:] == ["Ada", "Tom"]


def test_evidence_is_the_tags_own_place() -> None:
    story = (*START, "“Sit,” said Ada quietly.")
    text = "\n\n".join(story)
    evidence = judged(*story)[2].evidence
    assert evidence is not None
    assert evidence.of(text) == "said Ada quietly"


def test_the_subject_before_an_aside() -> None:
    assert said("Ada, turning to Tom, said: “Sit.”") == [("explicit", "Ada", "said", None)]


def test_a_verb_in_capitals_is_no_name() -> None:
    assert speakers(*START, "“Sit!” Said Ada.")[2:] == ["Ada"]


def test_a_tag_that_opens_a_paragraph_with_its_verb() -> None:
    assert said("Said Tom, “Sit.”") == [("explicit", "Tom", "Said", None)]


@pytest.mark.parametrize("words", ["“Sit,” said Tom’s mother.", "“Sit,” said Tom's mother."])
def test_a_possessive_names_nobody(words: str) -> None:
    assert judged(*START, words)[2].reason != "named-by-tag"


def test_a_noun_is_no_verb() -> None:
    assert [kind for kind, *_ in said("“Sit!” Tom’s voice broke.")] == ["beat"]
