"""A reducer as it fits the matrix that it is given."""

from numbers import Integral, Real
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.decomposition import PCA, FactorAnalysis, TruncatedSVD

from segkit.compiled import keep_compiled
from segkit.errors import UserError
from segkit.reducers import FAMD, CommonFactors

# What finds by itself how many components keep a share of the variance.
_TAKE_SHARES = (PCA, FAMD)
# scikit-learn refuses one column, or finds nothing that it would have in common with others.
_NEED_TWO_COLUMNS = (FactorAnalysis, CommonFactors, TruncatedSVD)


def fitting(reducer: Any, matrix: np.ndarray) -> Any:
    """The reducer, asked for no more components than the matrix can have: of two columns three would be an error.

    Raises UserError for a number of components that no matrix can have, and where there is too little to reduce.

    >>> from sklearn.decomposition import PCA
    >>> fitting(PCA(3), np.zeros((9, 2)))
    PCA(n_components=2)
    """
    if type(reducer).__module__.partition(".")[0] == "umap":
        _check_umap(reducer)
        _make_umap_quick()
    wanted, most = reducer.get_params().get("n_components"), _most(reducer, matrix)
    _check(reducer, wanted)
    if isinstance(reducer, _NEED_TWO_COLUMNS) and matrix.shape[1] < 2:
        raise UserError(f"{type(reducer).__name__} needs two columns, and there is one", "use reducer=none")
    if not isinstance(wanted, Integral) or wanted <= most:
        return reducer
    return clone(reducer).set_params(n_components=most)


def _most(reducer: Any, matrix: np.ndarray) -> int:
    """How many components the reducer can find in the matrix; one of ours may say so itself."""
    if hasattr(reducer, "most_components"):
        return int(reducer.most_components(matrix))
    # ARPACK finds all directions but one.
    return max(1, min(matrix.shape) - (getattr(reducer, "algorithm", "") == "arpack"))


def _check(reducer: Any, wanted: Any) -> None:
    """Counts are whole numbers; a share of the variance is for those that can tell it before they have chosen."""
    if wanted is None or isinstance(wanted, str):
        return
    takes_shares = isinstance(reducer, _TAKE_SHARES)
    if isinstance(wanted, Real) and not isinstance(wanted, bool):
        asked = float(wanted)
        if (isinstance(wanted, Integral) and asked >= 1) or (takes_shares and 0 < asked < 1):
            return
    share = (
        ", or a share of the variance such as 0.9" if takes_shares else "; a share of the variance takes pca or famd"
    )
    raise UserError(f"reducer.n_components={wanted} does not do", f"give a whole number from 1 on{share}")


def _check_umap(reducer: Any) -> None:
    neighbours, closest = reducer.n_neighbors, reducer.min_dist
    if not isinstance(neighbours, Integral) or neighbours < 2:
        raise UserError(f"reducer.n_neighbors={neighbours} does not do", "give a whole number from 2 on")
    if not isinstance(closest, Real) or not 0 <= float(closest) <= float(reducer.spread):
        raise UserError(f"reducer.min_dist={closest} does not do", f"give a number from 0 to {reducer.spread:g}")


def _make_umap_quick() -> None:
    from segkit.umap_distances import compile_distances

    compile_distances()
    keep_compiled("umap", "pynndescent", "segkit")
