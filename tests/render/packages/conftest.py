from pathlib import Path

import pytest

from fullcast.render.timeline import Timeline
from tests.render.packages.performing import perform


@pytest.fixture(scope="session")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    return perform(tmp_path_factory.mktemp("takes"))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")
