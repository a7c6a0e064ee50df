"""rank the runs of a sweep, from the store alone"""

from typing import Any

from segkit.config.entry import entry


def compare(config: Any) -> None:
    """Read the sweep, rank it, print it."""
    from segkit.answer import sweep_report, verdict
    from segkit.config.stored import ranking_of, store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tables import ranking_table, sweep_json
    from segkit.tracking.read import find_sweep

    check_format(config.format, ("table", "json", "csv"))
    store = store_of(config.tracking, must_exist=True)
    sweep = find_sweep(store, config.sweep)
    ranking = ranking_of(store, sweep, config.brief, config.selection)
    formats = {
        "table": lambda: f"{sweep.name} ({sweep.sweep})\n\n{sweep_report(ranking, sweep.data).text}",
        "csv": lambda: ranking_table(ranking).to_csv(index=False),
        "json": lambda: as_json(sweep_json(sweep.sweep, verdict(ranking), ranking)),
    }
    emit(config.format, formats)


main = entry("compare", compare)

if __name__ == "__main__":
    main()
