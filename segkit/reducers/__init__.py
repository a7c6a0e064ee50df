"""Reducers of our own, for what scikit-learn has none of that fits customers' tables."""

from segkit.reducers.factors import CommonFactors
from segkit.reducers.famd import FAMD
from segkit.reducers.kernel_pca import SampledKernelPCA

__all__ = ["FAMD", "CommonFactors", "SampledKernelPCA"]
