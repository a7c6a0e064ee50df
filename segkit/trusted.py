"""What a model or a stage on disk may contain beyond scikit-learn's own estimators; other files are refused."""

TRUSTED_TYPES = (
    "numpy.dtype",
    "segkit.assigning.ClassifierAssigner",
    "segkit.assigning.PrototypeAssigner",
    "segkit.preprocessing.by_kind.ByKind",
    "segkit.preprocessing.clipping.Clipper",
    "segkit.preprocessing.donors.PrototypeImputer",
    "segkit.preprocessing.frequency.FrequencyEncoder",
    "segkit.preprocessing.levels.NumberedLevels",
    "segkit.preprocessing.levels.OneHotLevels",
    "segkit.preprocessing.logs.LogSkewed",
    "segkit.preprocessing.rows.Complete",
    "segkit.preprocessing.rows.Typical",
    "segkit.preprocessing.rows.Within",
    "segkit.preprocessing.features.Features",
    "segkit.preprocessing.typed_columns.TypedColumns",
    "segkit.reducers.factors.CommonFactors",
    "segkit.reducers.famd.FAMD",
    "sklearn.tree._tree.Tree",
)
