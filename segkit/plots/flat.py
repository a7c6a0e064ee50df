"""Many dimensions and many customers as what one picture can show."""

import numpy as np

from segkit.profiles.figures import percent

# More dots than this only make a picture heavier, not clearer.
MOST_DOTS = 4000


def flattened(space: np.ndarray, dimensions: int = 2) -> tuple[np.ndarray, tuple[float, ...]]:
    """The main directions of a space with the share of the spread that each shows; no shares where it is as it is."""
    from sklearn.decomposition import PCA  # late: the pictures of a sweep do without

    if min(space.shape) > dimensions and np.ptp(space, axis=0).any():
        main = PCA(dimensions, random_state=0).fit(space)
        return main.transform(space), tuple(map(float, main.explained_variance_ratio_))
    missing = max(0, dimensions - space.shape[1])
    return np.column_stack([space, np.zeros((len(space), missing))])[:, :dimensions], ()


def axis_names(shares: tuple[float, ...]) -> tuple[str, str]:
    """What a picture's two axes show."""
    if not shares:
        return "dimension 1", "dimension 2"
    return f"main direction 1 ({percent(shares[0])} of the spread)", f"main direction 2 ({percent(shares[1])})"


def drawn_rows(labels: np.ndarray, most: int = MOST_DOTS) -> np.ndarray:
    """Rows to draw: not too many, and the large segments first, so that they do not hide the small ones."""
    rows = np.arange(len(labels))
    if len(rows) > most:
        rows = np.random.default_rng(0).choice(rows, most, replace=False)
    _, codes, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return rows[np.argsort(-sizes[codes[rows]], kind="stable")]
