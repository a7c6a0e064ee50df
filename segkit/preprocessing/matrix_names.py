"""What the columns of a matrix are called, and which column of the table each came from."""

from collections.abc import Iterable, Iterator
from typing import Any

from sklearn.compose import ColumnTransformer

from segkit.errors import UserError


def columns_of(matrix: ColumnTransformer) -> list[str]:
    """For each matrix column the column that it came from; raises UserError where a branch mixes its columns."""
    return [origin for _, _, origins in _branches(matrix) for origin in origins]


def names_of(matrix: ColumnTransformer) -> list[str]:
    """A name for each matrix column: that of its column, with the level or number where it makes several."""
    return [name for branch, step, origins in _branches(matrix) for name in _names(branch, step, origins)]


def unique(names: Iterable[str]) -> list[str]:
    """The names, with a number behind those that occurred before.

    >>> unique(["plan_a", "plan_b", "plan_a"])
    ['plan_a', 'plan_b', 'plan_a_2']
    """
    found: dict[str, None] = {}
    for name in names:
        candidate, count = name, 1
        while candidate in found:
            count += 1
            candidate = f"{name}_{count}"
        found[candidate] = None
    return list(found)


def _branches(matrix: ColumnTransformer) -> Iterator[tuple[str, Any, list[str]]]:
    """Name, fitted step, and the origin of each of its columns, branch by branch."""
    for name, step, columns in matrix.transformers_:
        place = matrix.output_indices_[name]
        width = place.stop - place.start
        if len(columns) > 1 and width != len(columns):
            raise UserError(
                f"the steps for numbers make {width} columns of {len(columns)}",
                "preprocessing.gaps, outliers, logs and scaler must leave one column for each",
            )
        yield name, step, list(columns) if width == len(columns) else [*columns] * width


def _names(branch: str, step: Any, origins: list[str]) -> list[str]:
    if branch == "numbers":
        return origins
    if branch == "gaps":
        return [f"{name}_missing" for name in origins]
    try:
        return [str(name) for name in step[-1].get_feature_names_out(origins[:1])]
    except (AttributeError, ValueError):  # a transformer of the user's that does not name what it makes
        return origins
