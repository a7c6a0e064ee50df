"""Which ways are asked, and what comes out as a table."""

import pandas as pd

from segkit.choosing import suggestions


def test_each_way_that_has_something_to_read_is_one_row(curve) -> None:
    found = suggestions(curve)
    assert list(found.columns) == ["criterion", "k", "why"]
    assert dict(zip(found["criterion"], found["k"], strict=True)) == {
        "elbow": 4,
        "silhouette": 4,
        "Davies-Bouldin": 5,
        "Calinski-Harabasz": 4,
        "stability": 4,
    }


def test_a_measure_known_at_two_k_is_not_read(curve) -> None:
    few = curve.assign(prediction_strength=[0.9, 0.9, None, None, None], bic=[5.0, 4.0, 3.0, None, None])
    named = set(suggestions(few)["criterion"])
    assert "BIC" in named
    assert "prediction strength" not in named


def test_the_gap_reads_k_1_which_no_other_measure_knows(curve) -> None:
    gaps = pd.DataFrame({"gap": [2.0, 1.0, 1.0], "gap_error": 0.1}, pd.Index([1, 2, 3], name="k"))
    found = suggestions(curve.join(gaps, how="outer")).set_index("criterion")
    assert found.loc["gap", "k"] == 1
    assert found.loc["silhouette", "k"] == 4


def test_a_way_that_names_none_stands_there_without_k(curve) -> None:
    found = suggestions(curve.assign(inertia=[5.0, 4.0, 3.0, 2.0, 1.0])).set_index("criterion")
    assert pd.isna(found.loc["elbow", "k"])
    assert "straight" in found.loc["elbow", "why"]


def test_nothing_measured_is_an_empty_table() -> None:
    found = suggestions(pd.DataFrame(index=pd.Index([2, 3, 4], name="k")))
    assert found.empty
    assert found["k"].dtype == "Int64"
