"""A data set as plain values and arrays, which can be written to disk and mapped, and the data set of these."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from segkit.data.columns import Column
from segkit.data.dataset import Dataset
from segkit.data.recipes import Recipe
from segkit.data.transactions import LogColumns

_FIELDS = ("name", "source", "hash", "as_of", "notes", "without_purchase")
_BUFFERS = ("known", "starts", "letters")  # of a text: which are there, where each begins, all of them in a row


def dataset_values(dataset: Dataset) -> dict[str, Any]:
    """The data set's fields and the arrays of its table; empty where a column is of a type that arrays cannot hold."""
    columns = {str(name): _values(dataset.table[name]) for name in dataset.table}
    if not all(columns.values()):
        return {}
    said = {name: getattr(dataset, name) for name in _FIELDS}
    said |= {"columns": [asdict(column) for column in dataset.columns], "blocks": dict(dataset.blocks)}
    return said | {"log": asdict(dataset.log) if dataset.log else None, "table": columns}


def dataset_of(values: Mapping[str, Any]) -> Dataset:
    """The data set of what `dataset_values` gave; its table lies in the arrays themselves, not in copies of them."""
    table = pd.DataFrame({name: _column(content) for name, content in values["table"].items()}, copy=False)
    columns = tuple(_understood(column) for column in values["columns"])
    log = LogColumns(**values["log"]) if values["log"] else None
    said = {name: values[name] for name in _FIELDS}
    return Dataset(table=table, columns=columns, blocks=values["blocks"], log=log, **said)


def _understood(values: Mapping[str, Any]) -> Column:
    column = Column(**values)
    return replace(column, recipe=Recipe(**values["recipe"])) if values["recipe"] else column


def _values(column: pd.Series) -> dict[str, Any]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufM":
        return {"values": column.to_numpy()}
    return _text_values(column) if _is_arrow_text(column.dtype) else {}


def _is_arrow_text(dtype: Any) -> bool:
    """Whether it is pandas' usual type for text, in which a missing one is NaN."""
    return isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow" and dtype.na_value is np.nan


def _text_values(column: pd.Series) -> dict[str, Any]:
    text = pa.chunked_array([pa.array(column.array)]).cast(pa.large_string()).combine_chunks()
    if text.offset:  # a part of a longer array, whose start would be kept too
        text = pa.concat_arrays([text, text[:0]])
    known, starts, letters = text.buffers()
    buffers = {"starts": starts, "letters": letters} | ({"known": known} if known else {})
    return {"rows": len(text)} | {name: np.frombuffer(buffer, dtype=np.uint8) for name, buffer in buffers.items()}


def _column(content: Mapping[str, Any]) -> Any:
    if "values" in content:
        return content["values"]
    known, starts, letters = (pa.py_buffer(content[name]) if name in content else None for name in _BUFFERS)
    text = pa.LargeStringArray.from_buffers(content["rows"], starts, letters, known)
    return pd.array(text, dtype=pd.StringDtype("pyarrow", na_value=np.nan))
