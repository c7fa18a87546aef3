"""Asking a server that is there, or not, or not well: what is kept, and what is told."""

import json
import socket
from dataclasses import replace

import pytest
from making import make_book
from serving import Asked, Said, failing, labels, serving, words

import fullcast
from fullcast.errors import OpinionError
from fullcast.model import Annotations, Attribution, BlockKind, Book, Layer, SourceKind, tile
from fullcast.opinions import Llm, chat
from fullcast.opinions.ask import seek_opinions

OWL, AHOY = "“That was an owl.”", "“Ahoy!”"


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Do not wait, but remember how long."""
    waited: list[float] = []
    monkeypatch.setattr(chat, "sleep", waited.append)
    return waited


@pytest.fixture
def book(story: tuple[Book, Annotations]) -> Book:
    return story[0]


@pytest.fixture
def annotations(story: tuple[Book, Annotations]) -> Annotations:
    return story[1]


def id_of(book: Book, line: str) -> str:
    return f"q{book.text.index(line)}"


def judged(annotations: Annotations, quotation: str) -> Attribution:
    return next(each for each in annotations.attributions if each.quotation == quotation)


def test_an_opinion_changes_a_doubtful_line(book: Book, annotations: Annotations) -> None:
    owl, ahoy = id_of(book, OWL), id_of(book, AHOY)
    with serving(labels({owl: "tom", ahoy: "the-owl"})) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    changed = judged(known, owl)
    assert changed == replace(
        judged(annotations, owl),
        speaker="tom",
        probability=0.425,  # halfway between .54 for Ada and .31 for Tom
        alternatives=(("ada-finch", 0.425), (None, 0.15)),
        addressees=(),
        source=SourceKind.OPINION,
        reason="llm: tiny",
    )
    assert judged(known, ahoy).alternatives == ((None, 0.2),)
    others = {owl, ahoy}
    assert [a for a in known.attributions if a.quotation not in others] == [
        a for a in annotations.attributions if a.quotation not in others
    ]
    assert known.notices == annotations.notices
    assert known.quotations == annotations.quotations
    pieces = tile(book, known.quotations)
    assert "".join(piece.span.of(book.text) for piece in pieces) == book.text


def test_the_question(book: Book, annotations: Annotations) -> None:
    owl, ahoy = id_of(book, OWL), id_of(book, AHOY)
    with serving(labels({})) as server:
        seek_opinions(book, annotations, Llm(server.url, key="secret"))
    listed, asked = server.asked
    assert (listed.path, asked.path) == ("/v1/models", "/v1/chat/completions")
    assert asked.headers["Authorization"] == "Bearer secret"
    assert asked.body["model"] == "tiny"
    assert asked.body["response_format"] == {"type": "json_object"}
    assert asked.ids == [owl, ahoy]
    assert f'<line id="{owl}">{OWL}</line>' in asked.passage
    assert '<line speaker="tom">“It was not,”</line> he said.' in asked.passage
    assert "\nI never liked him, I thought." in asked.passage  # neither sure nor asked about
    assert (
        "- ada-finch: Ada Finch; also called Ada; female; tells the story in the first person\n"
        "- tom: Tom; male\n"
    ) in asked.passage


def test_agreeing_changes_nothing(book: Book, annotations: Annotations) -> None:
    with serving(labels({id_of(book, OWL): "ada-finch", id_of(book, AHOY): None})) as server:
        assert seek_opinions(book, annotations, Llm(server.url)) is annotations


def test_without_doubt_or_a_cast_nothing_is_asked(book: Book, annotations: Annotations) -> None:
    llm = Llm("http://127.0.0.1:9/v1")
    assert seek_opinions(book, annotations, replace(llm, doubt=0.1)) is annotations
    nobody = replace(annotations, characters=())
    assert seek_opinions(book, nobody, llm) is nobody


def test_what_a_person_decided_is_not_asked(book: Book, annotations: Annotations) -> None:
    owl, ahoy = id_of(book, OWL), id_of(book, AHOY)
    decided = replace(
        annotations,
        attributions=tuple(
            replace(each, source=SourceKind.PERSON) if each.quotation == owl else each
            for each in annotations.attributions
        ),
    )
    with serving(labels({owl: "tom", ahoy: "tom"})) as server:
        known = seek_opinions(book, decided, Llm(server.url))
    assert server.questions[0].ids == [ahoy]
    assert f'<line speaker="ada-finch">{OWL}</line>' in server.questions[0].passage
    assert judged(known, owl) == judged(decided, owl)
    assert judged(known, ahoy).speaker == "tom"


def test_sure_lines_stay_whatever_is_answered(book: Book, annotations: Annotations) -> None:
    sure = id_of(book, "“Will he come?”")
    with serving(labels({sure: "tom", id_of(book, OWL): "ada-finch"})) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert known.attributions == annotations.attributions
    assert [notice.message for notice in known.notices[1:]] == [
        "1 of 2 doubtful lines got no usable opinion; "
        "1 answers named lines that were not asked about."
    ]


def test_strangers_are_dropped_and_counted(book: Book, annotations: Annotations) -> None:
    with serving(labels({id_of(book, OWL): "moriarty", id_of(book, AHOY): ["tom"]})) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert known.attributions == annotations.attributions
    (notice,) = known.notices[1:]
    assert notice.code == "O001"
    assert notice.message == (
        "2 of 2 doubtful lines got no usable opinion; 2 given to somebody who is not in the cast."
    )


@pytest.mark.parametrize(
    "around",
    [
        "Sure! Here it is:\n```json\n{}\n```\nAnything else?",
        '<think>Perhaps {{"q1": "x"}}, or {{}}?</think>{}',
        "In {braces}: {}",
        '{{"speakers": {}}}',
        '{{"note": "none"}} {}',
    ],
)
def test_prose_around_the_labels(around: str, book: Book, annotations: Annotations) -> None:
    answer = json.dumps({id_of(book, OWL): " Tom ", id_of(book, AHOY): "Nobody"})
    said = around.replace("{}", answer).replace("{{", "{").replace("}}", "}")
    with serving(words(said)) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert judged(known, id_of(book, OWL)).speaker == "tom"
    assert known.notices == annotations.notices


@pytest.mark.parametrize("first", [failing(429, Retry_After="2"), failing(503), Said(drop=True)])
def test_it_tries_again(
    first: Said, book: Book, annotations: Annotations, pauses: list[float]
) -> None:
    with serving([first, labels({id_of(book, OWL): "tom", id_of(book, AHOY): None})]) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert judged(known, id_of(book, OWL)).speaker == "tom"
    assert pauses == [2.0 if first.headers else 1.0]


def test_an_answer_in_chunks(book: Book, annotations: Annotations) -> None:
    said = labels({id_of(book, OWL): "tom", id_of(book, AHOY): None})._replace(chunked=True)
    with serving(said) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert judged(known, id_of(book, OWL)).speaker == "tom"


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_without_a_json_format(status: int, book: Book, annotations: Annotations) -> None:
    def answer(asked: Asked) -> Said:
        if "response_format" in asked.body:
            return failing(status, "response_format is not supported")
        return labels({id_of(book, OWL): "tom", id_of(book, AHOY): None})

    with serving(answer) as server:
        known = seek_opinions(book, annotations, Llm(server.url))
    assert judged(known, id_of(book, OWL)).speaker == "tom"
    assert len(server.questions) == 2


@pytest.mark.parametrize(
    ("said", "complaint", "times"),
    [
        (failing(500), "the server failed (500); its log may say why", 4),
        (failing(400, "too long"), "the server failed (400: too long)", 2),
        (failing(429, "slow down"), "too much to do (429: slow down); run again later", 4),
        (failing(429, Retry_After="3600"), "to come back in 3,600 seconds", 1),
        (failing(401, "who are you?"), "refuses us (401: who are you?); put its key", 1),
        (failing(403), "refuses us (403)", 1),
        (failing(404, "no model"), "nothing answers there to 'tiny' (404: no model)", 1),
        (failing(307, Location="http://a/"), "it has moved to 'http://a/'", 1),
        (Said(drop=True), "the connection broke (Remote end closed", 4),
        (Said(body=b"<h1>Welcome</h1>"), "no chat server; the address usually ends in /v1", 1),
        (Said(body=b'{"error": "no credit"}'), "no chat server: no credit;", 1),
        (Said(body=b"[" * 100_000), "no chat server", 1),
        (Said(body=b"\xff\xfe\x00"), "no chat server", 1),
        (Said(body=b" " * (chat.MOST_BYTES + 1)), "more than 4,194,304 bytes; no labels", 1),
        (words(None), "an answer without words", 1),
        (words("It was Tom."), "tiny answers without the JSON object", 1),
        (words('{"a":' * 5000), "tiny answers without the JSON object", 1),
    ],
)
def test_a_server_that_is_no_help_is_told(
    said: Said, complaint: str, times: int, book: Book, annotations: Annotations
) -> None:
    with serving(said) as server, pytest.raises(OpinionError) as refused:
        seek_opinions(book, annotations, Llm(server.url))
    assert str(refused.value).startswith(f"{server.url}: ")
    assert complaint in str(refused.value)
    assert len(server.questions) == times


def test_a_server_that_is_not_there(book: Book, annotations: Annotations) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OpinionError, match=r"no server can be reached there \(.*refused.*start it"):
        seek_opinions(book, annotations, Llm(f"http://127.0.0.1:{port}/v1"))


def test_a_server_that_speaks_no_tls(book: Book, annotations: Annotations) -> None:
    with serving(labels({})) as server, pytest.raises(OpinionError, match="no server can be"):
        seek_opinions(book, annotations, Llm(server.url.replace("http:", "https:")))


def test_a_slow_server(book: Book, annotations: Annotations) -> None:
    slow = labels({})._replace(after_s=0.5)
    with (
        serving(slow) as server,
        pytest.raises(OpinionError, match=r"no answer within 0\.05 seconds"),
    ):
        seek_opinions(book, annotations, Llm(server.url, model="tiny", answer_s=0.05))


@pytest.mark.parametrize(
    "models", [failing(404), Said(body=b'{"data": []}'), Said(body=b"hello"), Said(body=b"[]")]
)
def test_a_server_that_lists_no_models(models: Said, book: Book, annotations: Annotations) -> None:
    with serving(labels({}), models) as server:
        seek_opinions(book, annotations, Llm(server.url))
    assert server.questions[0].body["model"] == "default"


def test_a_list_of_models_behind_a_key(book: Book, annotations: Annotations) -> None:
    with (
        serving(labels({}), failing(401)) as server,
        pytest.raises(OpinionError, match="FULLCAST_LLM_KEY"),
    ):
        seek_opinions(book, annotations, Llm(server.url))


def test_a_named_model_is_asked_at_once(book: Book, annotations: Annotations) -> None:
    with serving(labels({})) as server:
        seek_opinions(book, annotations, Llm(f"{server.url}/?v=2", model="large"))
    assert [asked.path for asked in server.asked] == ["/v1/chat/completions?v=2"]
    assert server.asked[0].body["model"] == "large"
    assert "Authorization" not in server.asked[0].headers


LONG = "\n\n".join(
    f"“Come, Tom,” said Ada.\n\n“Why {n}?”\n\n“Because {n}.”\n\n{'Rain fell. ' * 200}"
    for n in range(6)
)


@pytest.fixture
def long_book() -> Book:
    return make_book((BlockKind.PARAGRAPH, Layer.BODY, words) for words in LONG.split("\n\n"))


def test_what_was_got_is_kept_when_the_server_goes(long_book: Book) -> None:
    rules = fullcast.analyze(long_book)
    answers = 0

    def answer(asked: Asked) -> Said:
        nonlocal answers
        answers += 1
        return labels(dict.fromkeys(asked.ids, "tom")) if answers == 1 else failing(401, "gone")

    with serving(answer) as server:
        known = fullcast.analyze(long_book, llm=Llm(server.url, doubt=0.99))
    assert len(server.questions) == 2
    told = [each for each in known.attributions if each.source is SourceKind.OPINION]
    assert told
    assert {each.speaker for each in told} == {"tom"}
    assert {each.quotation for each in told} <= set(server.questions[0].ids)
    (notice,) = [n for n in known.notices if n.code == "O001"]
    asked = len(rules.attributions)
    lost = asked - len(server.questions[0].ids)
    assert notice.message.startswith(
        f"{lost} of {asked} doubtful lines got no usable opinion; {server.url}: the server refuses"
    )


def test_one_bad_answer_loses_one_passage(long_book: Book) -> None:
    bad = True

    def answer(asked: Asked) -> Said:
        nonlocal bad
        bad = not bad
        return words("I would rather not.") if bad else labels(dict.fromkeys(asked.ids, "ada"))

    with serving(answer) as server:
        known = fullcast.analyze(long_book, llm=Llm(server.url, doubt=0.99))
    assert len(server.questions) > 3
    lost = [line for asked in server.questions[1::2] for line in asked.ids]
    (notice,) = [n for n in known.notices if n.code == "O001"]
    assert notice.message.startswith(f"{len(lost)} of ")


def test_three_failures_in_a_row_are_enough(long_book: Book) -> None:
    with serving(words("No.")) as server, pytest.raises(OpinionError):
        fullcast.analyze(long_book, llm=Llm(server.url, doubt=0.99))
    assert len(server.questions) == 3


def test_progress(long_book: Book) -> None:
    stages: list[tuple[str, float]] = []

    def told(stage: str, fraction: float) -> None:
        stages.append((stage, fraction))

    with serving(labels({})) as server:
        rules = fullcast.analyze(long_book)
        seek_opinions(long_book, rules, Llm(server.url, doubt=0.99), progress=told)
    assert stages[0] == ("second opinion", 0.0)
    assert stages[-1] == ("done", 1.0)
    assert [fraction for _, fraction in stages] == sorted(fraction for _, fraction in stages)


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "http:///v1",
        "http://localhost:99999/v1",
        "http://localhost:port/v1",
        "http://local host/v1",
        "http://[::1/v1",
        "http://exämple/v1",
        "",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(OpinionError, match="like http://localhost:8080/v1"):
        Llm(url)


def test_a_password_is_not_for_addresses() -> None:
    with pytest.raises(OpinionError, match="FULLCAST_LLM_KEY") as refused:
        Llm("http://ada:secret@localhost/v1")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("key", ["a\nb", "schlüssel"])
def test_what_is_no_key(key: str) -> None:
    with pytest.raises(OpinionError, match="FULLCAST_LLM_KEY") as refused:
        Llm("http://localhost/v1", key=key)
    assert key not in str(refused.value)


def test_a_key_is_never_shown() -> None:
    assert "secret" not in repr(Llm("http://localhost/v1", key="secret"))


def test_doubt_is_a_probability() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Llm("http://localhost/v1", doubt=60)
