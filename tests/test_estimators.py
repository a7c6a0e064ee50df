"""Our estimators obey scikit-learn's contract."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit import SegmentationModel
from segkit.assigning import ClassifierAssigner
from segkit.preprocessing import TypedColumns


@parametrize_with_checks([SegmentationModel(), TypedColumns(), ClassifierAssigner()])
def test_scikit_learn_contract(estimator, check):
    check(estimator)
