"""What tags hold beyond plain words: JSON, which anybody can change in the MLflow UI."""

import json
from collections.abc import Mapping
from typing import Any

from segkit.errors import UserError


def tag_value(tags: Mapping[str, str], name: str, otherwise: Any) -> Any:
    """The value of a tag, `otherwise` where there is none; raises UserError where it can be none of this kind."""
    if name not in tags:
        return otherwise
    try:
        found = json.loads(tags[name])
    except ValueError as error:
        raise _changed(name) from error
    if not isinstance(found, type(otherwise)):
        raise _changed(name)
    return found


def _changed(name: str) -> UserError:
    return UserError(f"the tag {name} in the store is not as segkit wrote it", "undo the change in the MLflow UI")
