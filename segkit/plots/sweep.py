"""The pictures of a sweep."""

import pandas as pd
from matplotlib.figure import Figure

from segkit.plots.style import INK, PALETTE, tidy

_PANELS = {
    "inertia": "Inertia (lower is tighter; look for the bend)",
    "silhouette_macro": "Macro silhouette (higher is better)",
}
# Every line has its own pair of colour and dash, so that a dozen pipelines stay apart.
_DASHES = ("-", "--", ":", "-.")


def score_against_k(runs: pd.DataFrame) -> Figure | None:
    """Elbow and silhouette against k, one line per pipeline; None unless some pipeline was tried at two k.

    `runs` has the columns pipeline, k, inertia and silhouette_macro.
    """
    lines = {
        name: group.sort_values("k")
        for name, group in runs.dropna(subset=["k"]).groupby("pipeline")
        if group["k"].nunique() > 1
    }
    if not lines:
        return None
    figure = Figure(figsize=(10.5, 4.0 + 0.05 * len(lines)), layout="constrained", dpi=90)
    for axes, (metric, title) in zip(figure.subplots(1, 2), _PANELS.items(), strict=True):
        for position, (name, group) in enumerate(lines.items()):
            # Inertia is only comparable within one space, so each line is shown relative to its first k.
            values = group[metric] / group[metric].iloc[0] if metric == "inertia" else group[metric]
            style = {
                "color": PALETTE[position % len(PALETTE)],
                "linestyle": _DASHES[position // len(PALETTE) % len(_DASHES)],
            }
            axes.plot(group["k"], values, marker="o", markersize=3.5, linewidth=1.4, label=name, **style)
        axes.set_xticks(sorted({int(k) for group in lines.values() for k in group["k"]}))
        tidy(axes, title, "k", "share of the first k's inertia" if metric == "inertia" else "")
    handles, names = axes.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside right center", frameon=False, fontsize=7, labelcolor=INK)
    return figure
