"""How often each answer was given in each segment: the levels of a category, or small whole numbers."""

from typing import Any

import numpy as np
import pandas as pd

OTHERS = "others"
_FLAG = {0: "no", 1: "yes"}


def answer_counts(values: pd.Series, labels: np.ndarray, most: int) -> pd.DataFrame:
    """Answers x segments: how many customers; numbers in their order, words by how often they were given.

    Beyond `most` answers the rare words stand together as others, the high numbers as "5 or more"; a word that one
    customer gave is always among the others, since it may be a name. Customers without an answer are left out. Empty
    for measurements, of which each is another answer.
    """
    known, are_numbers = values.notna().to_numpy(), pd.api.types.is_numeric_dtype(values)
    answers = values[known]
    if answers.empty or (are_numbers and bool((answers % 1 != 0).any())):
        return pd.DataFrame()
    words = _number_words(answers, most) if are_numbers else _level_words(answers, most)
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
    counts = answers.value_counts()
    given = [level for level in levels if counts[level] > 0]
    common = [level for level in given if counts[level] > 1]
    kept = common if len(common) <= most - (len(common) < len(given)) else common[: most - 1]
    return {level: str(level) if level in kept else OTHERS for level in given}


def _usual_order(answers: pd.Series) -> list[Any]:
    """By how often they were given; codes that are numbers by these."""
    levels = answers.value_counts().index.tolist()
    codes = pd.to_numeric(pd.Series(levels), errors="coerce")
    return levels if codes.isna().any() else [levels[place] for place in codes.argsort()]
