"""`segkit forget`: shows where a customer is named, and takes exactly these rows away when told to."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.opened import opened

WHO, OTHER = "id-77-x", "id-78-x"


@pytest.fixture
def swept(own_place, store, segkit) -> Path:
    rows = range(90)
    ids = [f"id-{row}-x" for row in rows]
    table = pd.DataFrame({"customer_id": ids, "spend": [row % 3 * 40 + row % 7 for row in rows]})
    table.assign(visits=[row % 3 * 5 + row % 4 for row in rows]).to_csv("shop.csv", index=False)
    for k in ("k=2", "k=3"):
        assert segkit("run", "data=table", "data.path=shop.csv", k, "evidence=false").code == 0
    return own_place


def naming(folder: Path, customer: str) -> list[str]:
    files = [path for path in (folder / "mlruns").rglob("*") if path.is_file()]
    return sorted(str(path) for path in files if customer in opened(path).text and "/code/" not in str(path))


def test_a_customer_is_shown_then_forgotten_and_nobody_else(swept, segkit) -> None:
    before = naming(swept, WHO)
    assert len(before) == 2
    assert before == naming(swept, OTHER)
    shown = segkit("forget", f"id={WHO}")
    assert shown.code == 0, shown.err
    assert "2 tables" in shown.out
    assert "sure=true" in shown.out
    assert naming(swept, WHO) == before
    kept = {path: Path(path).read_text() for path in before}
    done = json.loads(segkit("forget", f"id={WHO}", "sure=true", "format=json").out)
    assert done["removed"]
    assert [trace["rows"] for trace in done["traces"]] == [1, 1]
    assert naming(swept, WHO) == []
    for path, text in kept.items():
        assert Path(path).read_text().splitlines() == [line for line in text.splitlines() if not line.startswith(WHO)]
    assert not list((swept / "mlruns" / "cache").glob("*.skops"))
    assert json.loads(segkit("forget", f"id={WHO}", "format=json").out)["traces"] == []


def test_who_is_killed_amid_a_table_leaves_it_whole_and_the_same_again_finishes(swept, segkit, monkeypatch) -> None:
    before = {path: Path(path).read_text() for path in naming(swept, WHO)}
    to_csv = pd.DataFrame.to_csv

    def killed(table: pd.DataFrame, place: Path, **how: bool) -> None:
        to_csv(table.head(), place, **how)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pd.DataFrame, "to_csv", killed)
        assert segkit("forget", f"id={WHO}", "sure=true").code == 130
    assert {path: Path(path).read_text() for path in before} == before
    assert segkit("forget", f"id={WHO}", "sure=true").code == 0
    assert naming(swept, WHO) == []
    assert len(naming(swept, OTHER)) == len(before)


def test_without_an_id_or_a_store_nothing_is_done(own_place, segkit) -> None:
    assert segkit("forget").code == 2
    assert segkit("forget", "id=1").code == 2
    assert list(own_place.iterdir()) == []
