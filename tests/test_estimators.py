"""Our estimators obey scikit-learn's contract."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from segkit import SegmentationModel
from segkit.algorithms.affinity import AffinityPropagation
from segkit.algorithms.birch import Birch
from segkit.algorithms.dbscan import Dbscan
from segkit.algorithms.hierarchical import Hierarchical
from segkit.algorithms.kmedoids import KMedoids
from segkit.algorithms.kprototypes import KPrototypes
from segkit.algorithms.latent_class import LatentClass
from segkit.algorithms.mean_shift import MeanShift
from segkit.algorithms.spectral import Spectral
from segkit.assigning import ClassifierAssigner
from segkit.preprocessing import ByKind, Features, TypedColumns
from segkit.preprocessing.clipping import Clipper
from segkit.preprocessing.donors import PrototypeImputer
from segkit.preprocessing.frequency import FrequencyEncoder
from segkit.preprocessing.levels import NumberedLevels, OneHotLevels
from segkit.preprocessing.logs import LogSkewed
from segkit.reducers import FAMD, CommonFactors, SampledKernelPCA

STEPS = [TypedColumns(), ByKind(), PrototypeImputer(), Clipper(), LogSkewed(), FrequencyEncoder(), OneHotLevels()]
STEPS += [NumberedLevels(), Features(), Features({"all": {"total": "x*"}})]
ALGORITHMS = [AffinityPropagation(2), Birch(2), Dbscan(), Hierarchical(2), KMedoids(2), KPrototypes(2)]
ALGORITHMS += [LatentClass(2, 2), MeanShift(starts=20), Spectral(2)]
REDUCERS = [FAMD(2), CommonFactors(2), SampledKernelPCA(2)]


@parametrize_with_checks([SegmentationModel(), ClassifierAssigner(), *ALGORITHMS, *REDUCERS, *STEPS])
def test_scikit_learn_contract(estimator, check):
    check(estimator)
