"""Values that probably stand for "not known": -1, 9999, 666666, "unknown", birth years of the very old."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from segkit.data.columns import Column
from segkit.data.findings.cells import filled_text
from segkit.data.findings.finding import Finding, argument, as_list, counted, listed, plain, share
from segkit.data.findings.names import is_birth_name, is_number_name
from segkit.data.findings.view import View

# "none", "other" and "na" are left out: no children, another job, Namibia or North America.
_UNKNOWN = {
    *("unknown", "not known", "?", "??", "???", "-", "--", "---", "n/a", "#n/a", "n.a.", "nan", "<na>", "null"),
    *("missing", "(missing)", "(blank)", "no data", "undefined", "unspecified"),
    *("not available", "not specified", "not stated"),
}
_OLDEST = 110
_FEWEST_VALUES = 3
# How far beyond the others a run of equal digits has to stand, and how far if many rows hold it.
_APART, _APART_IF_FREQUENT, _FREQUENT = 2.0, 1.05, 0.05


def means_unknown(text: str) -> bool:
    """Whether a text is one of the usual ways to write that something is not known."""
    return text.strip().lower() in _UNKNOWN


def placeholder_findings(view: View) -> list[Finding]:
    """Values to declare missing: one finding per column of numbers, one for the words of all text columns."""
    findings, year = [], _data_year(view)
    for column in view.seen("numeric"):
        numbers = view.numbers[column.name]
        if is_number_name(column.name):
            continue
        if years := _impossible_birth_years(numbers, column.name, year):
            findings.append(_birth_finding(column.name, years, numbers))
        elif odd := _stand_ins(numbers):
            findings.append(_number_finding(column.name, odd, numbers))
    return [*findings, *_word_findings(view)]


def _stand_ins(numbers: pd.Series) -> list[float]:
    """Values that stand apart and look made up."""
    known = numbers.dropna()
    rows = known.value_counts()
    odd = [value for value in rows.index if _is_made_up(value)]
    others = known[~known.isin(odd)]
    if not odd or others.nunique() < _FEWEST_VALUES or others.max() <= 0:
        return []
    return sorted(v for v in odd if _stands_apart(v, float(others.min()), float(others.max()), rows[v] / len(numbers)))


def _is_made_up(value: float) -> bool:
    """-1 and -9, or a run of one digit: nines from three on, other digits from four on (777 visits may be true)."""
    if not float(value).is_integer():
        return False
    digits = str(int(abs(value)))
    is_run = len(set(digits)) == 1 and digits[0] != "0" and len(digits) >= (3 if digits[0] == "9" else 4)
    return is_run or value in (-1, -9, -99)


def _stands_apart(value: float, lowest: float, highest: float, held_by: float) -> bool:
    if value < 0:
        return lowest >= 0
    return value >= highest * (_APART_IF_FREQUENT if held_by >= _FREQUENT else _APART)


def _number_finding(name: str, odd: list[float], numbers: pd.Series) -> Finding:
    told = [f"{plain(value)} in {_rows(int((numbers == value).sum()), len(numbers))}" for value in odd]
    text = f"{name} is {listed(told)}, apart from all other values: it probably stands for 'not known' or 'never'"
    return Finding("sentinel", (name,), text, argument(f"data.missing.{name}", as_list(odd)))


def _impossible_birth_years(numbers: pd.Series, name: str, year: int) -> list[float]:
    known = numbers.dropna()
    possible = known.between(year - _OLDEST, pd.Timestamp.now().year)
    is_year = len(known) > 0 and possible.mean() > 0.95 and (known % 1 == 0).all()
    if not is_year or not (is_birth_name(name) or _look_like_birth_years(known, name, year)):
        return []
    return sorted(known[~possible].unique())


def _look_like_birth_years(known: pd.Series, name: str, year: int) -> bool:
    """Whole years of adults over more than a generation; a house may be old, so its year has to be called otherwise."""
    built = any(word in name.lower() for word in ("buil", "found", "constr", "model", "open", "since", "regist"))
    low, high = known.quantile([0.01, 0.99])
    return not built and known.nunique() >= 20 and low >= 1900 and high <= year - 14 and high - low >= 40


def _data_year(view: View) -> int:
    """The year of the newest date in the table, or this year: who is 110 today was not when the table was drawn."""
    today = pd.Timestamp.now()
    newest = [day for column in view.dates.values() if pd.notna(day := column[column <= today].max())]
    return int(max(newest, default=today).year)


def _birth_finding(name: str, years: list[float], numbers: pd.Series) -> Finding:
    rows = _rows(int(numbers.isin(years).sum()), len(numbers))
    text = f"{name} is no possible birth year in {rows}: {listed(map(plain, years))} (nobody is older than {_OLDEST})"
    return Finding("sentinel", (name,), text, argument(f"data.missing.{name}", as_list(years)))


def _word_findings(view: View) -> list[Finding]:
    found = {column.name: words for column in view.columns if len(words := _unknown_words(view, column))}
    if not found:
        return []
    told = [f"{name} ({_shares(rows, len(view.table))})" for name, rows in found.items()]
    text = f"text that probably means 'not known' stands in {listed(told)}"
    mends = (argument(f"data.missing.{name}", as_list(rows.index)) for name, rows in found.items())
    return [Finding("sentinel", tuple(found), text, " ".join(mends))]


def _unknown_words(view: View, column: Column) -> pd.Series:
    """The words of the column that mean unknown as the table writes them, with their numbers of rows."""
    raw = view.table[column.name]
    if column.kind not in ("categorical", "binary", "text") or pd.api.types.is_numeric_dtype(raw):
        return pd.Series(dtype=int)
    counts = filled_text(raw).value_counts()
    unknown = counts[[means_unknown(str(level)) for level in counts.index]]
    # A free text is not fitted anyway, unless the words are what keeps it from being read as numbers.
    needed = column.use not in ("id", "leave_out") or _rest_is_numbers(counts.index.difference(unknown.index))
    return unknown if needed else unknown.iloc[:0]


def _rest_is_numbers(levels: Iterable[object]) -> bool:
    rest = pd.to_numeric(pd.Series(list(levels), dtype=object), errors="coerce")
    return len(rest) > 0 and bool(np.mean(rest.notna()) >= 0.95)


def _rows(number: int, of: int) -> str:
    return f"{counted(number, 'row')} ({share(number, of)})"


def _shares(rows: pd.Series, of: int) -> str:
    return ", ".join(f"'{level}' {share(number, of)}" for level, number in rows.items())
