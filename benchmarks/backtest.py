"""Segments of one half-year in the next: who stays, who buys again, and whether RFM bands would have told as much.

`python -m benchmarks.backtest [cdnow online_retail]`: a small sweep on what a log knew after its first half-year, the
model that segkit's own rule chooses of it, and the same customers half a year later. What is bought then is told from
the segments as they were, by each fifth of the customers for the others; and the model, as it was fitted, sorts the
customers again by the second half-year alone. RFM bands are fifths of recency, orders and amount, summed, in as many
bands as there are segments; their limits stay, too. See tests/conftest.py for where the logs are.
"""

import sys
import tempfile
import warnings
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from hydra import compose, initialize_config_dir

from benchmarks.real_files import CDNOW_LOG, DATA
from benchmarks.trials import Tried, grid, ranking, weigher
from segkit.config import commands
from segkit.config.datasets import brief_of, load_dataset
from segkit.config.stored import rule_of
from segkit.data import Dataset
from segkit.evidence.next_period import next_period
from segkit.evidence.reading import made_of_log, read_columns
from segkit.evidence.rivals import rivals
from segkit.evidence.usefulness import separation, usefulness
from segkit.places import conf_folder
from segkit.profiles.behaviour import expected_value, segments_then
from segkit.segments import NOISE

Labels = npt.NDArray[np.int64]
GONE = -2  # who bought nothing in the second half-year
_RFM = "features=[recency,orders,amount]"
_PAGES = {
    "online_retail": (f"data.path={DATA / 'online_retail.parquet'}", "data=online_retail"),
    "cdnow": (f"data.path={DATA / 'CDNOW_master.txt'}", "data=table", "data.name=cdnow", *CDNOW_LOG),
}
_CUSTOMERS = ("+data.derive.recency={days_since:last_order}", "+data.use={first_order:leave_out,last_order:leave_out}")
# The last day of the first half-year, and of the second.
_DAYS = {"online_retail": ("2011-06-09", "2011-12-09"), "cdnow": ("1997-06-30", "1997-12-31")}
_RUNS = [
    ["preprocessing=log_skewed", f"reducer={reducer}", f"algorithm={algorithm}", f"k={k}"]
    for reducer, algorithm, k in product(("none", "pca"), ("kmeans", "gmm"), range(3, 8))
]
_DRAWS = 200


@dataclass(frozen=True)
class Halves:
    """One log as known after its first half-year, after both, and of the second alone."""

    before: Dataset
    after: Dataset
    second: Dataset


def halves(page: str, files: tuple[str, ...] = ()) -> Halves:
    """The three data sets of a log; `files` are further overrides."""
    middle, end = _DAYS[page]
    said = [*_PAGES[page], *(_CUSTOMERS if page == "cdnow" else ()), *files, _RFM]
    return Halves(
        load_dataset(compose("run", [*said, f"data.as_of='{middle}'"])),
        load_dataset(compose("run", [*said, f"data.as_of='{end}'"])),
        load_dataset(compose("run", [*said, f"data.as_of='{end}'", f"++data.log.since='{_day_after(middle)}'"])),
    )


def _day_after(day: str) -> str:
    return f"{pd.Timestamp(day) + pd.Timedelta(days=1):%Y-%m-%d}"


def chosen(before: Dataset, runs: list[list[str]], cache: Path) -> Tried:
    """The run that the usual rule and brief choose, or else the one in first place."""
    config = compose("run")
    tried = list(grid(before, cache, runs))
    found = ranking(rule_of(config.selection), brief_of(config.brief), weigher(before, tried), tried)
    first = (found.champion or found.runs[0]).run
    return next(one for one in tried if one.run.run_id == first.run_id)


def rfm_bands(before: Dataset, later: Dataset, bands: int) -> tuple[Labels, Labels]:
    """Bands of the sum of three fifths, 0 the best: of the customers of `before`, and of `later` by the same limits."""
    first, again = _measures(before), _measures(later)
    fifths = first.quantile([0.2, 0.4, 0.6, 0.8])
    limits = np.quantile(_sums(first, fifths), np.arange(1, bands) / bands)
    then, now = (bands - 1 - np.searchsorted(limits, _sums(table, fifths), side="right") for table in (first, again))
    return then, now


def _sums(measures: pd.DataFrame, fifths: pd.DataFrame) -> Labels:
    """In which fifth a customer is of each measure, summed."""
    places = [np.searchsorted(fifths[name], measures[name], side="right") for name in measures]
    return np.sum(places, axis=0, dtype=np.int64)


