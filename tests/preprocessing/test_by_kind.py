"""Typed columns to a matrix without gaps, each step named by a word."""

import io
import itertools
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
import skops.io
import yaml
from scipy.spatial.distance import cdist, pdist
from sklearn.base import clone
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.impute import KNNImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    SplineTransformer,
)

from segkit.data import make_customers
from segkit.errors import UserError
from segkit.places import conf_folder
from segkit.preprocessing import ByKind, TypedColumns
from segkit.preprocessing.donors import PrototypeImputer
from segkit.preprocessing.levels import NumberedLevels
from segkit.preprocessing.rows import Complete, Typical, Within
from segkit.trusted import TRUSTED_TYPES

WORDS = {
    "gaps": ["median", "mean", "mode", "donors", "drop"],
    "outliers": ["keep", "clip", "clip_iqr", "drop"],
    "logs": ["none", "skewed", "all"],
    "scaler": ["standard", "robust", "minmax", "quantile", "power", "none"],
    "encoder": ["one_hot", "label", "frequency"],
}
EACH_WORD = [{step: word} for step, choices in WORDS.items() for word in choices]
SCALED = [{"scaler": scaler, "outliers": word} for scaler, word in itertools.product(WORDS["scaler"], ["keep", "clip"])]
# The values of numbers as they come in, and nothing else.
PLAIN = {"scaler": "none"}


def described(choices: dict) -> str:
    return "-".join(f"{step}={word}" for step, word in choices.items())


def fitted(table: pd.DataFrame, **choices: object) -> Pipeline:
    return make_pipeline(TypedColumns(), ByKind(**choices)).fit(table)


def refusal(table: pd.DataFrame, **choices: object) -> str:
    with pytest.raises(UserError) as raised:
        fitted(table, **choices)
    return str(raised.value)


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame({"spend": [1.0, 3.0, 5.0, 7.0, 9.0, 11.0], "plan": ["a", "b", "c"] * 2})


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    """300 typed rows with gaps, a long tail, a constant, a rare flag and empty columns."""
    typed = TypedColumns().fit_transform(make_customers(300).drop(columns=["customer_id", "truth"]))
    rng = np.random.default_rng(0)
    tail, flag = rng.lognormal(4, 2, 300), (np.arange(300) < 2).astype(float)
    awkward = {"tail": tail, "flag": flag, "constant": 0.1, "empty": np.nan, "silent": np.array([np.nan] * 300, object)}
    typed = typed.assign(**awkward)
    typed.loc[::7, "tail"] = np.nan
    return typed


def test_numbers_are_standardised_and_categories_are_one_hot(table: pd.DataFrame) -> None:
    step = fitted(table)
    matrix = step.transform(table)
    assert list(step[-1].get_feature_names_out()) == ["spend", "plan_a", "plan_b", "plan_c"]
    assert matrix[:, 0] == pytest.approx((table["spend"] - 6) / table["spend"].std(ddof=0))
    np.testing.assert_array_equal(matrix[:, 1:], np.vstack([np.eye(3)] * 2))


def test_a_step_takes_a_transformer(table: pd.DataFrame) -> None:
    chosen = {"gaps": KNNImputer(), "outliers": FunctionTransformer(), "scaler": MaxAbsScaler()}
    matrix = fitted(table, **chosen, encoder=OrdinalEncoder()).transform(table)
    np.testing.assert_allclose(matrix, np.c_[table["spend"] / 11, [0, 1, 2] * 2])


@pytest.mark.parametrize(("gaps", "expected"), [("median", 3.0), ("mean", 4.0), ("mode", 2.0), ("drop", 3.0)])
def test_gaps_in_numbers_are_filled_as_asked(gaps: str, expected: float) -> None:
    step = fitted(pd.DataFrame({"x": [2.0, 2.0, 3.0, 4.0, 9.0]}), gaps=gaps, **PLAIN)
    assert step.transform(pd.DataFrame({"x": [np.nan]})).tolist() == [[expected]]


