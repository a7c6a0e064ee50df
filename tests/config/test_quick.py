"""What Hydra is spared changes nothing of what a command gets."""

import copy

import pytest
from hydra._internal.hydra import Hydra
from hydra.core.config_store import ConfigStore
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode

from segkit.config.asked import composed
from segkit.config.entry import entry
from segkit.config.quick import spare_hydra


@pytest.fixture
def composed_by(monkeypatch):
    """How often a command's page is composed, and the mode in which the command is then called."""
    calls, modes = [], []
    compose = Hydra.compose_config
    monkeypatch.setattr(Hydra, "compose_config", lambda self, *a, **k: calls.append(1) or compose(self, *a, **k))

    def call(*arguments: str) -> tuple[int, list[RunMode], int]:
        monkeypatch.setattr("sys.argv", ["segkit models", *arguments])
        with pytest.raises(SystemExit) as ended:
            entry("models", lambda config: modes.append(HydraConfig.get().mode))()
        return len(calls), modes, ended.value.code

    return call


def test_a_page_is_composed_once_for_a_command(composed_by):
    assert composed_by("format=json") == (1, [RunMode.RUN], 0)


def test_the_mode_that_is_typed_counts(composed_by):
    _, modes, code = composed_by("hydra.mode=MULTIRUN", "hydra/sweeper=basic", "format=json,table")
    assert (modes, code) == ([RunMode.MULTIRUN] * 2, 0)


def test_a_mode_that_there_is_none_of_is_wrong_input(composed_by, capsys):
    _, modes, code = composed_by("hydra.mode=SOMETIMES")
    assert (modes, code) == ([], 2)
    assert "hydra.mode" in capsys.readouterr().err


def test_what_is_composed_stays_apart_from_the_schemas():
    spare_hydra()
    assert copy.deepcopy(ConfigStore.instance()) is ConfigStore.instance()
    composed("models", []).tracking.folder = "changed"
    assert composed("models", []).tracking.folder != "changed"
