"""A shallow decision tree over raw columns, with borders that can be read aloud, and as a list of short rules.

A tree of fewer than 16 leaves can always be told as a list of which no rule needs more than three conditions: of both
sides of a split the simpler one is told first, and who is left is on the other side without its being said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.conditions import Condition, merged, threshold_near

Labels = npt.NDArray[np.int64]
Step: TypeAlias = tuple[tuple[Condition, ...], int]
Tree: TypeAlias = "Split | int"

_SMALLEST_LEAF = 0.003
# A level that fewer have makes no rule, and stands for them.
_COMMON_LEVEL = 0.01


@dataclass(frozen=True)
class Split:
    """Rows that fulfil `condition` go one way, those that fulfil its `opposite` the other."""

    condition: Condition
    opposite: Condition
    inside: Tree
    outside: Tree


@dataclass(frozen=True)
class Places:
    """Typed columns without gaps as a tree takes them: numbers as they are, a 0/1 column for each common level."""

    frame: pd.DataFrame
    sources: tuple[tuple[str, str], ...]
    matrix: npt.NDArray[np.float32]

    def at(self, rows: npt.NDArray[Any]) -> "Places":
        """Some of the rows."""
        return Places(self.frame.iloc[rows], self.sources, self.matrix[rows])


def places_of(filled: pd.DataFrame) -> Places:
    """What a tree is grown on."""
    columns: dict[tuple[str, str], pd.Series] = {}
    for name, values in filled.items():
        if pd.api.types.is_numeric_dtype(values):
            columns[str(name), ""] = values
            continue
        counts = values.value_counts(normalize=True)
        columns |= {(str(name), str(level)): values == level for level in counts[counts >= _COMMON_LEVEL].index}
    matrix = np.column_stack([np.empty((len(filled), 0), dtype=np.float32), *columns.values()]).astype(np.float32)
    return Places(filled, tuple(columns), matrix)


def grow(places: Places, labels: Labels, leaves: int) -> Tree:
    """The tree that tells the labels best with so many leaves."""
    return _grown(places, labels, max(4, int(_SMALLEST_LEAF * len(labels))), max_leaf_nodes=leaves)


def grow_shallow(places: Places, labels: Labels, depth: int) -> Tree:
    """The tree that tells the labels best with so many questions in a row."""
    return _grown(places, labels, max(4, int(_SMALLEST_LEAF * len(labels))), max_depth=depth)


def grow_for_few(places: Places, labels: Labels, depth: int) -> Tree:
    """One so deep that tells a few customers from everybody else, be they two."""
    return _grown(places, labels, 2, max_depth=depth)


def _grown(places: Places, labels: Labels, smallest: int, **limits: int) -> Tree:
    from sklearn.tree import DecisionTreeClassifier

    if not places.sources:  # a column of rare levels only
        return int(np.bincount(labels).argmax())
    grown = DecisionTreeClassifier(min_samples_leaf=smallest, random_state=0, **limits)
    grown.fit(places.matrix, labels)
    return _branch(grown.tree_, grown.classes_, places.sources, 0)


def with_round_borders(tree: Tree, frame: pd.DataFrame, leeway: int) -> Tree:
    """The same with the most readable borders that move at most so many customers of `frame` to a side each."""
    if not isinstance(tree, Split):
        return tree
    inside, outside = (with_round_borders(side, frame, leeway) for side in (tree.inside, tree.outside))
    if tree.condition.levels:
        return replace(tree, inside=inside, outside=outside)
    column, border = tree.condition.column, float(tree.condition.high or 0.0)
    border = threshold_near(np.sort(frame[column].to_numpy(dtype=float)), border, leeway)
    return Split(replace(tree.condition, high=border), replace(tree.opposite, low=border), inside, outside)


def as_list(tree: Tree) -> list[Step]:
    """The tree as rules of which the first that fits decides; the last one fits everybody."""
    if not isinstance(tree, Split):
        return [((), tree)]
    inside, outside = as_list(tree.inside), as_list(tree.outside)
    if len(inside) == len(outside) == 1 and inside[0][1] == outside[0][1]:
        return inside
    first = list(_within(tree.condition, inside)) + outside
    second = list(_within(tree.opposite, outside)) + inside
    return min(first, second, key=_length)


def ways(tree: Tree, so_far: tuple[Condition, ...] = ()) -> Iterator[tuple[Condition, ...]]:
    """All ways into the tree, to its leaves and half-way there; what each asks stands by itself."""
    yield merged(so_far)
    if isinstance(tree, Split):
        yield from ways(tree.inside, (*so_far, tree.condition))
        yield from ways(tree.outside, (*so_far, tree.opposite))


def _branch(nodes: Any, classes: npt.NDArray[Any], sources: tuple[tuple[str, str], ...], node: int) -> Tree:
    left, right = int(nodes.children_left[node]), int(nodes.children_right[node])
    if left == right:
        return int(classes[nodes.value[node][0].argmax()])
    column, level = sources[nodes.feature[node]]
    border = float(nodes.threshold[node])
    low, high = _branch(nodes, classes, sources, left), _branch(nodes, classes, sources, right)
    if level:
        is_level = Condition(column, levels=(level,))
        return Split(is_level, replace(is_level, excluded=True), high, low)
    return Split(Condition(column, high=border), Condition(column, low=border), low, high)


def _within(condition: Condition, steps: list[Step]) -> Iterator[Step]:
    return ((merged((condition, *conditions)), segment) for conditions, segment in steps)


def _length(steps: list[Step]) -> tuple[int, int]:
    """The longest rule, and all rules together."""
    lengths = [len(conditions) for conditions, _ in steps]
    return max(lengths), sum(lengths)
