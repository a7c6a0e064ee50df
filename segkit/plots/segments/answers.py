"""How often each answer was given in each segment: the levels of a category, or small whole numbers."""

from typing import Any

import numpy as np
import pandas as pd

OTHERS = "others"
_FLAG = {0: "no", 1: "yes"}


def answer_counts(values: pd.Series, labels: np.ndarray, most: int) -> pd.DataFrame:
    """Answers x segments: how many customers; numbers in their order, words by how often they were given.

    Beyond `most` answers the rare words stand together as others, the high numbers as "5 or more". Customers without
    an answer are left out.
    """
    known = values.notna().to_numpy()
    answers = values[known]
    if answers.empty:
        return pd.DataFrame()
    words = _number_words(answers, most) if pd.api.types.is_numeric_dtype(answers) else _level_words(answers, most)
    counts = pd.crosstab(answers.map(words).astype(str).to_numpy(), labels[known])
    return counts.reindex(list(dict.fromkeys(words.values())))


def _number_words(answers: pd.Series, most: int) -> dict[Any, str]:
    numbers = sorted(answers.unique())
    if set(numbers) == set(_FLAG):
        return dict(_FLAG)
    last = numbers[min(most, len(numbers)) - 1]
    top = f"{last:g} or more" if len(numbers) > most else f"{last:g}"
    return {number: f"{number:g}" if number < last else top for number in numbers}


def _level_words(answers: pd.Series, most: int) -> dict[Any, str]:
    levels = answers.cat.categories if isinstance(answers.dtype, pd.CategoricalDtype) else _usual_order(answers)
    given = [level for level in levels if (answers == level).any()]
    kept = given if len(given) <= most else given[: most - 1]
    return {level: str(level) if level in kept else OTHERS for level in given}


def _usual_order(answers: pd.Series) -> list[Any]:
    """By how often they were given; codes that are numbers by these."""
    levels = answers.value_counts().index.tolist()
    codes = pd.to_numeric(pd.Series(levels), errors="coerce")
    return levels if codes.isna().any() else [levels[place] for place in codes.argsort()]
