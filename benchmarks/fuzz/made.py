"""Tables and command lines that hypothesis makes up; what it finds it makes as small as it can."""

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from benchmarks.fuzz import reading
from benchmarks.fuzz.trial import Input
from benchmarks.fuzz.words import words

_EXAMPLES, _MOST_ROWS, _MOST_COLUMNS = 30, 40, 5
_SETTINGS = settings(
    max_examples=_EXAMPLES,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
_WRITERS: dict[str, Callable[[pd.DataFrame, io.BytesIO], object]] = {
    "csv": lambda table, file: table.to_csv(file, index=False),
    "parquet": lambda table, file: table.to_parquet(file),
    "xlsx": lambda table, file: table.to_excel(file, index=False),
}
_names = st.sampled_from(words("names")) | st.text(max_size=12)
_cells: list[st.SearchStrategy[Any]] = [
    st.integers(-(2**70), 2**70),
    st.integers(0, 3),
    st.floats(),
    st.floats(0, 100),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=8),
    st.sampled_from(words("cells")),
]


class Bad(Exception):
    """An input is answered badly in a way that was not known."""


def made_round(number: int, judge: Callable[[Input], bool]) -> None:
    """Judge some thirty inputs and, of one that is answered badly in a new way, ever smaller ones that are, too."""

    @seed(number)
    @settings(_SETTINGS)
    @given(_tables() | _lines())
    def answered_well(one: Input) -> None:
        if not judge(one):
            raise Bad(one.name)

    with suppress(Bad, HypothesisException):
        answered_well()


@st.composite
def _tables(draw: st.DrawFn) -> Input:
    """Columns of any names, some of them alike, with cells of one or two sorts."""
    rows, names = draw(st.integers(0, _MOST_ROWS)), draw(st.lists(_names, min_size=1, max_size=_MOST_COLUMNS))
    sorts = [draw(st.lists(st.sampled_from(_cells), min_size=1, max_size=2).map(st.one_of)) for _ in names]
    columns = [draw(st.lists(sort, min_size=rows, max_size=rows)) for sort in sorts]
    table = pd.concat([pd.Series(cells, dtype=object) for cells in columns], axis=1).infer_objects()
    table.columns = pd.Index(names)
    form, file = draw(st.sampled_from([*_WRITERS])), io.BytesIO()
    try:
        _WRITERS[form](table, file)
    except Exception:  # no such file can be written
        assume(False)
    do = draw(st.sampled_from([reading.read_table, reading.look_at_table, reading.segment_table]))
    return Input("made table", f"made.{form}", file.getvalue(), do)


@st.composite
def _lines(draw: st.DrawFn) -> Input:
    """A command with arguments of any text."""
    values = st.lists(st.sampled_from(words("values")), max_size=3).map("".join) | st.text(max_size=12)
    arguments = st.builds("{}={}".format, st.sampled_from(words("keys")), values) | st.text(max_size=12)
    command = draw(st.sampled_from(words("commands")))
    said = [one for one in draw(st.lists(arguments, max_size=3)) if "\0" not in one]
    line = "\0".join([command, *said, *(["data.path=nowhere.csv"] if command in ("run", "sweep", "explore") else [])])
    return Input("made line", "line.txt", line.encode(errors="surrogateescape"), reading.type_line)
