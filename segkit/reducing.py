"""A reducer as it fits the matrix that it is given."""

from typing import Any

import numpy as np
from sklearn.base import clone

from segkit.compiled import keep_compiled


def fitting(reducer: Any, matrix: np.ndarray) -> Any:
    """The reducer, asked for no more components than the matrix can have: of two columns three would be an error.

    >>> from sklearn.decomposition import PCA
    >>> fitting(PCA(3), np.zeros((9, 2)))
    PCA(n_components=2)
    """
    if type(reducer).__module__.partition(".")[0] == "umap":
        _make_umap_quick()
    wanted, most = reducer.get_params().get("n_components"), min(matrix.shape)
    if not isinstance(wanted, int) or isinstance(wanted, bool) or wanted <= most:
        return reducer
    return clone(reducer).set_params(n_components=most)


def _make_umap_quick() -> None:
    from segkit.umap_distances import compile_distances

    compile_distances()
    keep_compiled("umap", "pynndescent", "segkit")