def test_donors_fill_from_similar_customers() -> None:
    x = np.repeat([0.0, 10.0], 30)
    step = fitted(pd.DataFrame({"x": x, "y": x * 3 + 1}), gaps="donors", **PLAIN)
    newcomers = pd.DataFrame({"x": [0.5, 9.0], "y": [np.nan, np.nan]})
    np.testing.assert_allclose(step.transform(newcomers)[:, 1], [1, 31])


def test_a_number_that_had_gaps_gets_a_column_that_says_so() -> None:
    frame = pd.DataFrame({"x": [1.0, np.nan, 3.0], "y": [1.0, 2.0, 3.0], "plan": ["a", None, "b"]})
    step = ByKind(indicate=True, **PLAIN).fit(frame)
    matrix = pd.DataFrame(step.transform(frame), columns=step.get_feature_names_out())
    assert list(matrix.columns)[:3] == ["x", "y", "x_missing"]
    assert matrix["x_missing"].tolist() == [0, 1, 0]
    assert step.origins_[:3] == ["x", "y", "x"]
    assert ByKind().fit(frame).origins_[:3] == ["x", "y", "plan"]


def test_a_missing_category_is_a_level_of_its_own() -> None:
    step = fitted(pd.DataFrame({"plan": ["a", "b", "c", None] * 2}))
    assert "plan_(missing)" in step[-1].get_feature_names_out()
    assert step.transform(pd.DataFrame({"plan": [None]})).sum() == 1


def test_a_missing_category_may_become_the_most_frequent_level() -> None:
    step = fitted(pd.DataFrame({"plan": ["a", "a", "b", "b", "b", None], "x": range(6)}), gaps="mode")
    assert list(step[-1].get_feature_names_out()) == ["x", "plan_a", "plan_b"]
    assert step.transform(pd.DataFrame({"plan": [None], "x": [1.0]}))[0, 1:].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("word", "lowest", "highest"),
    [("keep", 0, 1000), ("clip", 1, 99), ("clip_iqr", 0, 75 + 1.5 * 50), ("drop", 0, 1000)],
)
def test_outliers_are_clipped_as_asked(word: str, lowest: float, highest: float) -> None:
    found = ByKind(outliers=word, **PLAIN).fit_transform(pd.DataFrame({"x": [*range(100), 1000.0]}))
    assert (found.min(), found.max()) == (lowest, highest)


def test_logs_of_skewed_or_of_all_numbers() -> None:
    frame = pd.DataFrame({"even": [1.0, 2.0, 3.0, 4.0, 5.0], "tail": [1.0, 1.0, 2.0, 3.0, 1000.0]})
    skewed, everything = (ByKind(logs=word, **PLAIN).fit_transform(frame) for word in ("skewed", "all"))
    np.testing.assert_allclose(skewed, np.c_[frame["even"], np.log1p(frame["tail"])])
    np.testing.assert_allclose(everything, np.log1p(frame))


def test_numbers_are_clipped_then_logged_then_filled_then_scaled() -> None:
    x = pd.Series([*np.arange(100.0), 1e6, np.nan, np.nan])
    logged = np.log1p(x.clip(*x.quantile([0.01, 0.99])))
    filled = logged.fillna(logged.mean())
    expected = (filled - filled.min()) / (filled.max() - filled.min())
    step = ByKind(gaps="mean", outliers="clip", logs="all", scaler="minmax")
    np.testing.assert_allclose(step.fit_transform(x.to_frame("x"))[:, 0], expected)


@pytest.mark.parametrize(
    ("scaler", "expected"),
    [
        ("standard", np.array([-1.0, 0.0, 1.0]) * np.sqrt(1.5)),
        ("robust", [-1.0, 0.0, 1.0]),
        ("minmax", [0.0, 0.5, 1.0]),
        ("none", [2.0, 4.0, 6.0]),
        ("power", np.array([-1.0, 0.0, 1.0]) * np.sqrt(1.5)),
    ],
)
def test_numbers_are_scaled_as_asked(scaler: str, expected: list[float]) -> None:
    found = ByKind(scaler=scaler).fit_transform(pd.DataFrame({"x": [2.0, 4.0, 6.0]}))[:, 0]
    np.testing.assert_allclose(found, expected, atol=0.1 if scaler == "power" else 1e-12)


