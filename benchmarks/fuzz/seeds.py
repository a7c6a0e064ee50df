"""Good files, which accidents then happen to."""

import gzip
import io
from collections.abc import Mapping
from pathlib import Path

from benchmarks.bad_input import files
from segkit.places import conf_folder

_GROUPS = ("algorithm", "preprocessing", "reducer", "data", "brief", "selection", "experiment")


def tables() -> Mapping[str, bytes]:
    """The same good table in every form that is read, by file name."""
    table = files.numbers().assign(plan=list("abc") * 20, born="1980-02-01", note="two words", customer_id=range(60))
    parquet, workbook, text = io.BytesIO(), io.BytesIO(), table.to_csv(index=False)
    table.to_parquet(parquet)
    table.head(20).to_excel(workbook, index=False)
    return {
        "a.csv": text.encode(),
        "b.csv": text.replace(",", ";").replace(".", ",").encode("utf-16"),
        "c.txt": text.replace(",", " ").encode(),
        "d.csv.gz": gzip.compress(text.encode()),
        "e.parquet": parquet.getvalue(),
        "f.xlsx": workbook.getvalue(),
    }


def pages() -> Mapping[str, bytes]:
    """The pages that can be chosen, by where a page of one's own would lie instead."""
    found = [path for group in _GROUPS for path in sorted((conf_folder() / group).glob("*.yaml"))]
    return {f"conf/{path.parent.name}/own_{path.stem}.yaml": path.read_bytes() for path in found}


def models(store: Path) -> list[bytes]:
    """The model files of a store."""
    return [path.read_bytes() for path in sorted(store.rglob("model.skops"))]
