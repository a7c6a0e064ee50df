"""The 90-run grid by a plain harness, by the bare arithmetic, and by segkit, one after the other on one table.

`python -m benchmarks.sweep [rows [plain runs]]`, 2,240 and 90 unless given. A plain harness that does fewer
runs is counted as if it had done all.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.measured import (
    ALGORITHMS,
    KS,
    PREPROCESSINGS,
    REDUCERS,
    SEGKIT,
    Cost,
    bytes_in,
    cost_of,
    sweep_arguments,
    write_customers,
)

GRID = sweep_arguments(preprocessing=PREPROCESSINGS, reducer=REDUCERS, algorithm=ALGORITHMS, k=KS)
RUNS = len(PREPROCESSINGS) * len(REDUCERS) * len(ALGORITHMS) * len(KS)


def main(rows: int = 2240, plain_runs: int = RUNS) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "customers.csv"
        write_customers(table, rows)
        python = [sys.executable, "-m"]
        here = {"floor": [*python, "benchmarks.floor", str(table)]}
        here["plain"] = [*python, "benchmarks.plain", str(table), str(plain_runs)]
        here["segkit"] = [SEGKIT, "sweep", "data=table", f"data.path={table}", *GRID]
        here["segkit again"] = here["segkit"]
        report(folder, here, RUNS / plain_runs)


def report(folder: Path, commands: dict[str, list[str]], plain_factor: float) -> None:
    print(f"{'':<14}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'KB a run':>10}{'x floor':>9}{'x plain':>9}")
    walls: dict[str, float] = {}
    for name, command in commands.items():
        cost, stored = tried(folder / name.split()[0], name, command)
        factor = plain_factor if name == "plain" else 1.0
        walls[name] = cost.wall * factor
        columns = f"{walls[name]:>8.1f}{cost.cpu * factor:>8.1f}{cost.peak:>9.0f}{stored * factor / RUNS / 1e3:>10.0f}"
        ratios = [f"{walls[name] / walls[other]:>9.3f}" for other in ("floor", "plain") if other in walls]
        print(f"{name:<14}{columns}{''.join(ratios)}", flush=True)


def tried(place: Path, name: str, command: list[str]) -> tuple[Cost, int]:
    """What the command costs, and the bytes that it adds."""
    place.mkdir(exist_ok=True)
    before = bytes_in(place)
    cost = cost_of(["env", f"PYTHONPATH={Path(__file__).parent.parent}", *command], place)
    if cost.code:
        raise SystemExit(f"{name} failed:\n{cost.out[-2000:]}")
    return cost, bytes_in(place) - before


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