@pytest.mark.parametrize("scaler", ["quantile", "power"])
def test_a_long_tail_becomes_a_bell_curve(scaler: str) -> None:
    frame = pd.DataFrame({"x": np.random.default_rng(0).lognormal(3, 1.5, 300)})
    found = ByKind(scaler=scaler).fit_transform(frame)[:, 0]
    assert abs(np.mean(found**3)) < 0.3  # the raw column: 8.3
    assert found.std() == pytest.approx(1, abs=0.01)
    assert (np.argsort(found) == np.argsort(frame["x"])).all()


def test_a_flag_weighs_as_much_as_any_number_whatever_the_quantiles() -> None:
    frame = pd.DataFrame({"flag": np.arange(300) % 10 == 0, "x": np.random.default_rng(0).normal(size=300)}).astype(
        float
    )
    assert ByKind(scaler="quantile").fit_transform(frame).std(axis=0) == pytest.approx([1, 1])


def test_categories_are_encoded_as_asked() -> None:
    frame = pd.DataFrame({"plan": ["a", "a", "a", "b"] * 2})
    label, frequency = (ByKind(encoder=word).fit(frame) for word in ("label", "frequency"))
    newcomers = pd.DataFrame({"plan": ["a", "b", "new"]})
    # Standardised: numbered 0 and 1 (unseen -1), or by shares 0.75 and 0.25 (unseen 0).
    spread = np.sqrt(3) / 4
    np.testing.assert_allclose(label.transform(newcomers)[:, 0], (np.array([0, 1, -1]) - 0.25) / spread)
    np.testing.assert_allclose(frequency.transform(newcomers)[:, 0], (np.array([0.75, 0.25, 0]) - 0.625) / (spread / 2))


def test_an_unseen_level_shares_the_column_of_the_rare_ones() -> None:
    step = fitted(pd.DataFrame({"plan": ["a"] * 200 + ["b"] * 200 + ["rare", "rarer"]}))
    seen, unseen = step.transform(pd.DataFrame({"plan": ["rare"]})), step.transform(pd.DataFrame({"plan": ["new"]}))
    np.testing.assert_array_equal(seen, unseen)
    assert unseen.sum() == 1


def test_an_unseen_level_is_nothing_where_no_level_is_rare(table: pd.DataFrame) -> None:
    found = fitted(table).transform(pd.DataFrame({"spend": [6.0], "plan": ["new"]}))
    assert found.tolist() == [[0.0, 0.0, 0.0, 0.0]]


@pytest.mark.parametrize("choices", [*EACH_WORD, *SCALED], ids=described)
def test_the_matrix_is_finite_and_a_row_alone_reads_as_in_the_batch(customers: pd.DataFrame, choices: dict) -> None:
    newcomers = customers.head(8).assign(constant=7.0, empty=3.0, silent="said", tail=[np.inf, -np.inf, *[1e9] * 6])
    step = ByKind(indicate=True, **choices).fit(customers)
    assert np.isfinite(step.transform(customers)).all()
    batch = step.transform(newcomers)
    assert np.isfinite(batch).all()
    np.testing.assert_array_equal(np.vstack([step.transform(newcomers.iloc[[row]]) for row in range(8)]), batch)


@pytest.mark.parametrize("choices", EACH_WORD, ids=described)
def test_what_is_kept_has_no_entry_per_customer_and_survives_storage(
    customers: pd.DataFrame, choices: dict, tmp_path: Path
) -> None:
    step = ByKind(**choices, drop=[Within({"tail": [0, None]})], weights={"tail": 2}).fit(customers)
    skops.io.dump(step, tmp_path / "step.skops")
    with zipfile.ZipFile(tmp_path / "step.skops") as stored:
        arrays = [np.load(io.BytesIO(stored.read(name))) for name in stored.namelist() if name.endswith(".npy")]
    assert arrays
    assert all(300 not in array.shape for array in arrays)
    read = skops.io.load(tmp_path / "step.skops", trusted=list(TRUSTED_TYPES))
    np.testing.assert_array_equal(read.transform(customers), step.transform(customers))
    said = customers.drop(columns=["empty", "silent"])
    np.testing.assert_array_equal(read.keeps(said), step.keeps(said))
    assert list(read.get_feature_names_out()) == list(step.get_feature_names_out())


