"""Whom to ask, and about what. What talks to the server loads only when it is asked."""

from dataclasses import KW_ONLY, dataclass, field
from urllib.parse import SplitResult, urlsplit

from fullcast.errors import OpinionError

EXAMPLE = "http://localhost:8080/v1"


@dataclass(frozen=True, slots=True)
class Llm:
    """A chat server of the OpenAI kind, and the lines to ask it about.

    Raises:
        OpinionError: The address is none that can be asked, or the key is none that can be sent.
        ValueError: The doubt is no probability.
    """

    url: str
    """What comes before ``/chat/completions``, e.g. ``http://localhost:8080/v1``."""
    _: KW_ONLY
    model: str = ""
    """Its name; empty for the first that the server lists."""
    key: str = field(default="", repr=False)
    """Sent as a bearer token, where there is one."""
    doubt: float = 0.6
    """Lines are asked about whose speaker is less probable than this."""
    connect_s: float = 10.0
    """How long to wait for a server to be there."""
    answer_s: float = 300.0
    """How long to wait for an answer: a large model on a small machine takes minutes."""

    def __post_init__(self) -> None:
        _check_address(self.url)
        if not 0.0 <= self.doubt <= 1.0:
            raise ValueError(f"doubt is a probability, from 0 to 1, not {self.doubt}")
        if not (self.key.isascii() and (self.key + ".").isprintable()):
            raise OpinionError(
                "FULLCAST_LLM_KEY: a key is printable ASCII in one line; copy it once more"
            )

    @property
    def parts(self) -> SplitResult:
        """The address in its parts."""
        return urlsplit(self.url)

    @property
    def place(self) -> str:
        """The address as messages show it: what follows a ``?`` may be secret."""
        return self.url.partition("?")[0]


def _check_address(url: str) -> None:
    """Refuse what is no address of a server; a password in it is not repeated."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise OpinionError(f"{url!r}: this is no address of a server; one looks like {EXAMPLE}")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise OpinionError(f"{url}: {error}; an address looks like {EXAMPLE}") from error
    if "@" in parts.netloc:
        raise OpinionError(
            f"{parts.hostname}: a name or password in the address would be seen by others; "
            "put the server's key into the environment as FULLCAST_LLM_KEY"
        )
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise OpinionError(
            f"{url}: a server's address begins with http:// or https://, like {EXAMPLE}"
        )
