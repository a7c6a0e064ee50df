"""Which segments first: value x size x solidity, or axes that somebody names, with what rules a segment out."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from segkit.advice.solidity import re_forms
from segkit.data.findings.finding import share
from segkit.errors import UserError
from segkit.segments import NOISE, USABLE

SMALLEST = 0.02
Axes = Mapping[str, Mapping[int, float]]


def which_first(
    names: Mapping[int, str],
    axes: Axes,
    knocked_out: Mapping[int, str] | None = None,
    words: Mapping[str, Mapping[int, str]] | None = None,
) -> pd.DataFrame:
    """Segments in the order in which they deserve attention: place, segment, name, score, knocked_out, reason, axes.

    An axis gives each segment a number, 0 or more, the more the better; the score is their product, each as a share of
    the best segment's. Who is `knocked_out` (segment -> why) stands last, without a place. `words` say an axis' figure
    in the reason; see `usual_axes`, `usual_words` and `usual_knock_outs`.
    """
    assigned = [segment for segment in names if segment != NOISE]
    _check(assigned, names, axes)
    table = pd.DataFrame({axis: {segment: values[segment] for segment in assigned} for axis, values in axes.items()})
    relative = table / table.max().replace(0, np.nan)
    out, said = knocked_out or {}, words or {}
    rows = pd.DataFrame({"segment": table.index, "name": [names[one] for one in table.index]})
    rows["score"] = relative.fillna(0.0).prod(axis=1).to_numpy()
    rows["knocked_out"] = [out.get(segment, "") for segment in rows["segment"]]
    rows["reason"] = [_reason(int(one), table.loc[one], relative.loc[one], out, said) for one in table.index]
    rows = pd.concat([rows, table.reset_index(drop=True)], axis=1)
    order = rows.assign(late=rows["knocked_out"] != "").sort_values(["late", "score"], ascending=[True, False])
    order.insert(0, "place", [place if not late else pd.NA for place, late in enumerate(order["late"], start=1)])
    return order.drop(columns="late").reset_index(drop=True)


def usual_axes(money: pd.DataFrame, stability: pd.DataFrame | None = None) -> dict[str, dict[int, float]]:
    """Value, size and solidity as far as they are known: shares of value and of customers, how far a segment re-forms.

    `money`: segment, share, value_share; `stability`: segment, comes_out_again.
    """
    axes = {"value": _column(money, "value_share"), "size": _column(money, "share")}
    axes["solidity"] = _column(stability, "comes_out_again") if stability is not None else {}
    return {name: values for name, values in axes.items() if values}


def usual_words(axes: Axes) -> dict[str, dict[int, str]]:
    """The usual axes in words."""
    return {axis: {one: _SAID[axis](v) for one, v in values.items()} for axis, values in axes.items() if axis in _SAID}


def usual_knock_outs(axes: Axes, smallest: float = SMALLEST) -> dict[int, str]:
    """Segments that dissolve on another sample, or that are too small to be worth a treatment."""
    sizes = axes.get("size", {}).items()
    small = {segment: f"it holds only {share(size)} of the customers" for segment, size in sizes if size < smallest}
    weak = {
        segment: f"on another sample it dissolves ({again:.2f})"
        for segment, again in axes.get("solidity", {}).items()
        if again < USABLE
    }
    return small | weak


_SAID: Mapping[str, Callable[[float], str]] = {
    "value": lambda value: f"brings {share(value)} of the value",
    "size": lambda value: f"holds {share(value)} of the customers",
    "solidity": lambda value: f"{re_forms(value)} on another sample ({value:.2f})",
}


def _column(table: pd.DataFrame, name: str) -> dict[int, float]:
    if name not in table or table[name].isna().any():
        return {}
    values = zip(table["segment"], table[name], strict=True)
    return {int(segment): max(float(value), 0.0) for segment, value in values if segment != NOISE}


def _reason(
    segment: int,
    values: pd.Series,
    relative: pd.Series,
    out: Mapping[int, str],
    words: Mapping[str, Mapping[int, str]],
) -> str:
    """The figures of the axes, and by which the segment gains or loses most."""
    if segment in out:
        return f"Not before that is mended: {out[segment]}."
    told = [words.get(str(axis), {}).get(segment, f"{axis} {value:.3g}") for axis, value in values.items()]
    weakest = relative.idxmin()
    held_back = f"; {weakest} holds it back" if relative.min() < relative.max() and relative.min() < USABLE else ""
    return f"It {', '.join(told)}{held_back}." if words else f"{', '.join(told)}{held_back}.".capitalize()


def _check(segments: Sequence[int], names: Mapping[int, str], axes: Axes) -> None:
    if not axes:
        raise UserError("there is no axis to rank segments by", "name one: value, size, solidity or your own")
    for axis, values in axes.items():
        lacking = [segment for segment in segments if not values.get(segment, -1.0) >= 0]
        if lacking:
            problem = f"axis {axis} has no number from 0 up for {names[lacking[0]]}"
            raise UserError(problem, "give every segment one; the more the better")
