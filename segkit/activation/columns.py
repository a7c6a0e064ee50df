"""Which columns rules and questions may be made of: what a database holds, or can work out from what it holds."""

from collections.abc import Iterable, Mapping, Sequence

from segkit.data.columns import Column, lineage
from segkit.data.dataset import Dataset
from segkit.data.findings.names import is_sensitive_name

# `rare` depends on who else was in the table.
_EXPRESSIBLE = {
    *("total", "mean", "largest", "smallest", "count", "share", "ratio", "log"),
    *("difference", "days_since", "years_since", "age", "map", "bands"),
}
# What is asked of a customer, or of one column of a database, is a value of its own.
_OF_ONE = {"days_since", "years_since", "age", "map", "bands"}
_NEVER = ("sensitive", "outcome", "id", "truth", "weight")


def rule_columns(dataset: Dataset) -> list[str]:
    """What was segmented on, as far as it can be written as a rule; in place of a column that cannot, its parts.

    Nothing sensitive, and nothing that is made of it.
    """
    return _known_as(dataset.columns, _EXPRESSIBLE)


def question_columns(dataset: Dataset) -> list[str]:
    """The same for questions: nobody is asked for the ratio of two answers, but for both."""
    return _known_as(dataset.columns, _OF_ONE)


def by_name(columns: Iterable[Column]) -> Mapping[str, Column]:
    """Columns under their names."""
    return {column.name: column for column in columns}


def is_expressible(column: Column) -> bool:
    """Whether the column can be worked out from others without having seen other customers."""
    recipe = column.recipe
    if recipe is None:
        return True
    # YAML's unquoted yes: what is meant by it depends on the words in the table.
    has_words = not any(isinstance(level, bool) for level in recipe.options.get("to", {}))
    return recipe.operation in _EXPRESSIBLE and has_words


def _known_as(columns: Sequence[Column], operations: Iterable[str]) -> list[str]:
    allowed, known = set(operations), by_name(columns)
    found: dict[str, None] = {}
    waiting = [column.name for column in columns if column.use == "segment_on"]
    while waiting:
        column = known[waiting.pop(0)]
        made_of = lineage(columns, [column.name])
        if column.recipe and not (column.recipe.operation in allowed and all(map(is_expressible, made_of))):
            waiting = [*column.recipe.columns, *waiting]
        elif not any(map(_is_barred, made_of)) and column.kind not in ("constant", "text", "id"):
            found[column.name] = None
    return list(found)


def _is_barred(column: Column) -> bool:
    """Protected attributes are, even where somebody asked to segment on them."""
    return column.use in _NEVER or is_sensitive_name(column.name)
