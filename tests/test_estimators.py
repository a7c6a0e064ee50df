"""Our estimators obey scikit-learn's contract."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit import SegmentationModel
from segkit.assigning import ClassifierAssigner
from segkit.hierarchical import Hierarchical
from segkit.preprocessing import ByKind, Features, TypedColumns
from segkit.preprocessing.clipping import Clipper
from segkit.preprocessing.donors import PrototypeImputer
from segkit.preprocessing.frequency import FrequencyEncoder
from segkit.preprocessing.levels import NumberedLevels, OneHotLevels
from segkit.preprocessing.logs import LogSkewed
from segkit.reducers import FAMD, CommonFactors, SampledKernelPCA

STEPS = [TypedColumns(), ByKind(), PrototypeImputer(), Clipper(), LogSkewed(), FrequencyEncoder(), OneHotLevels()]
STEPS += [NumberedLevels(), Features(), Features({"all": {"total": "x*"}})]
REDUCERS = [FAMD(2), CommonFactors(2), SampledKernelPCA(2)]


@parametrize_with_checks([SegmentationModel(), ClassifierAssigner(), Hierarchical(2), *STEPS, *REDUCERS])
def test_scikit_learn_contract(estimator, check):
    check(estimator)
