"""What is not installed is asked for by name, before anything is computed."""

import sys

import numpy as np
import pytest

from segkit.algorithms import extras
from segkit.algorithms.extras import extra, is_installed
from segkit.algorithms.kmedoids import KMedoids
from segkit.algorithms.latent_class import LatentClass
from segkit.errors import UserError
from segkit.model import SegmentationModel

POINTS = np.random.default_rng(0).normal(size=(30, 2))


@pytest.mark.parametrize(
    ("algorithm", "package", "name"), [(KMedoids(2), "kmedoids", "kmedoids"), (LatentClass(2), "stepmix", "survey")]
)
def test_an_absent_package_is_named_with_the_extra_that_brings_it(algorithm, package, name, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UserError) as error:
        SegmentationModel(algorithm).fit(POINTS)
    assert error.value.problem == f"this algorithm needs the package {package}"
    assert error.value.mend == f"pip install 'segkit[{name}]'"


def test_a_package_that_is_there_is_given():
    assert extra("kmedoids").fasterpam
    assert is_installed("kmedoids")


def test_what_is_not_there_is_known_before_it_is_imported(monkeypatch):
    monkeypatch.setattr(extras, "_PACKAGES", {"survey": "no_such_package"})
    assert not is_installed("survey")
