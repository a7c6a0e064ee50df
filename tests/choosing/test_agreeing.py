"""How far the ways agree, in words."""

import pandas as pd
import pytest

from segkit.choosing import agreed_k, on_k, sentence
from segkit.records import FINISHED, RunRecord

WAYS = ["elbow", "silhouette", "Davies-Bouldin", "gap", "stability", "BIC"]


def said(*ks: int | None) -> pd.DataFrame:
    return pd.DataFrame({"criterion": WAYS[: len(ks)], "k": pd.array(ks, dtype="Int64"), "why": ""})


@pytest.mark.parametrize(
    ("ks", "agreed", "words"),
    [
        ((4, 4, 4), 4, "all 3 ways say 4"),
        ((3, 4, 4, 4), 4, "3 of 4 ways say 4; the elbow says 3"),
        ((3, 4, 4, 4, 3), 4, "3 of 5 ways say 4; the elbow and stability say 3"),
        ((3, 4, 4, 1, 4), 4, "3 of 5 ways say 4; the gap says 1 (no segments), the elbow 3"),
        ((None, 4, 4), 4, "all 2 ways say 4"),
        ((1, 1, 4), 1, "2 of 3 ways say 1 (no segments); Davies-Bouldin says 4"),
        ((3, 4, 5), None, "the ways do not agree: the elbow says 3, the silhouette 4, Davies-Bouldin 5"),
        ((3, 3, 5, 5), None, "the ways do not agree: 2 of 4 ways say 3, 2 say 5"),
        (
            (3, 3, 5, 6, 7),
            None,
            "the ways do not agree: 2 of 5 ways say 3; Davies-Bouldin says 5, the gap 6, stability 7",
        ),
        ((7,), 7, "only the elbow says 7"),
        ((None, None), None, ""),
        ((), None, ""),
    ],
    ids=str,
)
def test_the_sentence_says_how_many_of_how_many(ks, agreed, words) -> None:
    assert agreed_k(said(*ks)) == agreed
    assert sentence(said(*ks)) == words


def run(algorithm: str) -> RunRecord:
    params = {"preprocessing": "standard", "reducer": "none", "algorithm": algorithm, "k": "3"}
    return RunRecord("id", "name", FINISHED, params)


def test_the_line_speaks_of_the_best_runs_pipeline_alone() -> None:
    both = [said(4, 4).assign(pipeline="standard-none-kmeans"), said(7, 7).assign(pipeline="standard-none-gmm")]
    table = pd.concat(both)
    assert on_k(table, run("kmeans")) == "k: all 2 ways say 4 (standard-none-kmeans)."
    assert on_k(table, run("hdbscan")) == ""
    assert on_k(None, run("kmeans")) == on_k(table, None) == ""