@pytest.mark.parametrize(
    "values",
    [[np.nan] * 6, [3.0] * 6, [np.inf, 1.0, 2.0, -np.inf, 5.0, 9.0], [None] * 6, ["same"] * 6, [np.inf] * 6],
)
@pytest.mark.parametrize("gaps", WORDS["gaps"])
def test_the_matrix_is_finite_whatever_a_column_holds(table: pd.DataFrame, values: list, gaps: str) -> None:
    awkward = table.assign(x=values)
    matrix = fitted(awkward, gaps=gaps).transform(awkward)
    assert matrix.shape[0] == 6
    assert np.isfinite(matrix).all()


@pytest.mark.parametrize("scaler", WORDS["scaler"])
def test_an_empty_column_is_a_column_of_noughts_and_may_be_filled_later(scaler: str) -> None:
    step = fitted(pd.DataFrame({"a": [1.0, 2.0, 5.0], "x": [np.nan] * 3}), scaler=scaler)
    assert step.transform(pd.DataFrame({"a": [1.0], "x": [np.nan]}))[0, 1] == 0
    assert np.isfinite(step.transform(pd.DataFrame({"a": [1.0], "x": [8.0]}))).all()


def test_infinities_are_gaps() -> None:
    frame = pd.DataFrame({"x": [1.0, 3.0, 5.0, np.inf, -np.inf]})
    for given in (frame, frame.to_numpy()):
        assert ByKind(**PLAIN).fit_transform(given)[:, 0].tolist() == [1, 3, 5, 3, 3]


