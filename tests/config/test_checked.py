"""What is refused before anything is fitted or written."""

import pytest
from omegaconf import OmegaConf

from segkit.config.checked import check_pages, check_rule, check_steps, check_tracking
from segkit.config.schema import TrackingConfig
from segkit.errors import UserError

GOOD = {
    "preprocessing": {"_target_": "segkit.preprocessing.ByKind"},
    "reducer": {"_target_": "builtins.str", "_args_": ["passthrough"]},
    "algorithm": {"_target_": "sklearn.cluster.KMeans", "fit_rows": None},
}


def test_pages_that_make_what_can_do_the_steps_are_taken():
    check_steps(OmegaConf.create(GOOD))


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ({}, "algorithm names nothing to make"),
        ({"n_clusters": 3}, "algorithm names nothing to make"),
        ({"_target_": "no_such_package.KMeans"}, "no package for no_such_package.KMeans"),
        ({"_target_": "..KMeans"}, "no package"),
    ],
)
def test_a_page_that_makes_nothing_is_refused(page, problem):
    with pytest.raises(UserError, match=problem):
        check_pages(OmegaConf.create({**GOOD, "algorithm": page}))


def test_what_does_something_else_is_refused():
    scaler = {"_target_": "sklearn.preprocessing.StandardScaler"}
    with pytest.raises(UserError, match="StandardScaler is none, it has no fit_predict"):
        check_steps(OmegaConf.create({**GOOD, "algorithm": scaler}))


def test_a_rule_ranks_by_what_is_measured():
    for metric in ("silhouette_macro", "useful_response"):
        check_rule({"metric": metric})
    with pytest.raises(UserError, match=r"selection\.metric=silhouete is not measured") as refused:
        check_rule({"metric": "silhouete"})
    assert "silhouette" in refused.value.mend


@pytest.mark.parametrize("changed", [{"cache_gb": -1.0}, {"patience": float("nan")}, {"silence": float("inf")}])
def test_amounts_are_amounts(changed):
    check_tracking(TrackingConfig())
    with pytest.raises(UserError, match=f"tracking.{next(iter(changed))}="):
        check_tracking(TrackingConfig(**changed))
