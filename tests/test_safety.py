"""Every file that sweeping, promoting, editing, monitoring, reporting and exploring leave is opened: no customer's row,
no stray id.
"""

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from segkit.scoring.scorer_file import load_scorer
from tests.opened import opened

pytestmark = pytest.mark.usefixtures("quick_reports")
CUSTOMERS = 211  # a prime: no array is as long by chance
VALUES = ["income", "spend", "balance", "loan"]
OTHER = "Qwertyville"
USES = ("data.use.churned=outcome", "data.use.spend=value")
FEW = "selection.fewest_finalists=2"
SWEEPS = [
    ("preprocessing=donors,quantile", "reducer=none", "algorithm=kmeans,kmedoids,hdbscan", "k=4", FEW),
    ("preprocessing=gower", "reducer=none", "algorithm=kmedoids,affinity_propagation", "k=3", "evidence=false"),
    ("preprocessing=standard", "reducer=pca,kernel_pca", "algorithm=gmm,kmeans", "k=6", "evidence=false"),
]
# Where ids belong: what a run or a version gave each customer, or what they had on a day that was monitored; and the
# list of customers, which is written nowhere but where asked.
LABELS = re.compile(r"mlruns/artifacts/\w+/artifacts/(tables|versions/\d+)/labels\.csv")
LIST = re.compile(r"list-shop-\w+\.csv")
# Where fitted stages are kept for other runs, rows and all, but no ids: on the machine that sweeps, never in the store.
WITH_ROWS = re.compile(r"mlruns/cache/\S+\.skops")


def shop() -> pd.DataFrame:
    """Customers whose values are found again wherever they are; one is far from all others in two columns."""
    rng = np.random.default_rng(5)
    group = rng.integers(0, 3, CUSTOMERS)
    middles = {"income": (3, 5, 8), "spend": (2.5, 7, 6), "balance": (4, 3.5, 9), "loan": (6, 3, 4.5)}
    numbers = {name: np.round(rng.normal(1e5 * np.array(middle)[group], 3e4), 4) for name, middle in middles.items()}
    places = rng.permutation(900_000)[:CUSTOMERS]
    table = pd.DataFrame(
        {
            "customer_id": [f"id-7f3a-{place:06d}" for place in places],
            "who": [f"Zqx von Quark {place:06d}" for place in places],
            **numbers,
            "visits": rng.poisson(np.array([3, 9, 15])[group]),
            "city": np.where(np.arange(CUSTOMERS) < 5, OTHER + places.astype(str), rng.choice(["Ay", "Be"], CUSTOMERS)),
            "churned": (rng.random(CUSTOMERS) < np.array([0.1, 0.3, 0.6])[group]).astype(int),
        }
    )
    table.loc[7, ["income", "loan"]] = [3_912_345.6789, 5_945_678.9123]
    return table.assign(balance=table["balance"].mask(rng.random(CUSTOMERS) < 0.08))


SHOP = shop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, store_template, command) -> Path:
    folder = tmp_path_factory.mktemp("safety")
    shutil.copytree(store_template, folder / "mlruns")
    SHOP.to_csv(folder / "shop.csv", index=False)
    data = ("data=table", "data.path=shop.csv", *USES)
    forms = (("report", f"format={form}") for form in ("html", "xlsx", "sql", "list"))
    sweeps = (("sweep", "hydra/launcher=basic", *data, *axes) for axes in SWEEPS)
    kept = (("promote", "force=true"), ("edit", "lock=0"), ("monitor", "input=shop.csv", "reform=false"))
    for asked in (*sweeps, *kept, *forms, ("explore", *data), ("compare", "format=html")):
        done = command(folder, *asked)
        assert done.code == 0, (asked, done.err)
    return folder


