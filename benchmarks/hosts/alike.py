"""Whether two sweeps say the same, and what each costs."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.hosts.site import Site, answered
from benchmarks.measured import adopting, used_by

_NEAR = 1e-6


def difference(table: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What differs first between two ranked tables: order, or a figure by more than 1e-6; "" if nothing does."""
    ranked, others = ([run["name"] for run in one["runs"]] for one in (table, other))
    if ranked != others:
        place = next((n for n, (a, b) in enumerate(zip(ranked, others, strict=False), 1) if a != b), len(ranked))
        return f"other ranks from place {place} on ({len(ranked)} and {len(others)} runs)"
    for run, twin in zip(table["runs"], other["runs"], strict=True):
        if run["metrics"].keys() != twin["metrics"].keys():
            return f"{run['name']} has other metrics: {sorted(run['metrics'].keys() ^ twin['metrics'].keys())}"
        for name, value in run["metrics"].items():
            if abs(value - twin["metrics"][name]) > _NEAR:
                return f"{name} of {run['name']} is {value} and {twin['metrics'][name]}"
    return "" if table["verdict"] == other["verdict"] else "another verdict"


def compared(site: Site, grid: Sequence[str]) -> str:
    """The grid on local workers and a file, on two hosts, and on local workers and the server, as a table."""
    ways = {
        "here, SQLite": ["tracking.folder=file"],
        "two hosts, server": [*site.dask, *site.tracking, "tracking.folder=two", "tracking.experiment=two"],
        "here, server": [*site.tracking, "tracking.folder=here", "tracking.experiment=here"],
    }
    tables: list[dict[str, Any]] = []
    costs: list[tuple[float, float, float]] = []
    lines = [f"{'':<20}{'wall s':>8}{'CPU s':>8}{'of the server':>15}{'x wall':>8}{'x CPU':>8}  table"]
    for name, arguments in ways.items():
        table, *cost = _tried(site, [*grid, *arguments])
        tables.append(table)
        costs.append((cost[0], cost[1], cost[2]))
        wall, cpu, server = costs[-1]
        ratios = f"{wall / costs[0][0]:>8.2f}{cpu / costs[0][1]:>8.2f}"
        said = difference(tables[0], table) or f"the same {len(table['runs'])} runs"
        lines.append(f"{name:<20}{wall:>8.1f}{cpu:>8.1f}{server:>15.1f}{ratios}  {said}")
    return "\n".join(lines)


def _tried(site: Site, arguments: Sequence[str]) -> tuple[dict[str, Any], float, float, float]:
    """The table, seconds on the clock, on the processors, and those of the server's host among them."""
    others = [host for host in site.net.hosts.values() if host.name != "client"]
    known, before = adopting(), [host.cpu() for host in others]
    answer, begun = site.net.hosts["client"].folder / "answer.json", time.perf_counter()
    sweep = site.sweep(*arguments, out=answer)
    wall, cpu, _ = used_by(sweep, known, begun)
    if sweep.returncode:
        raise SystemExit(
            f"the sweep ended with code {sweep.returncode}; see {site.net.hosts['client'].folder}/stderr.log"
        )
    used = {host.name: host.cpu() - seconds for host, seconds in zip(others, before, strict=True)}
    return answered(answer), wall, cpu + sum(used.values()), used["server"]
