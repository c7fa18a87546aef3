from pathlib import Path

import pytest
from toy import make_network

from fullcast.infer.network import Network, load_network


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_network(tmp_path_factory.mktemp("toy") / "network")


@pytest.fixture(scope="session")
def network(toy_folder: Path) -> Network:
    return load_network(toy_folder)