@pytest.mark.parametrize("scaler", [word for word in WORDS["scaler"] if word != "none"])
def test_a_constant_column_says_nothing(scaler: str) -> None:
    step = fitted(pd.DataFrame({"a": [1.0, 2.0, 5.0], "x": [7.0] * 3}), scaler=scaler)
    assert step.transform(pd.DataFrame({"a": [2.0], "x": [7.0]}))[0, 1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("name", ["spend", "plan"])
def test_one_kind_of_column_is_enough(table: pd.DataFrame, name: str) -> None:
    assert fitted(table[[name]]).transform(table[[name]]).shape == (6, 1 if name == "spend" else 3)


@pytest.mark.parametrize("choices", EACH_WORD, ids=described)
def test_one_row_can_be_fitted(customers: pd.DataFrame, choices: dict) -> None:
    assert np.isfinite(ByKind(**choices).fit_transform(customers.head(1))).all()


@pytest.mark.parametrize("sparse", [True, False])
def test_no_column_at_all_is_refused(sparse: bool) -> None:
    assert "no column to segment on" in refusal(
        pd.DataFrame({"plan": ["same"] * 4}), encoder=OneHotEncoder(drop="first", sparse_output=sparse)
    )
    with pytest.raises(UserError, match="no column to segment on"):
        ByKind().fit(pd.DataFrame(index=range(4)))


@pytest.mark.parametrize("step", WORDS)
@pytest.mark.parametrize("name", ["spend", "plan"])
def test_a_misspelt_word_is_named_and_mended(table: pd.DataFrame, step: str, name: str) -> None:
    word = WORDS[step][-1]
    problem = refusal(table[[name]], **{step: word + "x"})
    assert problem == f"preprocessing.{step}={word}x is not known\n  did you mean {word}?"


def test_what_is_neither_a_word_nor_a_transformer_is_refused(table: pd.DataFrame) -> None:
    assert "preprocessing.outliers=IsolationForest() is not known" in refusal(table, outliers=IsolationForest())
    assert "preprocessing.scaler=None is not known\n  did you mean none?" in refusal(table, scaler=None)


def test_weight_three_counts_as_three_copies_of_the_column(customers: pd.DataFrame) -> None:
    copies = customers.assign(tail_2=customers["tail"], tail_3=customers["tail"])
    weighted = ByKind(weights={"tail": 3}).fit_transform(customers)
    np.testing.assert_allclose(pdist(weighted), pdist(ByKind().fit_transform(copies)), rtol=1e-12)


def test_a_weight_counts_for_every_column_made_of_its_own(table: pd.DataFrame) -> None:
    gappy = table.assign(spend=[np.nan, *table["spend"][1:]])
    plain, weighted = (ByKind(indicate=True, weights=weights).fit_transform(gappy) for weights in ({}, {"spend": 4}))
    np.testing.assert_allclose(weighted, plain * [2, 2, 1, 1, 1])
    plan = ByKind(indicate=True, weights={"plan": 0.25}).fit_transform(gappy)
    np.testing.assert_allclose(plan, plain * [1, 1, 0.5, 0.5, 0.5])


def test_weight_nought_silences_a_column(table: pd.DataFrame) -> None:
    matrix = ByKind(weights={"plan": 0}).fit_transform(table)
    assert not matrix[:, 1:].any()
    assert matrix[:, 0].any()


def gower(table: pd.DataFrame, weights: dict[str, float]) -> np.ndarray:
    """Gower's distance of every two rows, as it is defined: the weighted mean of the columns' differences."""
    total = np.zeros((len(table), len(table)))
    for name, values in table.items():
        if values.dtype == float:
            differs = np.abs(np.subtract.outer(values.to_numpy(), values.to_numpy())) / np.ptp(values)
        else:
            differs = np.not_equal.outer(values.to_numpy(), values.to_numpy())
        total += weights.get(str(name), 1.0) * differs
    return total


@pytest.mark.parametrize("weights", [{}, {"spend": 2.0, "plan": 3.0, "age": 0.0}])
@pytest.mark.parametrize("encoder", ["one_hot", "label"])
def test_for_city_block_distances_the_matrix_is_gowers(weights: dict, encoder: str) -> None:
    rng = np.random.default_rng(0)
    mixed = pd.DataFrame({"spend": rng.lognormal(size=60), "age": rng.uniform(18, 80, 60)})
    levels = "ab" if encoder == "label" else "abcd"
    mixed = mixed.assign(plan=rng.choice(list(levels), 60), city=rng.choice(["x", "y"], 60))
    coded: object = make_pipeline(NumberedLevels(), MinMaxScaler()) if encoder == "label" else "one_hot"
    step = ByKind(scaler="minmax", distances="manhattan", encoder=coded, weights=weights)
    found = cdist(*[step.fit_transform(mixed)] * 2, "cityblock")
    np.testing.assert_allclose(found, gower(mixed, weights), atol=1e-12)


def test_the_page_for_gowers_distance_gives_a_density_search_the_segments_of_that_distance() -> None:
    mixed = make_customers(150, seed=5)[["birth_year", "income", "spend_total", "education"]].dropna()
    mixed = mixed.assign(**{name: mixed[name].astype(float) for name in ("birth_year", "income", "spend_total")})
    page = yaml.safe_load((conf_folder() / "preprocessing" / "gower.yaml").read_text())
    step = ByKind(**{key: value for key, value in page.items() if key != "defaults"})
    said = {"min_cluster_size": 8, "copy": True}
    by_matrix = HDBSCAN(metric="manhattan", **said).fit_predict(step.fit_transform(mixed))
    directly = HDBSCAN(metric="precomputed", **said).fit_predict(gower(mixed, {}))
    np.testing.assert_array_equal(by_matrix, directly)
    assert len(np.unique(by_matrix)) > 1


def test_distances_that_it_does_not_know_are_refused(table: pd.DataFrame) -> None:
    assert "preprocessing.distances=manhatten is not known\n  did you mean manhattan?" in refusal(
        table, distances="manhatten"
    )


@pytest.mark.parametrize(
    ("weights", "problem"),
    [
        ({"spned": 2}, "preprocessing.weights names a column that the table lacks: spned\n  did you mean spend?"),
        ({"spend": -1}, "preprocessing.weights.spend=-1 is no weight"),
        ({"spend": "much"}, "preprocessing.weights.spend=much is no weight"),
        ({"spend": np.nan}, "preprocessing.weights.spend=nan is no weight"),
        ({"spend": None}, "preprocessing.weights.spend=None is no weight"),
    ],
)
def test_a_bad_weight_is_refused(table: pd.DataFrame, weights: dict, problem: str) -> None:
    assert problem in refusal(table, weights=weights)


def test_origins_say_which_column_each_matrix_column_came_from() -> None:
    frame = pd.DataFrame(
        {"plan": ["a", "b", "c"], "x": [1.0, 2.0, np.nan], "city": ["o", "p", "o"], "y": [1.0, 2.0, 3.0]}
    )
    frame = pd.concat([frame, frame], ignore_index=True)
    step = ByKind(indicate=True).fit(frame)
    assert step.origins_ == ["x", "y", "x", "plan", "plan", "plan", "city", "city"]
    assert list(step.get_feature_names_out()[3:]) == ["plan_a", "plan_b", "plan_c", "city_o", "city_p"]
    assert step.set_params(encoder="frequency").fit(frame).origins_ == ["x", "y", "x", "plan", "city"]
    assert step.set_params(encoder=FunctionTransformer(len_of_text)).fit(frame).origins_ == [
        "x",
        "y",
        "x",
        "plan",
        "city",
    ]
    assert list(step.get_feature_names_out()) == ["x", "y", "x_missing", "plan", "city"]


def len_of_text(values: np.ndarray) -> np.ndarray:
    return np.vectorize(len)(values)


def test_names_and_origins_bear_any_column_name() -> None:
    names = ["numbers", "category 0", "remainder", "a__b", "größe €", "年齢", "", "plan", "plan_a"]
    frame = pd.DataFrame({name: ["a", "b", "a_b", None] for name in names} | {"plan_b": [1.0, 2.0, 3.0, np.nan]})
    step = ByKind(indicate=True).fit(frame)
    assert list(dict.fromkeys(step.origins_)) == ["plan_b", *names]
    found = list(step.get_feature_names_out())
    assert len(set(found)) == len(found) == step.transform(frame).shape[1]


def test_equal_names_are_told_apart() -> None:
    frame = pd.DataFrame({"plan": ["a_b", "c"], "plan_a": ["b", "d"], "x": [1.0, np.nan], "x_missing": [1.0, 2.0]})
    frame = pd.concat([frame, frame], ignore_index=True)
    found = ByKind(indicate=True).fit(frame).get_feature_names_out()
    assert list(found) == ["x", "x_missing", "x_missing_2", "plan_a_b", "plan_c", "plan_a_b_2", "plan_a_d"]


def test_a_single_number_may_become_several_columns_but_several_may_not_mix(table: pd.DataFrame) -> None:
    spline = SplineTransformer(n_knots=3)
    one = ByKind(scaler=spline, weights={"spend": 4}).fit(table)
    assert one.origins_ == ["spend"] * 5 + ["plan"] * 3
    assert list(one.get_feature_names_out()[:3]) == ["spend", "spend_2", "spend_3"]
    two = table.assign(age=table["spend"] ** 2)
    assert "the steps for numbers make 10 columns of 2" in refusal(two, scaler=spline)
    assert "the steps for numbers make 1 columns of 2" in refusal(two, scaler=PCA(1))


def test_without_rules_every_row_is_fitted(customers: pd.DataFrame) -> None:
    assert not ByKind().drops_rows
    assert ByKind().keeps(customers).tolist() == [True] * 300
    assert ByKind().keeps(customers.head(1)).tolist() == [True]


def test_rules_are_applied_one_after_the_other() -> None:
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 99.0], "plan": ["a", "b", None, "b"]})
    step = ByKind(drop=[Within({"x": [0, 3]}), Complete(), Recording()])
    assert step.drops_rows
    assert step.keeps(frame).tolist() == [True, True, False, False]
    assert Recording.seen == [1.0, 2.0]


