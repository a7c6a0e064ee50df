"""What `within` and `segment` ask for before anything is loaded."""

import pytest
from omegaconf import OmegaConf

from segkit.config.arguments import hydra_arguments
from segkit.config.inside import said_of_data
from segkit.config.schema import RunConfig
from segkit.config.within import settled, within_arguments
from segkit.errors import UserError


def config(**given):
    return OmegaConf.merge(OmegaConf.structured(RunConfig), given)


def test_a_run_of_everyone_is_left_as_it_is() -> None:
    plain = config()
    assert settled(plain, []) is plain
    assert within_arguments(plain) == []


@pytest.mark.parametrize(("given", "other"), [({"within": "abc"}, "segment="), ({"segment": 0}, "within=")])
def test_one_without_the_other_is_refused(given, other) -> None:
    with pytest.raises(UserError) as raised:
        settled(config(**given), [])
    assert other in raised.value.mend


def test_jobs_are_told_in_quotes() -> None:
    assert within_arguments(config(within="0123e456", segment="2")) == ["within='0123e456'", "segment='2'"]


def test_ids_and_names_are_text_whatever_they_look_like() -> None:
    said = hydra_arguments(["within=1234e567", "segment=young, no children"])
    assert said == ["within='1234e567'", "segment='young, no children'"]


def test_what_issaid_of_data_is_told_from_another_page() -> None:
    said = hydra_arguments(["data.path=my file.csv", "data.use.income=outcome", "data.as_of=2025-01-01"])
    chosen, values = said_of_data(tuple(said))
    assert not chosen
    assert dict(values) == {"path": "my file.csv", "said": ["use.income=outcome"], "as_of": "2025-01-01"}
    assert said_of_data(("data=shop",)) == (True, [])
