"""The second step of every pipeline: columns made of others, and of all columns those that are segmented on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from segkit.data.columns import Column, lineage
from segkit.data.operations import levels_of
from segkit.data.recipes import Recipe, parse_recipes
from segkit.preprocessing.levels import common_levels
from segkit.preprocessing.typed_columns import TypedColumns, typed_columns
from segkit.preprocessing.typed_frame import TakesTables


class Features(TakesTables):
    """Makes new columns of typed ones and keeps the wanted.

    `recipes` is column -> recipe (see `segkit.data.recipes`), in an order in which each takes columns that are there
    already; `keep` names the columns that come out, all of them if left out; `dates` names the typed columns that are
    days before `as_of`, since of these the largest is the earliest.
    """

    def __init__(
        self,
        recipes: Mapping[str, Mapping[str, Any]] | None = None,
        keep: Sequence[str] | None = None,
        dates: Sequence[str] | None = None,
    ) -> None:
        self.recipes = recipes
        self.keep = keep
        self.dates = dates

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn which levels are rare, where a recipe asks for it."""
        frame = self._table(X, reset=True)
        self.levels_: dict[str, list[str]] = {}
        for recipe in self._parsed(frame):
            if recipe.operation == "rare":
                self.levels_[recipe.name] = common_levels(levels_of(frame[recipe.columns[0]]), recipe.options["below"])
            frame = frame.assign(**{recipe.name: self._make(recipe, frame)})
        self.names_ = list(self.keep) if self.keep is not None else [str(name) for name in frame.columns]
        return self

    def transform(self, X: Any) -> pd.DataFrame:
        """The wanted columns, old and new."""
        check_is_fitted(self)
        frame = self._table(X, reset=False)
        for recipe in self._parsed(frame):
            frame = frame.assign(**{recipe.name: self._make(recipe, frame)})
        return frame[self.names_]

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that come out."""
        check_is_fitted(self)
        return np.asarray(self.names_, dtype=object)

    def _make(self, recipe: Recipe, frame: pd.DataFrame) -> pd.Series:
        learnt = {"levels": self.levels_[recipe.name]} if recipe.name in self.levels_ else {}
        return replace(recipe, options={**recipe.options, **learnt}).make(frame)

    def _parsed(self, frame: pd.DataFrame) -> list[Recipe]:
        return parse_recipes(self.recipes or {}, [str(name) for name in frame.columns], self.dates or ())


def reading_steps(columns: Sequence[Column], wanted: Sequence[str], as_of: str = "") -> tuple[TypedColumns, Features]:
    """The two steps that make the wanted columns, given all columns of the table as they are understood."""
    needed = lineage(columns, wanted)
    typed = typed_columns([column for column in needed if column.recipe is None], as_of)
    recipes = {column.name: dict(column.recipe.stated) for column in needed if column.recipe}
    dates = [column.name for column in needed if column.kind == "date" and column.recipe is None]
    return typed, Features(recipes or None, list(wanted), dates or None)
