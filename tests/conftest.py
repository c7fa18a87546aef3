"""What all tests share."""

import pytest
from hypothesis import settings
from making import make_story

from fullcast.exporters import Script, build_script
from fullcast.model import Annotations, Book

# A slow machine is no bug, and a failure must be the same for everybody.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--save-docs", action="store_true", help="rewrite what docs/reference.md quotes from code"
    )


@pytest.fixture
def story() -> tuple[Book, Annotations]:
    return make_story()


@pytest.fixture
def script(story: tuple[Book, Annotations]) -> Script:
    return build_script(*story)
