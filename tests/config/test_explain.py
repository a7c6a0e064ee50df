"""Hydra's and OmegaConf's errors in the user's words."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hydra import compose, initialize_config_dir
from hydra.errors import HydraException
from omegaconf import OmegaConf
from sklearn.cluster import KMeans

from segkit.config import commands
from segkit.config.explain import HELP, explain
from segkit.config.pieces import fit_rows, make
from segkit.errors import UserError
from segkit.places import conf_folder


@pytest.fixture(scope="module", autouse=True)
def known_schema() -> None:
    commands.register()


def explained(page: str, *overrides: str, use: Callable[[Any], Any] = lambda config: config) -> UserError:
    """What is said about the error that composing or using a page raises."""
    with (
        initialize_config_dir(str(conf_folder()), version_base="1.3"),
        pytest.raises(Exception) as raised,  # noqa: PT011 - any error at all: what is made of it is the question
    ):
        use(compose(page, overrides=list(overrides)))
    said = explain(raised.value)
    assert said is not None
    return said


@pytest.mark.parametrize("page", ["run", "compare", "promote", "models", "rollback", "score", "ui"])
def test_every_page_composes_and_refuses_unknown_keys(page: str) -> None:
    said = explained(page, "debgu=true")
    assert (said.problem, said.mend) == ("unknown key debgu", "did you mean debug?")


@pytest.mark.parametrize(
    ("override", "problem", "mend"),
    [
        ("kk=3", "unknown key kk", "did you mean k?"),
        ("data.pth=x", "unknown key data.pth", "did you mean path?"),
        ("algorithm.n_cluster=3", "unknown key algorithm.n_cluster", "did you mean n_clusters?"),
        ("algorithms=kmeans", "unknown key algorithms", "did you mean algorithm?"),
        ("brief.capcity=9", "unknown key brief.capcity", "did you mean capacity?"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(override: str, problem: str, mend: str) -> None:
    said = explained("run", override)
    assert (said.problem, said.mend) == (problem, mend)


def test_a_key_unlike_all_others_gets_the_list() -> None:
    assert explained("ui", "zzzzzz=1").mend.startswith("choose from debug, ")


@pytest.mark.parametrize(
    ("override", "problem", "mend"),
    [
        ("algorithm=kmean", "algorithm=kmean is not known", "did you mean kmeans?"),
        ("selection=zzz", "selection=zzz is not known", "choose from macro_silhouette, silhouette, trusted"),
        ("data=customer", "data=customer is not known", "did you mean customers?"),
        ("experiment=quik", "experiment=quik is not known", "did you mean quick?"),
    ],
)
def test_an_unknown_choice_is_named_with_the_known_ones(override: str, problem: str, mend: str) -> None:
    said = explained("run", override)
    assert (said.problem, said.mend) == (problem, mend)


@pytest.mark.parametrize(
    ("page", "override", "wanted"),
    [
        ("run", "k=abc", "a whole number"),
        ("run", "k=2.5", "a whole number"),
        ("run", "brief.smallest_share=few", "a number"),
        ("ui", "port=http", "a whole number"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_the_right_type(page: str, override: str, wanted: str) -> None:
    said = explained(page, override)
    assert (said.problem, said.mend) == (f"{override}: the value must be {wanted}", HELP)


@pytest.mark.parametrize("override", ["k=null", "data.kind=3", "data.use=truth", "rerun=maybe"])
def test_a_value_that_cannot_be_is_named(override: str) -> None:
    assert explained("run", override).problem.startswith(f"{override}: ")


def test_a_switch_must_be_true_or_false() -> None:
    assert explained("run", "rerun=maybe").problem == "rerun=maybe: the value must be true or false"


@pytest.mark.parametrize("page", ["score"])
@pytest.mark.parametrize("key", ["input", "output"])
def test_a_missing_value_is_asked_for(page: str, key: str) -> None:
    said = explained(page, use=lambda config: config[key])
    assert (said.problem, said.mend) == (f"{key} is needed", f"give it on the command line: {key}=...")


def test_a_missing_value_is_asked_for_where_the_whole_page_is_read() -> None:
    said = explained("score", use=lambda config: OmegaConf.to_container(config, throw_on_missing=True))
    assert said.problem == "input is needed"


def test_a_key_that_code_asks_for_in_vain_is_named() -> None:
    said = explained("score", use=lambda config: config.inptu)
    assert (said.problem, said.mend) == ("unknown key inptu", "did you mean input?")


@pytest.mark.parametrize(
    ("override", "mend"),
    [("kmeans", "arguments are written key=value"), ("k=(1", "quote a value"), ("name=a]b", "quote a value")],
)
def test_an_argument_that_cannot_be_read_is_shown(override: str, mend: str) -> None:
    said = explained("run", override)
    assert said.problem == f"cannot read the argument {override}"
    assert mend in said.mend


def test_a_reference_to_nothing_is_named() -> None:
    said = explained("run", "algorithm.n_clusters=${kk}", use=lambda config: config.algorithm.n_clusters)
    assert "'kk' not found" in said.problem


def test_several_values_without_a_sweep_are_named() -> None:
    assert "k=3,4" in explained("run", "k=3,4").problem


def test_deleting_what_is_not_there_is_named() -> None:
    assert "algorithm.foo" in explained("run", "~algorithm.foo").problem


def test_a_value_that_an_estimator_refuses_is_the_users() -> None:
    def fit(config: Any) -> None:
        make(config, "algorithm").fit(np.ones((9, 2)))

    assert "'n_init' parameter of KMeans" in explained("run", "algorithm.n_init=-3", use=fit).problem


def test_a_parameter_that_an_estimator_does_not_have_is_named() -> None:
    said = explained("run", "+algorithm.bogus=1", use=lambda config: make(config, "algorithm"))
    assert "bogus" in str(said)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("=3", "these arguments cannot be read\n  arguments are written key=value"),
        ("data=[1]", "data=[1] chooses no page\n  name one, or several without brackets: data=a,b"),
        ("data=null", "data=null chooses no page\n  name one, or several without brackets: data=a,b"),
    ],
)
def test_an_override_that_hydra_stumbles_over_is_answered_by_the_command(
    segkit: Callable[..., Any], override: str, said: str
) -> None:
    found = segkit("run", override)
    assert (found.code, found.out) == (2, "")
    assert found.err == f"error: {said}\n"


def test_the_mistake_is_found_behind_other_errors() -> None:
    try:
        try:
            raise UserError("there is no file a.csv", "did you mean b.csv?")
        except UserError as error:
            raise HydraException("Error in call to target") from error
    except HydraException as error:
        said = explain(error)
    assert str(said) == "there is no file a.csv\n  did you mean b.csv?"


@pytest.mark.parametrize("error", [ValueError("broken"), ZeroDivisionError(), KeyError("x")])
def test_an_error_that_is_not_the_users_is_not_explained(error: Exception) -> None:
    assert explain(error) is None


def test_a_good_page_raises_nothing_to_explain() -> None:
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        config = compose("run", overrides=["k=5", "data.path=x.csv", "+data.use.a=truth"])
    assert (config.data.path, config.data.use.a) == ("x.csv", "truth")
    algorithm = make(config, "algorithm")
    assert isinstance(algorithm, KMeans)
    assert algorithm.n_clusters == 5


@pytest.mark.parametrize("value", ["3", "many", "0.5"])
def test_too_few_rows_to_fit_are_named(value: str) -> None:
    said = explained("run", f"algorithm.fit_rows={value}", use=fit_rows)
    assert said.problem == f"algorithm.fit_rows={value} does not do"
    assert "from 4 on" in said.mend


def test_a_variable_that_the_environment_lacks_is_named() -> None:
    said = explained("run", "data.path=${oc.env:NO_SUCH_SHOP}", use=lambda config: config.data.path)
    assert str(said) == "the environment has no variable NO_SUCH_SHOP\n  export NO_SUCH_SHOP=..."
