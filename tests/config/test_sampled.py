"""Whether a run fits a sample of the customers."""

import pytest
from omegaconf import OmegaConf

from segkit.config.sampled import fits_a_sample

WARD = {"_target_": "segkit.algorithms.hierarchical.Hierarchical", "linkage": "ward"}
AVERAGE = WARD | {"linkage": "average"}


@pytest.mark.parametrize(
    ("page", "rows", "sampled"),
    [
        (WARD | {"fit_rows": 50}, 51, True),
        (WARD | {"fit_rows": 50}, 50, False),
        (WARD | {"fit_rows": None}, 1_000_000, False),
        (WARD, 20_000, False),
        (WARD, 20_001, True),  # a page that does not say
        (AVERAGE | {"fit_rows": 50_000}, 20_000, False),
        (AVERAGE | {"fit_rows": 50_000}, 20_001, True),  # the algorithm itself takes no more
        ({"_target_": "nowhere.Nothing"}, 30_000, False),  # told by the job
    ],
)
def test_the_page_and_the_algorithm_say_how_many_they_take(page: dict, rows: int, sampled: bool) -> None:
    assert fits_a_sample(OmegaConf.create({"algorithm": page, "k": 3}), rows) == sampled
