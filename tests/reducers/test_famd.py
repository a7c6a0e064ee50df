"""FAMD is what its definition says: PCA of standardised numbers and of levels divided by the root of their share."""

import io

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from segkit.assigning import PrototypeAssigner
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.reducers import FAMD
from segkit.stages import SharedStages
from segkit.trusted import TRUSTED_TYPES

ROWS = 120
RNG = np.random.default_rng(0)
CITY, PLAN = RNG.choice(4, ROWS, p=[0.4, 0.3, 0.2, 0.1]), RNG.integers(0, 3, ROWS)
NUMBERS = RNG.normal(size=(ROWS, 3)) * [1, 50, 0.1] + (PLAN == 1)[:, None]
LEVELS = np.hstack([np.eye(4)[CITY], np.eye(3)[PLAN]])
MATRIX = np.hstack([NUMBERS, LEVELS])
CATEGORIES = ((3, 4, 5, 6), (7, 8, 9))
TABLE = pd.DataFrame(NUMBERS, columns=["a", "b", "c"]).assign(
    city=np.array(list("KLMN"))[CITY], plan=np.array(list("abc"))[PLAN]
)


def directly(numbers: np.ndarray, levels: np.ndarray, dimensions: int) -> np.ndarray:
    """Coordinates by the singular values of the weighted matrix."""
    shares = levels.mean(axis=0)
    standard = (numbers - numbers.mean(axis=0)) / numbers.std(axis=0)
    U, sizes, _ = np.linalg.svd(np.hstack([standard, (levels - shares) / np.sqrt(shares)]), full_matrices=False)
    return (U * sizes)[:, :dimensions]


def same_but_for_signs(found: np.ndarray, expected: np.ndarray) -> None:
    signs = np.sign((found * expected).sum(axis=0))
    np.testing.assert_allclose(found * signs, expected, atol=1e-9)


def test_coordinates_are_those_of_the_weighted_matrix() -> None:
    found = FAMD(4).fit(MATRIX, categories=CATEGORIES)
    same_but_for_signs(found.transform(MATRIX), directly(NUMBERS, LEVELS, 4))


def test_of_numbers_alone_it_is_pca_of_the_standardised_ones() -> None:
    found = FAMD(2).fit_transform(NUMBERS)
    same_but_for_signs(found, PCA(2).fit_transform(StandardScaler().fit_transform(NUMBERS)))


def test_of_categories_alone_it_is_multiple_correspondence_analysis() -> None:
    """Its inertia is levels / categories - 1, and a direction's is that of correspondence analysis of the 0/1 table."""
    found = FAMD(5).fit(LEVELS, categories=((0, 1, 2, 3), (4, 5, 6)))
    joint = LEVELS / LEVELS.sum()
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    residuals = (joint - np.outer(rows, columns)) / np.sqrt(np.outer(rows, columns))
    expected = np.linalg.svd(residuals, compute_uv=False)[:5] ** 2
    inertia = found.pca_.explained_variance_ * (ROWS - 1) / ROWS / 2  # of two categories
    np.testing.assert_allclose(inertia, expected, atol=1e-12)
    assert inertia.sum() == pytest.approx(7 / 2 - 1)
    assert found.explained_variance_ratio_.sum() == pytest.approx(1)


def test_numbered_levels_become_columns_of_their_own() -> None:
    numbered = np.column_stack([NUMBERS, 1.5 * CITY - 2, PLAN])
    found = FAMD(3).fit(numbered, categories=((3,), (4,)))
    same_but_for_signs(found.transform(numbered), directly(NUMBERS, LEVELS, 3))
    assert found.weighted_names(["a", "b", "c", "city", "plan"])[3:5] == ["city=0", "city=1"]


def test_more_directions_than_columns_come_of_numbered_levels_and_never_more_than_there_are() -> None:
    numbered = np.column_stack([CITY, PLAN])
    assert FAMD(3).fit(numbered, categories=((0,), (1,))).transform(numbered).shape == (ROWS, 3)
    assert FAMD(9).fit(NUMBERS).transform(NUMBERS).shape == (ROWS, 3)


