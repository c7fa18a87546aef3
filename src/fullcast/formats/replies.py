"""What servers of the OpenAI kind answer: in time, in size, and what is wrong in few words."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse

MOST_SAID = 200
"""Characters of a server's own words in a message."""


class TooLarge(Exception):
    """More than was asked for; another try would bring the same."""


def read_body(response: HTTPResponse, answer_s: float, most_bytes: int) -> bytes:
    """Read a whole body; neither a slow one nor a large one is read forever.

    Raises:
        TooLarge: It is more than ``most_bytes``.
        TimeoutError: It takes longer than ``answer_s`` seconds in all.
    """
    until_s = time.monotonic() + answer_s
    body = b""
    while piece := response.read1(1 << 16):
        body += piece
        if len(body) > most_bytes:
            raise TooLarge(f"its answer is more than {most_bytes:,} bytes")
        if time.monotonic() > until_s:
            raise TimeoutError
    return body


def wait_s(retry_after: str) -> float | None:
    """Understand ``Retry-After``, which is a number of seconds or a date.

    >>> wait_s("7"), wait_s("Wed, 21 Oct 2015 07:28:00 GMT"), wait_s("soon")
    (7.0, 0.0, None)
    """
    if retry_after.isdecimal():
        return float(retry_after)
    with suppress(ValueError, TypeError, OverflowError):
        then = parsedate_to_datetime(retry_after)
        return max(0.0, (then - datetime.now(UTC)).total_seconds())
    return None


def said(body: bytes) -> str:
    """Find a server's own words on its failure, for the end of a message."""
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        words = json.loads(body)["error"]
        words = words["message"] if isinstance(words, dict) else words
        if isinstance(words, str) and words:
            return f": {' '.join(words.split())[:MOST_SAID]}"
    return ""


def reason(error: Exception) -> str:
    """Put an error of the connection into a few words."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(words.split())[:MOST_SAID]
