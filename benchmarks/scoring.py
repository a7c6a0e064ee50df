"""Customers a second and memory of `segkit score`, by the length of the table and where it comes from and goes to.

`python -m benchmarks.scoring [ROWS ...]`, 100,000 and 1,000,000 unless given. Seconds are of the processor, without
those of an empty start; memory is the peak of the process, which an empty start takes most of.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measured import SEGKIT, Cost, cost_of, write_customers
from segkit.data import make_customers

ROWS = (100_000, 1_000_000)
_PIECE = 250_000
_FIT = [SEGKIT, "sweep", "data=table", "data.path=fit.csv", "algorithm=kmeans", "k=5", "evidence=false"]


def main(sizes: tuple[int, ...]) -> None:
    """Fit one model, then score tables of growing length in each way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_customers(folder / "fit.csv", 2_000)
        write_pieces(folder, 1_000)
        for command in (_FIT, [SEGKIT, "promote", "force=true"]):
            checked(command, folder)
        start = checked(ways()["csv -> csv"], folder)
        print(f"{'':28}{'rows':>12}{'seconds':>10}{'a second':>12}{'peak MB':>10}")
        print(f"{'start':28}{'1,000':>12}{start.cpu:>10.1f}{'':>12}{start.peak:>10.0f}")
        for rows in sizes:
            write_pieces(folder, rows)
            for way, command in ways().items():
                cost = checked(command, folder)
                seconds = max(cost.cpu - start.cpu, 0.1)
                print(f"{way:28}{rows:>12,}{seconds:>10.1f}{rows / seconds:>12,.0f}{cost.peak:>10.0f}", flush=True)


def ways() -> dict[str, list[str]]:
    """The commands, by what they measure."""
    into = "output=sqlite:///out.db"
    table = [into, "output_table=scored", "replace=true"]
    return {
        "csv -> csv": [SEGKIT, "score", "input=new.csv", "output=out.csv"],
        "csv -> csv, outliers": [SEGKIT, "score", "input=new.csv", "output=out.csv", "outlier=true"],
        "parquet -> parquet": [SEGKIT, "score", "input=new.parquet", "output=out.parquet"],
        "csv -> sqlite": [SEGKIT, "score", "input=new.csv", *table],
        "sqlite -> csv": [
            SEGKIT,
            "score",
            into.replace("output", "input"),
            "query=SELECT * FROM new",
            "output=out.csv",
        ],
    }


def checked(command: list[str], folder: Path) -> Cost:
    """What a command costs that must work."""
    cost = cost_of(command, folder)
    if cost.code:
        sys.exit(cost.out)
    return cost


def write_pieces(folder: Path, rows: int) -> None:
    """New customers as CSV, Parquet and a table of a database, a piece at a time."""
    with (folder / "new.csv").open("w", newline="") as text, sqlite3.connect(folder / "out.db") as database:
        parquet = None
        for number, piece in enumerate(pieces(rows)):
            piece.to_csv(text, index=False, header=not number)
            piece.to_sql("new", database, index=False, if_exists="append" if number else "replace")
            table = pa.Table.from_pandas(piece, preserve_index=False)
            parquet = parquet or pq.ParquetWriter(folder / "new.parquet", table.schema)
            parquet.write_table(table.cast(parquet.schema))
        if parquet:
            parquet.close()


def pieces(rows: int) -> Iterator[pd.DataFrame]:
    """So many customers with ids of their own."""
    for start in range(0, rows, _PIECE):
        piece = make_customers(min(_PIECE, rows - start), seed=start + 1)
        piece = piece.drop(columns=["truth", "response", "spend_total"])
        yield piece.assign(customer_id=[f"C{start + place:08d}" for place in range(len(piece))])


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or ROWS)
