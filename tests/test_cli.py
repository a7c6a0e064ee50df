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
