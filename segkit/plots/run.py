"""The pictures of one run."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.decomposition import PCA

from segkit.assigning import NOISE
from segkit.plots.style import INK, NOISE_COLOUR, colour, legend, panel, panel_3d, segment_label, tidy

# More dots than this only make the picture heavier, not clearer.
_MOST_DOTS = 4000


def projection(space: np.ndarray, labels: np.ndarray) -> Figure:
    """The clustered space in two dimensions: as it is if it has two, else its two main directions."""
    flat, axis = (
        (space, "dimension") if space.shape[1] <= 2 else (PCA(2, random_state=0).fit_transform(space), "main direction")
    )
    flat = np.column_stack([flat, np.zeros(len(flat))]) if flat.shape[1] == 1 else flat
    figure, axes = panel()
    rows = _sample(len(labels))
    axes.scatter(
        flat[rows, 0], flat[rows, 1], c=[colour(s) for s in labels[rows]], s=7, alpha=0.7, linewidths=0, rasterized=True
    )
    tidy(axes, "Customers in the clustered space", f"{axis} 1", f"{axis} 2")
    legend(axes, np.unique(labels))
    return figure


def projection_3d(space: np.ndarray, labels: np.ndarray) -> Figure:
    """A space of three dimensions as it is."""
    figure, axes = panel_3d()
    rows = _sample(len(labels))
    x, y, z = space[rows, :3].T
    axes.scatter(x, y, z, c=[colour(s) for s in labels[rows]], s=7, alpha=0.7, linewidths=0, rasterized=True)
    axes.set_title("Customers in the clustered space", loc="left", fontsize=11, color=INK)
    axes.set(xlabel="dimension 1", ylabel="dimension 2", zlabel="dimension 3")
    axes.tick_params(labelsize=7)
    legend(axes, np.unique(labels))
    return figure


def segment_sizes(labels: np.ndarray) -> Figure:
    """Customers per segment, with their share."""
    segments, counts = np.unique(labels, return_counts=True)
    figure, axes = panel(6.0, 0.9 + 0.42 * len(segments))
    bars = axes.barh([segment_label(s) for s in segments], counts, color=[colour(s) for s in segments], height=0.7)
    axes.bar_label(
        bars, [f"{count:,} ({count / len(labels):.0%})" for count in counts], padding=4, fontsize=8, color=INK
    )
    axes.invert_yaxis()
    axes.margins(x=0.18)
    tidy(axes, "Segment sizes", "customers")
    return figure


def silhouette_profile(silhouettes: np.ndarray, labels: np.ndarray) -> Figure:
    """Every customer's silhouette, sorted within the segment: a blade that reaches below zero overlaps a neighbour."""
    figure, axes = panel()
    labels, start = labels[labels != NOISE], 0
    gap = max(1, len(labels) // 60)
    for segment in np.unique(labels):
        values = np.sort(silhouettes[labels == segment])
        axes.fill_betweenx(np.arange(start, start + len(values)), 0, values, color=colour(segment), linewidth=0)
        axes.text(
            -0.02,
            start + len(values) / 2,
            segment,
            ha="right",
            va="center",
            fontsize=8,
            color=INK,
            transform=axes.get_yaxis_transform(),
        )
        start += len(values) + gap
    axes.axvline(silhouettes.mean(), color=INK, linestyle="--", linewidth=1)
    axes.set_yticks([])
    axes.set_xlim(min(-0.1, silhouettes.min()), 1)
    tidy(
        axes,
        f"Silhouette by segment (mean {silhouettes.mean():.2f}, dashed)",
        "silhouette: 1 well inside, 0 on a border, below 0 nearer to another",
    )
    return figure


def segment_profile(deviations: pd.DataFrame, most: int = 24) -> Figure:
    """Heat map of the traits that mark the segments most, in standard deviations from everyone's mean."""
    shown = deviations[deviations.abs().max().nlargest(most).index]
    figure, axes = panel(2.6 + 0.62 * len(shown), 1.2 + 0.21 * shown.shape[1])
    limit = float(np.clip(shown.abs().to_numpy().max(initial=0.5), 0.5, 2.0))
    image = axes.imshow(shown.T, cmap="RdBu_r", vmin=-limit, vmax=limit, aspect="auto")
    axes.set_xticks(range(len(shown)), [str(segment) for segment in shown.index])
    axes.set_yticks(range(shown.shape[1]), [str(trait).replace("_", " ") for trait in shown.columns])
    tidy(axes, "What marks each segment", "segment")
    figure.colorbar(image, ax=axes, label="standard deviations from the mean", shrink=0.8).ax.tick_params(labelsize=7)
    axes.set_facecolor(NOISE_COLOUR)
    return figure


def _sample(rows: int) -> np.ndarray:
    return np.arange(rows) if rows <= _MOST_DOTS else np.random.default_rng(0).choice(rows, _MOST_DOTS, replace=False)