@pytest.fixture(scope="module")
def files(folder):
    """Every file but the table itself and the package's code, opened, by its place."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "shop.csv"]
    places = {str(path.relative_to(folder)): path for path in found}
    return {place: opened(path) for place, path in places.items() if "/code/segkit/" not in place}


def told_of(numbers: np.ndarray) -> np.ndarray:
    """How many of each customer's values are among numbers, be they cut to six digits or to whole ones."""
    said = numbers[np.isfinite(numbers) & (np.abs(numbers) >= 1e5)]
    hits = np.zeros(CUSTOMERS, dtype=int)
    for name in VALUES:
        values = SHOP[name].to_numpy()
        cut = [
            values,
            np.round(values, 2),
            np.round(values, 1),
            np.round(values),
            np.array([float(f"{v:.6g}") for v in values]),
        ]
        hits += np.any([np.isin(one, said) for one in cut], axis=0)
    return hits


def test_what_was_written_is_what_is_looked_at(files):
    endings = {Path(place).suffix for place in files}
    assert {".csv", ".db", ".html", ".png", ".skops", ".sql", ".xlsx", ".yaml"} <= endings
    assert sum(place.endswith("model.skops") for place in files) == 12 + 2
    assert len({place for place in files if LABELS.fullmatch(place)}) == 12 + 2 + 1
    assert any(told_of(SHOP.loc[[3], VALUES].to_numpy().ravel()) == len(VALUES))


def test_ids_stand_only_where_they_belong(files):
    for place, found in files.items():
        assert ("id-7f3a-" in found.text) == bool(LABELS.fullmatch(place) or LIST.fullmatch(place)), place


def test_names_and_towns_that_one_customer_has_stand_nowhere(files):
    for place, found in files.items():
        assert "von Quark" not in found.text, place
        assert OTHER not in found.text or LIST.fullmatch(place), place


def test_no_file_tells_more_than_two_values_of_a_customer(files):
    """Extremes and medians of a column are somebody's, but not all of one customer's."""
    for place, found in files.items():
        assert told_of(found.numbers).max() < 3 or LIST.fullmatch(place), place


def test_nothing_has_an_entry_for_every_customer_but_labels_the_list_and_the_cache(files):
    for place, found in files.items():
        lengths = {length for array in found.arrays for length in array.shape}
        assert CUSTOMERS not in lengths or WITH_ROWS.fullmatch(place), place
        rows = max(text.count("\n") for text in found.texts) if place.endswith(".csv") else 0
        assert rows < CUSTOMERS or LABELS.fullmatch(place) or LIST.fullmatch(place), place


def test_no_model_holds_a_customer_as_its_matrix_shows_him(folder, files):
    """Medoids, exemplars and the centre of a lone customer are customers."""
    models = [place for place in files if place.endswith("model.skops")]
    held = 0
    for place in models:
        scorer = load_scorer(folder / place)
        matrix = scorer.matrix(SHOP)
        embed = getattr(scorer.assigner, "_embed", None)
        for space in (matrix, *((embed(matrix),) if embed else ())):
            for array in (
                array for array in files[place].arrays if array.ndim == 2 and array.shape[1] == space.shape[1]
            ):
                apart = np.abs(array[:, None, :] - space[None, :, :]).max(axis=2)
                assert apart.min() > 1e-6, place
                held += 1
    assert held


def test_a_customer_in_whatever_file_would_be_found(tmp_path):
    row = SHOP.loc[3, VALUES].to_numpy(dtype=float)
    words = " ".join(map(repr, row.tolist()))
    np.save(tmp_path / "row.npy", row)
    np.savez_compressed(tmp_path / "row.npz", row=row)
    SHOP.loc[[3]].to_parquet(tmp_path / "row.parquet")
    SHOP.loc[[3]].to_excel(tmp_path / "row.xlsx")
    (tmp_path / "row.html").write_text(" ".join(f"{value:,.1f}" for value in row))
    info = PngInfo()
    info.add_text("who", words)
    Image.new("L", (2, 2)).save(tmp_path / "row.png", pnginfo=info)
    for path in tmp_path.iterdir():
        assert told_of(opened(path).numbers).max() == len(VALUES), path
    (tmp_path / "row.pkl").write_bytes(b"\x80\x05\x95")
    with pytest.raises(UnicodeDecodeError):
        opened(tmp_path / "row.pkl")