def test_a_number_that_is_said_to_be_a_category_stays_one_and_is_not_remembered_by_its_values() -> None:
    found = FAMD(2).fit(NUMBERS, categories=((0,),))
    assert [len(levels) for levels in found.levels_] == [0, 0, 0]


def test_a_share_of_the_variance_decides_how_many() -> None:
    found = FAMD(0.8).fit(MATRIX, categories=CATEGORIES)
    shares = PCA().fit(found.weighted(MATRIX)).explained_variance_ratio_
    assert found.transform(MATRIX).shape[1] == np.searchsorted(shares.cumsum(), 0.8) + 1


def test_the_scale_of_the_preprocessing_does_not_matter_but_weights_do() -> None:
    def space(**choices: object) -> np.ndarray:
        return SegmentationModel(KMeans(2, n_init=1), FAMD(2), ByKind(**choices)).fit(TABLE).embedding_

    same_but_for_signs(space(), directly(NUMBERS, LEVELS, 2))
    same_but_for_signs(space(scaler="minmax"), space())
    same_but_for_signs(space(encoder="label"), space())
    same_but_for_signs(space(scaler="minmax", distances="manhattan"), space())
    doubled = TABLE.assign(b2=TABLE["b"])
    copied = SegmentationModel(KMeans(2, n_init=1), FAMD(2)).fit(doubled).embedding_
    same_but_for_signs(space(weights={"b": 2.0}), copied)
    silenced = np.delete(MATRIX, CATEGORIES[0], axis=1)
    same_but_for_signs(space(weights={"city": 0}), FAMD(2).fit(silenced, categories=((3, 4, 5),)).transform(silenced))


def test_a_constant_column_and_a_level_never_seen_do_no_harm() -> None:
    found = FAMD(2).fit(np.column_stack([NUMBERS, np.full(ROWS, 3.0)]))
    assert np.isfinite(found.transform([[0, 0, 0, 3.0], [1, 1, 1, 9.0]])).all()
    model = SegmentationModel(KMeans(2, n_init=1), FAMD(2)).fit(TABLE)
    assert model.predict(TABLE.head(3).assign(city="elsewhere")).shape == (3,)


def test_it_maps_row_by_row_assigns_itself_and_keeps_no_row() -> None:
    model = SegmentationModel(KMeans(3, n_init=1, random_state=0), FAMD(3)).fit(TABLE)
    assert isinstance(model.assigner_, PrototypeAssigner)
    reducer = model.pipeline_["reducer"]
    matrix = model.pipeline_["preprocessing"].transform(TABLE)
    np.testing.assert_allclose(reducer.transform(matrix[:1]), reducer.transform(matrix)[:1])
    arrays = [value for value in [*vars(reducer).values(), *vars(reducer.pca_).values()] if hasattr(value, "shape")]
    assert not [array for array in arrays if ROWS in array.shape]


def test_a_shared_space_is_that_of_ones_own(tmp_path) -> None:
    stages = SharedStages(tmp_path, dict.fromkeys(("preprocessing", "reducer"), "x"))
    algorithm = KMeans(3, n_init=1, random_state=0)
    alone, first, second = (
        SegmentationModel(algorithm, FAMD(3), stages=own).fit(TABLE) for own in (None, stages, stages)
    )
    for shared in (first, second):
        np.testing.assert_array_equal(shared.embedding_, alone.embedding_)
        np.testing.assert_array_equal(shared.predict(TABLE), alone.predict(TABLE))


def test_it_can_be_written_and_read_back() -> None:
    found = FAMD(2).fit(MATRIX, categories=CATEGORIES)
    again = skops.io.loads(skops.io.dumps(found), trusted=list(TRUSTED_TYPES))
    np.testing.assert_array_equal(again.transform(MATRIX), found.transform(MATRIX))
    assert not set(skops.io.get_untrusted_types(data=io.BytesIO(skops.io.dumps(found)).getvalue())) - {*TRUSTED_TYPES}
