"""Typed columns to a numeric matrix: gaps filled, outliers tamed, numbers scaled, categories encoded."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from numbers import Real
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn import config_context
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.validation import check_is_fitted

from segkit.blocks import by_blocks
from segkit.errors import UserError, did_you_mean
from segkit.preprocessing import words
from segkit.preprocessing.matrix_names import columns_of, names_of, unique
from segkit.preprocessing.rows import Complete, Typical, kept_rows
from segkit.preprocessing.typed_frame import TakesTables, frame_of, numbers_of, typed

# As far as a newcomer may be from all who were fitted: trees reckon in single precision.
_FARTHEST = 1e30
_DISTANCES = ("euclidean", "manhattan")


class ByKind(TakesTables):
    """Numbers and categories to one matrix without gaps, each kind by its own steps, named by words.

    Numbers go through `outliers` (keep, clip, clip_iqr, drop), `logs` (none, skewed, all), `gaps` (median, mean, mode,
    donors, drop) and `scaler` (standard, robust, minmax, quantile, power, none) in this order; `indicate` adds a 0/1
    column for each number that had gaps. Categories go through `encoder` (one_hot, label, frequency). Instead of a word
    each step takes a scikit-learn transformer; those for numbers must leave one column per column.

    `weights` (column -> weight) makes a column count as so many copies of it would; 0 silences it. `drop` lists rules
    for rows (see `segkit.preprocessing.rows`); gaps="drop" and outliers="drop" add one each. `fit` uses every row that
    it is given: ask `keeps` first which rows to give it. What draws (donors, outliers="drop") draws with `seed`.

    `distances` (euclidean, manhattan) says which distance the matrix is for. A weight then multiplies the squared
    difference or the plain one, and of manhattan one-hot columns count half, since two of them differ between levels.

    Expects the frame that TypedColumns makes: floats are numbers, the rest is categories. After `fit`, for each column
    of the matrix: `origins_`, the column that it came from, `weights_`, what that weighs, `factors_`, what scales it.
    """

    def __init__(
        self,
        gaps: Any = "median",
        indicate: bool = False,
        outliers: Any = "keep",
        logs: Any = "none",
        scaler: Any = "standard",
        encoder: Any = "one_hot",
        drop: Sequence[Any] = (),
        weights: Mapping[str, float] | None = None,
        distances: str = "euclidean",
        seed: int = 0,
    ) -> None:
        self.gaps = gaps
        self.indicate = indicate
        self.outliers = outliers
        self.logs = logs
        self.scaler = scaler
        self.encoder = encoder
        self.drop = drop
        self.weights = weights
        self.distances = distances
        self.seed = seed

    @property
    def drops_rows(self) -> bool:
        """Whether there is a rule that may leave rows out of the fit."""
        return bool(self._rules())

    def keeps(self, X: Any) -> np.ndarray:
        """A mask of the rows to fit on; raises UserError where a rule leaves fewer than two."""
        frame = frame_of(X)
        return kept_rows(typed(frame, numbers_of(frame)), self._rules())

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn every step from all rows of `X`."""
        table = self._table(X, reset=True)
        self.numbers_ = numbers_of(table)
        frame = typed(table, self.numbers_)
        self.transformer_ = _fitted(self._branches(frame), frame)
        self.origins_ = columns_of(self.transformer_)
        self.weights_ = self._weights([str(name) for name in frame.columns])
        self.factors_ = self._factors()
        return self

    def transform(self, X: Any) -> np.ndarray:
        """The matrix of these rows."""
        check_is_fitted(self)
        frame = typed(self._table(X, reset=False), self.numbers_)
        with config_context(transform_output="default"):
            return by_blocks(self._matrix, frame)

    def _matrix(self, frame: pd.DataFrame) -> np.ndarray:
        matrix = np.asarray(self.transformer_.transform(frame), dtype=float)
        return np.asarray(np.clip(matrix, -_FARTHEST, _FARTHEST) * self.factors_)

    @property
    def categories_(self) -> tuple[tuple[int, ...], ...]:
        """For each category the places of its columns in the matrix."""
        check_is_fitted(self)
        categories = [name for name in dict.fromkeys(self.origins_) if name not in self.numbers_]
        return tuple(tuple(np.flatnonzero(np.asarray(self.origins_) == name).tolist()) for name in categories)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the matrix columns, no two equal."""
        check_is_fitted(self)
        return np.asarray(unique(names_of(self.transformer_)), dtype=object)

    def _rules(self) -> list[tuple[str, Any]]:
        several = isinstance(self.drop, Sequence) and not isinstance(self.drop, str)
        rules = [] if self.drop is None else self.drop if several else [self.drop]
        named = [
            (f"preprocessing.drop={rule if isinstance(rule, str) else type(rule).__name__}", rule) for rule in rules
        ]
        named += [("preprocessing.gaps=drop", Complete())] if self.gaps == "drop" else []
        named += [("preprocessing.outliers=drop", Typical(seed=self.seed))] if self.outliers == "drop" else []
        return named

    def _branches(self, frame: pd.DataFrame) -> list[tuple[str, Any, list[str]]]:
        if not isinstance(self.indicate, bool):
            raise UserError(f"preprocessing.indicate={self.indicate} is neither true nor false", "indicate=true, say")
        gaps = [name for name in self.numbers_ if self.indicate and frame[name].isna().any()]
        numbers = ("numbers", self._number_steps(len(frame)), self.numbers_)
        indicators = ("gaps", MissingIndicator(features="all"), gaps)
        encoder = words.named_step("encoder", self.encoder, words.encoders())
        categories = [name for name in frame.columns if name not in self.numbers_]
        # A branch is not named by its column, whose name may be anything.
        return [branch for branch in (numbers, indicators) if branch[2]] + [
            (f"category {place}", make_pipeline(words.category_filler(self.gaps, frame[name]), encoder), [name])
            for place, name in enumerate(categories)
        ]

    def _number_steps(self, rows: int) -> Pipeline:
        return make_pipeline(
            words.named_step("outliers", self.outliers, words.outlier_steps()),
            words.named_step("logs", self.logs, words.log_steps()),
            words.named_step("gaps", self.gaps, words.gap_fillers(self.seed)),
            words.named_step("scaler", self.scaler, words.scalers(rows)),
        )

    def _weights(self, known: list[str]) -> np.ndarray:
        weights = self.weights or {}
        for name, weight in weights.items():
            if name not in known:
                problem = f"preprocessing.weights names a column that the table lacks: {name}"
                raise UserError(problem, did_you_mean(name, known))
            if not (isinstance(weight, Real) and 0 <= weight < np.inf):
                raise UserError(f"preprocessing.weights.{name}={weight} is no weight", "give a number from 0 up")
        return np.array([float(weights.get(name, 1.0)) for name in self.origins_])

    def _factors(self) -> np.ndarray:
        if self.distances not in _DISTANCES:
            problem = f"preprocessing.distances={self.distances} is not known"
            raise UserError(problem, did_you_mean(str(self.distances), _DISTANCES))
        if self.distances == "euclidean":
            return np.sqrt(self.weights_)
        one_hot = [place for places in self.categories_ if len(places) > 1 for place in places]
        return self.weights_ * np.where(np.isin(np.arange(len(self.weights_)), one_hot), 0.5, 1.0)


def _fitted(branches: list[tuple[str, Any, list[str]]], frame: pd.DataFrame) -> ColumnTransformer:
    matrix, width = ColumnTransformer(branches, sparse_threshold=0), 0
    with config_context(transform_output="default"), suppress(ZeroDivisionError):  # of an encoder's empty sparse matrix
        width = matrix.fit_transform(frame).shape[1]
    if not width:
        raise UserError("preprocessing leaves no column to segment on", "use more columns or another encoder")
    return matrix