class Recording(Complete):
    seen: list[float]

    def fit_predict(self, X: pd.DataFrame, y: object = None) -> np.ndarray:
        Recording.seen = X["x"].tolist()
        return super().fit_predict(X)


def test_words_drop_rows_with_gaps_and_outliers() -> None:
    frame = pd.DataFrame({"x": [*np.random.default_rng(0).normal(size=98), 50.0, np.nan]})
    complete, typical, both = (
        ByKind(gaps=gaps, outliers=outliers).keeps(frame)
        for gaps, outliers in [("drop", "keep"), ("median", "drop"), ("drop", "drop")]
    )
    assert np.flatnonzero(~complete).tolist() == [99]
    assert not typical[98]
    assert typical[99]
    assert (~typical).sum() == 5
    assert not both[[98, 99]].any()


def test_an_infinity_is_a_gap_for_rules_too() -> None:
    assert ByKind(gaps="drop").keeps(np.array([[1.0], [np.inf], [2.0]])).tolist() == [True, False, True]


def test_a_detector_of_scikit_learn_is_a_rule() -> None:
    frame = pd.DataFrame({"x": [*np.random.default_rng(0).normal(size=99), 50.0]})
    detector = IsolationForest(contamination=0.01, random_state=0)
    assert np.flatnonzero(~ByKind(drop=[detector]).keeps(frame)).tolist() == [99]
    assert not hasattr(detector, "estimators_")


