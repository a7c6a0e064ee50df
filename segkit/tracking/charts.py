"""Charts and tables of runs as the MLflow UI keeps them in a view."""

import base64
import json
import time
import zlib
from collections.abc import Sequence
from typing import Any

from segkit.records import STEPS
from segkit.tracking.names import ANSWER, BEST, GUARDS, RANK

# In pixels, of columns: what the whole names take.
_WIDTH = 120
_WIDTHS = {"attributes.`Run Name`": 250, "runDateAndNestInfo": 140, "duration": 80, f"tags.`{GUARDS}`": 150}
_WIDTHS |= {f"metrics.`{RANK}`": 70, "metrics.`segments`": 95, "metrics.`stability`": 95, f"tags.`{ANSWER}`": 560}
_WIDTHS |= {"metrics.`silhouette_macro`": 140, "metrics.`smallest_share`": 130, f"tags.`{BEST}`": 180}
_WIDTHS |= {"params.`reducer`": 80, "params.`algorithm`": 110}
# Curves of one run have one colour and differ in their dashes, so few are told apart.
_MOST_CURVES = 6


def saved_view(name: str, state: dict[str, Any]) -> str:
    """A view under a name, as the UI keeps it; squeezed, or long ones would not be taken."""
    now = int(time.time() * 1000)
    squeezed = base64.b64encode(zlib.compress(json.dumps(state).encode())).decode()
    return json.dumps({"name": name, "createdAt": now, "updatedAt": now, "state": f"deflate;{squeezed}"})


def table(query: str, columns: Sequence[str], order: str, ascending: bool = True) -> dict[str, Any]:
    """A table of the runs that a query finds, with these columns."""
    shown = ["attributes.`Run Name`", *columns, "runDateAndNestInfo", "duration"]
    return {
        "searchFilter": query,
        "orderByKey": order,
        "orderByAsc": ascending,
        "startTime": "ALL",
        "lifecycleFilter": "Active",
        "datasetsFilter": [],
        "modelVersionFilter": "All Runs",
        "selectedColumns": list(columns),
        "columnOrder": shown,
        "columnWidths": {name: _WIDTHS.get(name, _WIDTH) for name in shown},
        "runsHiddenMode": "SHOW_ALL",
    }


def charts(*drawn: dict[str, Any]) -> dict[str, Any]:
    """What makes a view open with charts, one below the other."""
    section = {"uuid": "answer", "name": "Which is best, and why", "display": True, "isReordered": False, "columns": 1}
    return {
        "compareRunCharts": list(drawn),
        "compareRunSections": [section | {"deleted": False, "isGenerated": False}],
        "isAccordionReordered": True,  # or sections that the UI adds come first
    }


def parallel(metric: str) -> dict[str, Any]:
    """Every run as a line through what it was made of, to its score."""
    # The number of segments instead of k: algorithms without k would be left out.
    chosen = {"selectedParams": list(STEPS), "selectedMetrics": ["segments", metric], "showAllRuns": False}
    return _chart("parallel", "PARALLEL") | chosen


def bars(metric: str) -> dict[str, Any]:
    """A bar for each run."""
    return _chart(f"bars-{metric}", "BAR") | {"metricKey": metric, "useSharedColors": True}


def scatter(across: str, up: str) -> dict[str, Any]:
    """Every run as a point of two metrics."""
    axes = {"xaxis": {"key": across, "type": "METRIC"}, "yaxis": {"key": up, "type": "METRIC"}}
    return _chart(f"scatter-{across}-{up}", "SCATTER") | axes


def curves(metrics: Sequence[str]) -> dict[str, Any]:
    """Metrics with steps as curves, of which the first ones are drawn."""
    drawn = list(metrics[:_MOST_CURVES])
    lines = {"metricKey": drawn[0], "selectedMetricKeys": drawn, "xAxisKey": "step", "selectedXAxisMetricKey": ""}
    axes = {"scaleType": "linear", "xAxisScaleType": "linear", "lineSmoothness": 0, "yAxisKey": "metric"}
    own = {"useGlobalXaxisKey": False, "useGlobalLineSmoothing": False, "yAxisExpressions": [], "range": {}}
    return _chart(f"curves-{drawn[0]}", "LINE") | lines | axes | own


def _chart(name: str, kind: str) -> dict[str, Any]:
    place = {"metricSectionId": "answer", "deleted": False, "isGenerated": False, "runsCountToCompare": 100}
    return {"uuid": name, "type": kind} | place
