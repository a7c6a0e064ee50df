"""Every real table loads, as it is and as its page describes it, and is swept without a failure.

With UMAP and more k, and with seconds and memory, in benchmarks/real_files.py.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hydra import compose, initialize_config_dir

from segkit.config import commands
from segkit.config.datasets import load_dataset
from segkit.data import Dataset
from segkit.places import conf_folder

CDNOW_LOG = (
    *("data.log.customer=customer_id", "data.log.date=date"),
    *("data.log.quantity=number_of_cds", "data.log.amount=dollar_value"),
)
RETAIL_LOG = (
    *("data.log.customer=CustomerID", "data.log.date=InvoiceDate", "data.log.order=InvoiceNo"),
    *("data.log.quantity=Quantity", "data.log.price=UnitPrice", "data.log.cancelled=C"),
)
# A mixture is the pickier method: of what k-means takes it refuses much.
# Of files larger than a megabyte the first lines do: it is what stands in them that is tried.
LARGE, FIRST = 1_000_000, 6001
AXES = ("preprocessing=standard,log_skewed", "reducer=none,pca", "algorithm=gmm", "k=3")


class Case(NamedTuple):
    """A file, read as a page of conf/data describes it and as what more is said."""

    file: str
    page: str = "table"
    said: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file} as {'log' if self.said else self.page}"


MALL, WHOLESALE, CARDS = Case("Mall_Customers.csv"), Case("Wholesale_customers.csv"), Case("CC_GENERAL.csv")
CAMPAIGN, CHURN, BANK = Case("marketing_campaign.csv"), Case("Churn_Modelling.csv"), Case("bank-full.csv")
CDNOW, RETAIL = Case("CDNOW_master.txt"), Case("online_retail.parquet")
OF_EXCEL = Case("variants/variant_marketing_excel_sep_line.csv")
OF_ISO = Case("variants/variant_marketing_semicolon_bom_iso.csv")
LATIN, DIRTY = Case("variants/variant_wholesale_latin1_extra_cols.csv"), Case("variants/variant_Churn_10002_dirty.csv")
# The customers of each, and the columns that are segmented on.
LOADED = {
    MALL: (200, 3),
    MALL._replace(page="mall"): (200, 3),
    WHOLESALE: (440, 8),
    WHOLESALE._replace(page="wholesale"): (440, 6),
    LATIN: (440, 8),
    LATIN._replace(page="wholesale"): (440, 6),
    CAMPAIGN: (2240, 24),
    CAMPAIGN._replace(page="customer_personality"): (2240, 20),
    OF_EXCEL: (2240, 24),
    OF_EXCEL._replace(page="customer_personality"): (2240, 20),
    OF_ISO: (2240, 24),
    OF_ISO._replace(page="customer_personality"): (2240, 20),
    CARDS: (8950, 16),
    CARDS._replace(page="credit_card"): (8950, 16),
    CHURN: (10000, 9),
    CHURN._replace(page="bank_churn"): (10000, 9),
    DIRTY: (10002, 9),
    DIRTY._replace(page="bank_churn"): (10002, 9),
    BANK: (45211, 16),
    CDNOW: (69659, 3),
    CDNOW._replace(said=CDNOW_LOG): (23502, 8),
    RETAIL: (541909, 5),
    RETAIL._replace(page="online_retail"): (4338, 3),
    RETAIL._replace(said=RETAIL_LOG): (4338, 9),
}
# Each file once, as it is described best.
SWEPT = [
    MALL._replace(page="mall"),
    WHOLESALE._replace(page="wholesale"),
    CAMPAIGN._replace(page="customer_personality"),
    CARDS._replace(page="credit_card"),
    CHURN._replace(page="bank_churn"),
    BANK,
    CDNOW._replace(said=CDNOW_LOG),
    RETAIL._replace(page="online_retail"),
    RETAIL._replace(said=RETAIL_LOG),
]


@pytest.fixture
def loaded(real_data) -> Callable[[Case], Dataset]:
    """Loads a real file as the command `segkit run` does."""
    commands.register()

    def load(case: Case) -> Dataset:
        path = f"data.path='{real_data(case.file)}'"
        with initialize_config_dir(str(conf_folder()), version_base="1.3"):
            return load_dataset(compose("run", [f"data={case.page}", path, *case.said]))

    return load


@pytest.mark.parametrize(("case", "expected"), LOADED.items(), ids=map(str, LOADED))
def test_a_real_table_loads(loaded, case, expected):
    dataset = loaded(case)
    assert (len(dataset.table), len(dataset.feature_columns)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("case", SWEPT, ids=str)
def test_a_real_table_is_swept_without_a_failure(real_data, segkit, own_place, store, case):
    path = real_data(case.file)
    if path.suffix in (".csv", ".txt") and path.stat().st_size > LARGE:
        (own_place / path.name).write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:FIRST]))
        path = own_place / path.name
    outcome = segkit(
        *("sweep", f"data={case.page}", f"data.path={path}", *case.said, *AXES),
        *("silhouette_rows=1000", "selection.fewest_finalists=2", "hydra/launcher=basic"),
    )
    assert outcome.code == 0, outcome.err
    found = json.loads(segkit("compare", "format=json").out)
    assert (len(found["runs"]), found["failed"]) == (4, [])
    assert all(run["metrics"]["segments"] > 1 for run in found["runs"])
    assert "no evidence on" not in outcome.err


CUSTOMERS_OF_A_LOG = """
import resource, sys
from segkit.data import LogColumns, make_dataset
from segkit.data.read import read
log = LogColumns("CustomerID", "InvoiceDate", "InvoiceNo", "Quantity", "UnitPrice", cancelled="C")
print(len(make_dataset("retail", read(sys.argv[1]).table, log=log).table))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_half_a_million_lines_become_customers_within_two_gigabytes(real_data):
    """How long it takes is measured in benchmarks/real_files.py."""
    command = [sys.executable, "-c", CUSTOMERS_OF_A_LOG, str(real_data(RETAIL.file))]
    done = subprocess.run(command, capture_output=True, text=True)
    customers, kilobytes = map(int, done.stdout.split())
    assert customers == 4338
    assert kilobytes < 2_000_000
