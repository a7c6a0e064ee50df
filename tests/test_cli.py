"""What the commands say of themselves."""

import re
from dataclasses import fields

import pytest

from segkit.brief import Brief
from segkit.cli import explained
from segkit.data import Stated


@pytest.mark.parametrize("command", ["run", "sweep", "explore"])
@pytest.mark.parametrize("spoken", [Stated, Brief])
def test_the_help_names_every_key_of_columns_and_brief(command: str, spoken: type) -> None:
    page = explained(command)
    words = set(re.findall(r"\w+", page[page.index("Further keys") : page.index("features: all")]))
    assert words >= {field.name for field in fields(spoken)}


def test_the_environment_can_choose_where_runs_are_kept(segkit, monkeypatch) -> None:
    assert "tracking: local\n" in explained("models")
    monkeypatch.setenv("SEGKIT_TRACKING", "server")
    assert "tracking: server\n" in explained("models")
    assert "needs the server's address" in segkit("models").err
    assert "there is no store" in segkit("models", "tracking=local").err
    monkeypatch.setenv("SEGKIT_TRACKING", "sever")
    assert "did you mean server?" in segkit("models").err