def _measures(dataset: Dataset) -> pd.DataFrame:
    """Recency, orders and amount: the higher, the better."""
    names = [made_of_log(dataset, name) for name in ("last_order", "orders", "amount")]
    table = read_columns(dataset, names)
    return table.assign(**{names[0]: -table[names[0]]})


def moved(before: Dataset, second: Dataset, then: Labels, now: Labels) -> pd.DataFrame:
    """How many of each segment (rows) are of which half a year later (columns); `GONE` bought nothing since."""
    later = pd.Series(now, index=pd.Index(second.ids)).reindex(pd.Index(before.ids)).fillna(GONE).astype(int)
    return pd.crosstab(pd.Series(then, name="then"), pd.Series(later.to_numpy(), name="later"))


def stayed(table: pd.DataFrame) -> dict[str, float]:
    """Of who came again, the share that is in the same segment, and what chance would give with as many in each."""
    came = table.drop(columns=[GONE, NOISE], errors="ignore").drop(index=NOISE, errors="ignore")
    came = came.reindex(index=(both := came.index.union(came.columns)), columns=both, fill_value=0)
    shares = came / came.to_numpy().sum()
    by_chance = float((shares.sum(axis=1) * shares.sum(axis=0)).sum())
    same = float(np.trace(shares))
    return {"stay": same, "by chance": by_chance, "kappa": (same - by_chance) / (1 - by_chance)}


def lead(ours: Labels, theirs: Labels, targets: pd.DataFrame) -> dict[str, str]:
    """By how much segments separate each target better than others do, with its 95 % interval (bootstrap)."""
    rng, rows = np.random.default_rng(0), np.arange(len(targets))
    drawn = [rows, *rng.choice(rows, size=(_DRAWS, len(rows)))]
    said = {}
    for name in targets:
        gaps = [_gap(ours[part], theirs[part], targets[name].iloc[part]) for part in drawn]
        low, high = np.quantile(gaps[1:], [0.025, 0.975])
        said[str(name)] = f"{gaps[0]:+.3f} ({low:+.3f} to {high:+.3f})"
    return said


def _gap(ours: Labels, theirs: Labels, target: pd.Series) -> float:
    target = target.reset_index(drop=True)
    return separation(ours, target) - separation(theirs, target)


@dataclass(frozen=True)
class Backtest:
    """What came of one log: the chosen run, segments in the next half-year, movement, and both against bands."""

    run: str
    segments: pd.DataFrame
    moved: pd.DataFrame
    against: pd.DataFrame
    lead: dict[str, str]


def backtest(found: Halves, runs: list[list[str]]) -> Backtest:
    """Fit on the first half-year, look at the second."""
    with tempfile.TemporaryDirectory() as cache:
        one = chosen(found.before, runs, Path(cache))
    then, now = segments_then(one.model, found.before), segments_then(one.model, found.second)
    bands = len(np.unique(then[then != NOISE]))
    bands_then, bands_now = rfm_bands(found.before, found.second, bands)
    targets = next_period(found.before, found.after)
    table = moved(found.before, found.second, then, now)
    name = "-".join(word.partition("=")[2] for word in one.run.name.split("-"))
    rows = {
        name: {**usefulness(then, targets), **stayed(table)},
        f"{bands} RFM bands": {
            **usefulness(bands_then, targets),
            **stayed(moved(found.before, found.second, bands_then, bands_now)),
        },
        **{rival.name: usefulness(rival.labels, targets) for rival in rivals(found.before)},
    }
    segments = expected_value(found.before, found.after, then)
    return Backtest(name, segments, table, pd.DataFrame(rows).T, lead(then, bands_then, targets))


def text(page: str, found: Halves, result: Backtest) -> str:
    """The figures for people."""
    named = result.moved.rename(columns={GONE: "bought nothing"})
    return "\n\n".join(
        [
            f"{page}: {len(found.before.table):,} customers by {found.before.as_of}, then to {found.after.as_of}",
            result.segments.drop(columns="everyone").round(2).to_string(index=False),
            named.to_string(),
            result.against.round(3).to_string(na_rep=""),
            "ahead of the bands: " + ", ".join(f"{name} {by}" for name, by in result.lead.items()),
        ]
    )


def main(pages: list[str]) -> None:
    """Measure and print one log after the other."""
    warnings.simplefilter("ignore")  # of fits that a sweep would log
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        for page in pages or _PAGES:
            found = halves(page)
            print(text(page, found, backtest(found, _RUNS)), end="\n\n\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
