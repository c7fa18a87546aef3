"""Ask about the doubtful lines, passage by passage, and keep what can be used."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from fullcast.errors import OpinionError
from fullcast.model import Annotations, Book, Notice
from fullcast.opinions.answers import Answer, merge, read_answer
from fullcast.opinions.chat import Chat, Hopeless
from fullcast.opinions.llm import Llm
from fullcast.opinions.passages import Passage, find_passages
from fullcast.opinions.prompt import messages

MOST_FAILURES = 3
"""In a row, before no more is asked."""

Progress = Callable[[str, float], None]


def seek_opinions(
    book: Book, annotations: Annotations, llm: Llm, *, progress: Progress | None = None
) -> Annotations:
    """Ask a model about the lines that are in doubt; return what is known then.

    Where no line is in doubt, or nobody is in the cast, nothing is asked.

    Raises:
        OpinionError: The server could not be asked, or no answer could be read.
    """
    passages = find_passages(book, annotations, llm.doubt)
    if not passages:
        return annotations
    chat = Chat(llm)
    answers, failure = _answers(chat, passages, progress or (lambda stage, done: None))
    if failure is not None and not answers:
        raise failure
    speakers = {line: who for answer in answers for line, who in answer.speakers.items()}
    known = merge(annotations, speakers, chat.model)
    asked = sum(len(passage.lines) for passage in passages)
    if len(speakers) == asked:
        return known
    notice = _notice(asked, answers, failure)
    return replace(known, notices=(*known.notices, notice))


def _answers(
    chat: Chat, passages: Sequence[Passage], report: Progress
) -> tuple[list[Answer], OpinionError | None]:
    """Collect the answers that can be read, and the first failure."""
    answers: list[Answer] = []
    first: OpinionError | None = None
    failures = 0
    for number, passage in enumerate(passages):
        report("second opinion", number / len(passages))
        try:
            answers.append(_answer(chat, passage))
        except OpinionError as error:
            first = first or error
            failures += 1
            if failures == MOST_FAILURES or isinstance(error, Hopeless):
                break
        else:
            failures = 0
    report("done", 1.0)
    return answers, first


def _answer(chat: Chat, passage: Passage) -> Answer:
    words = chat.ask(messages(passage))
    try:
        return read_answer(words, passage)
    except ValueError as error:
        raise OpinionError(
            f"{chat.place}: {chat.model} answers without the JSON object that was asked for; "
            "another model may do better"
        ) from error


def _notice(asked: int, answers: Sequence[Answer], failure: OpinionError | None) -> Notice:
    """Say how many lines got no opinion, and why."""
    usable = sum(len(answer.speakers) for answer in answers)
    strangers = sum(answer.strangers for answer in answers)
    unasked = sum(answer.unasked for answer in answers)
    why = (
        f"{strangers:,} given to somebody who is not in the cast" if strangers else "",
        f"{unasked:,} answers named lines that were not asked about" if unasked else "",
        str(failure or ""),
    )
    message = f"{asked - usable:,} of {asked:,} doubtful lines got no usable opinion"
    return Notice(code="O001", message="; ".join([message, *filter(None, why)]) + ".")