def test_fitting_uses_every_row_that_it_is_given() -> None:
    frame = pd.DataFrame({"x": [0.0, 0.0, 0.0, 100.0]})
    assert ByKind(drop=[Within({"x": [0, 1]})]).fit_transform(frame).std() == pytest.approx(1)


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ({"drop": [Within({"x": [50, 60]})]}, "preprocessing.drop=Within leaves 0 of 4 customers"),
        ({"drop": [Within({"x": [3, 60]})]}, "preprocessing.drop=Within leaves 1 of 4 customers"),
        ({"gaps": "drop", "drop": [Within({"x": [2, 9]})]}, "preprocessing.gaps=drop leaves 0 of 4 customers"),
        ({"drop": "complete"}, "preprocessing.drop=complete is no rule for rows"),
        ({"drop": [MaxAbsScaler()]}, "preprocessing.drop=MaxAbsScaler is no rule for rows"),
    ],
)
def test_a_rule_that_leaves_nobody_is_named(choices: dict, problem: str) -> None:
    frame = pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0], "plan": ["a", "b", None, None]})
    with pytest.raises(UserError, match=problem):
        ByKind(**choices).keeps(frame)


def test_a_rule_may_stand_alone() -> None:
    assert ByKind(drop=Complete()).keeps(np.array([[1.0], [np.nan], [2.0]])).tolist() == [True, False, True]
    assert not ByKind(drop=None).drops_rows


def test_the_step_can_be_cloned(customers: pd.DataFrame) -> None:
    step = ByKind(PrototypeImputer(8), True, "clip", drop=[Typical()], weights={"tail": 2.0}).fit(customers)
    again = clone(step)
    assert not hasattr(again, "origins_")
    np.testing.assert_array_equal(again.fit_transform(customers), step.transform(customers))


def test_the_input_is_left_alone(customers: pd.DataFrame) -> None:
    before = customers.copy()
    step = ByKind("donors", True, "clip", "all", "quantile")
    step.keeps(customers)
    step.fit_transform(customers)
    pd.testing.assert_frame_equal(customers, before)


def test_frames_come_out_where_they_are_asked_for(table: pd.DataFrame) -> None:
    with sklearn.config_context(transform_output="pandas"):
        found = ByKind(encoder="frequency", outliers="drop").fit(table).transform(table)
        assert ByKind(outliers="drop").keeps(table).sum() == 5
        assert ByKind(encoder=OneHotEncoder()).fit(table).transform(table).shape == (6, 4)
    assert list(found.columns) == ["spend", "plan"]


def test_a_table_with_other_columns_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="feature names"):
        ByKind().fit(table).transform(table.rename(columns={"plan": "tariff"}))
