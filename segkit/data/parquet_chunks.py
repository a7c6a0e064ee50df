"""Parquet files in chunks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from segkit.data.wanted import Wanted
from segkit.errors import UserError


class ParquetFiles:
    """Files of one kind as a source of chunks; see `segkit.data.sources.Source`."""

    notes: tuple[str, ...] = ()

    def __init__(self, source: str, files: Mapping[str, Path]) -> None:
        self._files = files
        heads = {name: _opened(name, file) for name, file in files.items()}
        self.columns = _names(next(iter(heads.values())))
        self.rows: int | None = sum(head.metadata.num_rows for head in heads.values())
        for head in heads.values():
            if odd := sorted({*self.columns} ^ {*_names(head)}):
                problem = f"the files of {source} differ in columns: {', '.join(odd[:5])}"
                raise UserError(problem, "name files of one kind")
        if not self.rows:
            raise UserError(f"{source} has no rows", "give a table with at least one customer")

    def chunks(self, wanted: Wanted, rows: int) -> Iterator[pd.DataFrame]:
        """What is wanted of them, so many rows at a time."""
        columns = list(wanted.columns)
        for name, file in self._files.items():
            with _opened(name, file) as opened:
                for batch in opened.iter_batches(rows, columns=columns):
                    frame = batch.to_pandas()
                    whole = {one: _exact(batch.column(one)) for one in wanted.exact}
                    yield frame.reset_index(drop=True).assign(**whole)[columns]


def _opened(name: str, file: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(file, pre_buffer=False)  # what is read ahead would stay until the end
    except (pa.ArrowException, OSError) as error:
        raise UserError(f"{name} cannot be read as Parquet: {str(error).splitlines()[0][:200]}") from error


def _names(opened: Any) -> list[str]:
    return [str(name) for name in opened.schema_arrow.names]


def _exact(column: Any) -> pd.Series:
    return pd.Series(column.to_pandas(integer_object_nulls=True))
