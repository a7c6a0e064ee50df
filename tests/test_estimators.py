"""Our estimators obey scikit-learn's contract."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit import SegmentationModel
from segkit.algorithms.hierarchical import Hierarchical
from segkit.assigning import ClassifierAssigner
from segkit.preprocessing import ByKind, Features, TypedColumns
from segkit.preprocessing.clipping import Clipper
from segkit.preprocessing.donors import PrototypeImputer
from segkit.preprocessing.frequency import FrequencyEncoder
from segkit.preprocessing.levels import NumberedLevels, OneHotLevels
from segkit.preprocessing.logs import LogSkewed

STEPS = [TypedColumns(), ByKind(), PrototypeImputer(), Clipper(), LogSkewed(), FrequencyEncoder(), OneHotLevels()]
STEPS += [NumberedLevels(), Features(), Features({"all": {"total": "x*"}})]


@parametrize_with_checks([SegmentationModel(), ClassifierAssigner(), Hierarchical(2), *STEPS])
def test_scikit_learn_contract(estimator, check):
    check(estimator)
