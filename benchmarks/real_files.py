"""Sweeps every real table (see tests/conftest.py for where they are): seconds, peak memory, outcome.

First how long 541,909 lines of invoices take to become 4,338 customers, which has to stay below 10 seconds and 2 GB.

`python benchmarks/real_files.py [part of a name ...]`: 2 preprocessings x 2 reducers x 2 algorithms x 3 k, one worker.
The store of each sweep is thrown away.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("SEGKIT_DATA", ROOT.parent / "shared" / "data"))
SEGKIT = str(Path(sys.executable).parent / "segkit")
AXES = ("preprocessing=standard,log_skewed", "reducer=none,umap", "algorithm=kmeans,gmm", "k=3,4,5")
# UMAP on half a million rows takes hours, and lines of invoices are no customers.
STRAIGHT = ("preprocessing=standard,log_skewed", "reducer=none,pca", "algorithm=kmeans,gmm", "k=3,4,5")
CDNOW_LOG = (
    *("data.log.customer=customer_id", "data.log.date=date"),
    *("data.log.quantity=number_of_cds", "data.log.amount=dollar_value"),
)
RETAIL_LOG = (
    *("data.log.customer=CustomerID", "data.log.date=InvoiceDate", "data.log.order=InvoiceNo"),
    *("data.log.quantity=Quantity", "data.log.price=UnitPrice", "data.log.cancelled=C"),
)


CUSTOMERS_OF_A_LOG = """
import sys, time
from segkit.data import LogColumns, make_dataset
from segkit.data.read import read
start = time.perf_counter()
log = LogColumns("CustomerID", "InvoiceDate", "InvoiceNo", "Quantity", "UnitPrice", "", "StockCode", cancelled="C")
customers = len(make_dataset("retail", read(sys.argv[1]).table, log=log).table)
print(customers, time.perf_counter() - start)
"""


class Case(NamedTuple):
    """A table, read as a page of conf/data describes it and as what more is said."""

    file: str
    page: str = "table"
    said: tuple[str, ...] = ()
    axes: tuple[str, ...] = AXES

    def __str__(self) -> str:
        return f"{self.file} as {'log' if self.said else self.page}"


CASES = (
    Case("Mall_Customers.csv"),
    Case("Mall_Customers.csv", "mall"),
    Case("Wholesale_customers.csv"),
    Case("Wholesale_customers.csv", "wholesale"),
    Case("variants/variant_wholesale_latin1_extra_cols.csv"),
    Case("variants/variant_wholesale_latin1_extra_cols.csv", "wholesale"),
    Case("marketing_campaign.csv"),
    Case("marketing_campaign.csv", "customer_personality"),
    Case("variants/variant_marketing_excel_sep_line.csv"),
    Case("variants/variant_marketing_excel_sep_line.csv", "customer_personality"),
    Case("variants/variant_marketing_semicolon_bom_iso.csv"),
    Case("variants/variant_marketing_semicolon_bom_iso.csv", "customer_personality"),
    Case("CC_GENERAL.csv"),
    Case("CC_GENERAL.csv", "credit_card"),
    Case("Churn_Modelling.csv"),
    Case("Churn_Modelling.csv", "bank_churn"),
    Case("variants/variant_Churn_10002_dirty.csv"),
    Case("variants/variant_Churn_10002_dirty.csv", "bank_churn"),
    Case("online_retail.parquet", "online_retail"),
    Case("online_retail.parquet", "table", RETAIL_LOG),
    Case("CDNOW_master.txt", "table", CDNOW_LOG),
    Case("bank-full.csv"),
    Case("CDNOW_master.txt"),
    Case("online_retail.parquet", axes=STRAIGHT),
)


class Swept(NamedTuple):
    """What came of a sweep."""

    case: Case
    seconds: float
    gigabytes: float
    code: int
    runs: int
    failed: int


def swept(case: Case) -> Swept:
    """One sweep in a folder of its own."""
    arguments = ["sweep", f"data={case.page}", f"data.path={DATA / case.file}", *case.said, *case.axes]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with open(Path(folder) / "said.txt", "w") as said:
            process = subprocess.Popen(
                [SEGKIT, *arguments, "hydra/launcher=basic"], cwd=folder, stdout=said, stderr=subprocess.STDOUT
            )
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        found = subprocess.run([SEGKIT, "compare", "format=json"], cwd=folder, capture_output=True, text=True)
        if code:
            print((Path(folder) / "said.txt").read_text()[-2000:], file=sys.stderr)
    ranked = json.loads(found.stdout or '{"runs": [], "failed": []}')
    return Swept(case, seconds, used.ru_maxrss / 1e6, code, len(ranked["runs"]), len(ranked["failed"]))


def print_customers_of_a_log() -> None:
    """Seconds and peak memory, the file read included and Python's start not."""
    command = [sys.executable, "-c", CUSTOMERS_OF_A_LOG, str(DATA / "online_retail.parquet")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    customers, seconds = process.communicate()[0].split()
    gigabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"541,909 lines made {int(customers):,} customers: {float(seconds):.1f} s, {gigabytes:.2f} GB\n", flush=True)


def main() -> None:
    """Print the table, line by line."""
    wanted = sys.argv[1:] or [""]
    print_customers_of_a_log()
    print(f"{'table':<72} {'seconds':>8} {'GB':>5} {'exit':>4} {'runs':>4} {'failed':>6}", flush=True)
    for case in CASES:
        if any(part in str(case) for part in wanted):
            found = swept(case)
            figures = f"{found.seconds:8.0f} {found.gigabytes:5.2f} {found.code:4d} {found.runs:4d} {found.failed:6d}"
            print(f"{case!s:<72} {figures}", flush=True)


if __name__ == "__main__":
    main()
