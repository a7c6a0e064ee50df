"""`segkit promote`, `rollback` and `models` on a table of the user's: numbers and names that last."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.tracking.registry.versions import find_version, version_labels
from segkit.tracking.store import open_store

DATA = ("data=table", "data.path=shop.csv", "data.use.truth=truth", "reducer=none", "algorithm=kmeans")


@pytest.fixture(scope="module")
def shop(new_folder, command) -> Path:
    """A folder with a table and two runs on it."""
    folder = new_folder()
    make_customers(200).to_csv(folder / "shop.csv", index=False)
    found = [command(folder, "run", *DATA, f"k={k}", "format=json") for k in (4, 5)]
    assert [done.code for done in found] == [0, 0], found[0].err
    (folder / "runs.json").write_text(json.dumps([json.loads(done.out)["run_id"] for done in found]))
    return folder


@pytest.fixture(scope="module")
def ask(shop, command) -> Any:
    """The answer of a command, as values: `ask("promote", "run=...")`."""

    def answer(*words: str) -> Any:
        done = command(shop, *words, "format=json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    return answer


def test_a_new_champion_keeps_the_numbers_and_names_of_the_same_people(shop, command, ask, quick_reports) -> None:
    """One story, because each step needs the one before."""
    four, five = json.loads((shop / "runs.json").read_text())
    names = "\n".join(f"{number}: {{name: Ours {number}, description: About {number}.}}" for number in range(4))
    (shop / "ours.yaml").write_text(names)
    first = ask("promote", f"run={four}", "names=ours.yaml", "by=Ada")
    assert (first["champion"]["version"], first["migration"], first["compared_with"]) == (1, [], None)

    challenger = ask("promote", f"run={five}", "alias=challenger")
    assert (challenger["champion"]["version"], challenger["promoted"]["version"]) == (1, 2)
    second = ask("promote", f"run={five}")
    kept = {number: name for number, name in second["segments"].items() if int(number) < 4}
    assert kept == {number: f"Ours {number}" for number in kept}
    assert 2 <= len(kept) < 5
    assert second["moved_share"] == challenger["moved_share"]

    store = open_store(str(shop / "mlruns"))
    labels = version_labels(store, find_version(store, "shop"))
    before = version_labels(store, find_version(store, "shop/1"))
    moved = pd.DataFrame(second["migration"])
    assert moved["customers"].sum() == 200
    assert (before != labels).mean() == pytest.approx(second["moved_share"])

    report = ask("report", "model=shop")
    assert {str(card["segment"]): card["name"] for card in report["segments"]} == second["segments"]
    assert any(card["paragraph"].startswith("About") for card in report["segments"])
    assert command(shop, "score", "input=shop.csv", "output=scored.csv").code == 0
    scored = pd.read_csv(shop / "scored.csv").set_index("customer_id")
    assert scored["segment"].tolist() == labels.tolist()
    assert dict(zip(scored["segment"].astype(str), scored["segment_name"], strict=True)) == second["segments"]

    assert command(shop, "report", "model=shop", "format=names", "output=version.yaml").code == 0
    refused = command(shop, "promote", f"run={five}", "names=version.yaml")
    assert (refused.code, "goes by the numbers of shop/2" in refused.err) == (2, True)
    (shop / "run.yaml").write_text("\n".join(f"{number}: Mine {number}" for number in range(5)))
    third = ask("promote", f"run={five}", "names=run.yaml")
    run_labels = pd.read_csv(next(shop.glob(f"mlruns/artifacts/{five}/artifacts/tables/labels.csv")))["segment"]
    assert set(zip("Mine " + run_labels.astype(str), labels.astype(str), strict=True)) == {
        (name, number) for number, name in third["segments"].items()
    }

    listed = ask("models")[0]
    assert [(one["version"], one["aliases"]) for one in listed["versions"]] == [
        (3, ["champion"]),
        (2, ["challenger"]),
        (1, []),
    ]
    assert (listed["champions"], listed["versions"][2]["who"]) == ([1, 2, 3], "Ada")
    assert len(command(shop, "models").out.splitlines()) == 7

    (shop / "shop.csv").rename(shop / "moved.csv")
    back = ask("rollback", "steps=2", "by=Eve")
    assert '"by": "Eve"' in ask("models")[0]["versions"][0]["tags"]["segkit.rolled_back"]
    assert (back["champion"]["version"], back["customers_compared"]) == (1, 200)
    assert back["moved_share"] == pytest.approx(second["moved_share"])
    (shop / "moved.csv").rename(shop / "shop.csv")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("promote", "alias=v1"), "alias=v1 cannot be an alias"),
        (("promote", "model=a/b"), "model=a/b cannot be the name of a model"),
        (("promote", "most_moved=2"), "most_moved=2 is no share"),
        (("promote", "run=0000"), "no run 0000"),
        (("rollback", "steps=-1", "model=nobody"), "nobody"),
    ],
)
def test_what_cannot_be_is_refused(shop, command, words, said) -> None:
    done = command(shop, *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
