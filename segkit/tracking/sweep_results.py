"""Writing what a whole sweep found: the ranks on its runs, tables, pictures and the answer on its parent."""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from mlflow.entities import Metric, RunTag

from segkit.answer import Report
from segkit.plots.style import save_png, shrunk
from segkit.records import FINISHED, RunRecord
from segkit.selection import Ranked, Ranking
from segkit.tracking.descriptions import SMALL, SMALL_WIDTH, SWEEP_PICTURES, pictures_markdown, sweep_description
from segkit.tracking.names import ANSWER, BEST, GUARDS, NOTE, RANK
from segkit.tracking.runs import metrics
from segkit.tracking.store import Store
from segkit.tracking.together import for_each
from segkit.tracking.views import AGAINST_K, run_link, sweep_links

_NOT_IN_NAMES = re.compile(r"[^\w. -]")


def log_places(store: Store, ranking: Ranking) -> None:
    """Each run's place as a metric and its guards as a tag, so that the UI can sort and show them."""
    for_each(store, lambda ranked: _log_place(store, ranked), ranking.runs)


def _log_place(store: Store, ranked: Ranked) -> None:
    guards = " ".join(ranked.guards) or "none"
    if (ranked.run.place, ranked.run.marks) != (ranked.rank, guards):
        tags = [RunTag(GUARDS, guards)]
        store.client.log_batch(ranked.run.run_id, metrics=metrics({RANK: ranked.rank}), tags=tags)


def log_sweep(
    store: Store,
    parent: str,
    runs: Sequence[RunRecord],
    tables: Mapping[str, pd.DataFrame],
    tags: Mapping[str, str],
    figures: Mapping[str, Figure],
) -> None:
    """What the sweep found, on its parent: what its tags say of it, tables, pictures, metrics against k."""
    # The parent's own time: logged again at the same time and step, a value is not doubled.
    started = store.client.get_run(parent).info.start_time
    told = [RunTag(name, text) for name, text in tags.items()]
    store.client.log_batch(parent, metrics=_against_k(runs, started), tags=told)
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            table.to_csv(Path(folder) / f"{name}.csv", index=False, float_format="%.6g")
        (Path(folder) / SMALL).mkdir()
        for name, figure in figures.items():
            path = Path(folder) / f"{name}.png"
            save_png(figure, path)
            if name in SWEEP_PICTURES:
                (Path(folder) / SMALL / path.name).write_bytes(shrunk(path.read_bytes(), SMALL_WIDTH))
        store.client.log_artifacts(parent, folder)


def sweep_tags(
    store: Store, parent: str, ranking: Ranking, report: Report, segments: pd.DataFrame | None, drawn: Iterable[str]
) -> dict[str, str]:
    """What a sweep's page says: the answer in a few words, the best run, and the description with links and pictures.

    `segments` are the best run's, `drawn` the names of the sweep's pictures.
    """
    best = ranking.best_run
    links = {"best run": run_link(store, best.run_id, "")} if best else {}
    links |= {title: link for title, link in sweep_links(store, parent, "").items() if title != "the sweep"}
    runs = [ranked.run for ranked in ranking.runs]
    pictures = pictures_markdown(parent, drawn)
    note = sweep_description(report.markdown, runs, links, segments, pictures)
    return {NOTE: note, ANSWER: report.headline, BEST: best.name if best else "none"}


def pipelines_against_k(ranking: Ranking) -> list[str]:
    """The names behind `silhouette_macro/` of what is drawn against k, the best first."""
    runs = [ranked.run for ranked in ranking.runs if ranked.run.k is not None]
    return list(dict.fromkeys(_allowed(run.pipeline) for run in runs if "silhouette_macro" in run.metrics))


def _allowed(pipeline: str) -> str:
    return _NOT_IN_NAMES.sub("_", pipeline)


def _against_k(runs: Sequence[RunRecord], now: int) -> list[Metric]:
    """`silhouette_macro/<pipeline>` with step=k, so that MLflow's own charts draw the elbow."""
    return [
        Metric(f"{name}/{_allowed(run.pipeline)}", run.metrics[name], now, run.k)
        for run in runs
        for name in AGAINST_K
        if run.status == FINISHED and run.k is not None and name in run.metrics
    ]
