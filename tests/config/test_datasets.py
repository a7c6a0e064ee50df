"""What a page says comes out as plain words and numbers, which a stored model may hold."""

import json

from segkit.config.datasets import read_settings, stated_of
from segkit.data import Stated


def test_what_is_said_of_columns_is_plain():
    said = {"derive": {"age": {"years_since": {"column": "born"}}}, "blocks": {"money": ["a", "b"]}}
    empty = {name: {} for name in Stated.__dataclass_fields__}
    settings = read_settings(json.dumps({"data": {**empty, **said, "said": []}, "brief": {}, "features": {}}))
    stated = stated_of(settings.data)
    assert type(stated.derive["age"]["years_since"]) is dict
    assert stated.blocks == said["blocks"]
