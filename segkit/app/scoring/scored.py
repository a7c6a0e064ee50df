"""What came out of scoring a file, as its page shows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segkit.app.models.segments import Segment, sized
from segkit.app.scoring.files import Score
from segkit.profiles.figures import percent
from segkit.scoring.summary import worth_saying
from segkit.segments import NOISE

_FIRST_ROWS = 8
_LONG = re.compile(r"-?\d+\.\d{4,}(e-?\d+)?")


@dataclass(frozen=True)
class Bar:
    """A segment in the scored file, beside its share of the customers whom the model was fitted on."""

    segment: Segment
    fitted: float | None

    @property
    def fitted_percent(self) -> str:
        """That share in words."""
        return "" if self.fitted is None else percent(self.fitted)


@dataclass(frozen=True)
class Scored:
    """All that the page of a scored file shows; `rows` are the first ones, under `head`."""

    score: Score
    customers: int
    bars: Sequence[Bar]
    notes: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    size: int


def scored_of(score: Score, answer: Mapping[str, Any]) -> Scored:
    """What came out; `answer` is what `segkit score` says of it."""
    counts = {int(number): int(found["customers"]) for number, found in answer["segments"].items()}
    called = {int(number): str(found["name"]) for number, found in answer["segments"].items()}
    fitted = score.customers or {}
    whole = max(sum(fitted.values()), 1)
    segments = sized({**called, **(score.names or {})}, counts)
    bars = [Bar(one, fitted.get(int(one.number or NOISE), 0) / whole if fitted else None) for one in segments]
    head, rows = _first_rows(score.output)
    return Scored(score, answer["rows"], bars, worth_saying(answer), head, rows, score.output.stat().st_size)


def _first_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """The first rows of a file that `segkit score` wrote, as text."""
    import pandas as pd

    if path.suffix == ".csv":
        table = pd.read_csv(path, nrows=_FIRST_ROWS, dtype=str, keep_default_na=False)
    else:
        import pyarrow.parquet as pq

        with pq.ParquetFile(path, pre_buffer=False) as file:  # else much more is read ahead
            table = next((batch.to_pandas() for batch in file.iter_batches(_FIRST_ROWS)), pd.DataFrame())
    rows = [[_short(str(cell)) for cell in row] for row in table.to_numpy().tolist()]
    return [str(name) for name in table.columns], rows


def _short(cell: str) -> str:
    """A number with no more places than anybody reads."""
    return f"{float(cell):.3f}" if _LONG.fullmatch(cell) else cell
