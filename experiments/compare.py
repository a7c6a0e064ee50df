"""rank the runs of a sweep, from the store alone"""

from pathlib import Path
from typing import Any

from segkit.config.entry import entry


def compare(config: Any) -> None:
    """Read the sweep, rank it, print it or write its page."""
    from segkit.answer import sweep_report
    from segkit.config.beside import beside
    from segkit.config.stored import ranking_of, store_of
    from segkit.output import as_json, check_format, emit
    from segkit.pages.file import check_asked_page, check_page, page_name
    from segkit.tables import ranking_table, sweep_json
    from segkit.tracking.evidence import sweep_evidence
    from segkit.tracking.read import find_sweep
    from segkit.verdict import verdict

    check_format(config.format, ("table", "json", "csv", "html"))
    output = check_asked_page(config.output, config.format)
    store = store_of(config.tracking, must_exist=True)
    sweep = find_sweep(store, config.sweep)
    ranking = ranking_of(store, sweep, config.brief, config.selection)
    evidence = sweep_evidence(store, sweep.parent)
    told = beside(store, sweep, ranking, evidence)
    path = output or check_page(page_name("compare", sweep.data, sweep.sweep[:6]))
    formats = {
        "table": lambda: f"{sweep.name} ({sweep.sweep})\n\n{sweep_report(ranking, sweep.data, told).text}",
        "csv": lambda: ranking_table(ranking, told.groups).to_csv(index=False),
        "json": lambda: as_json(sweep_json(sweep.sweep, verdict(ranking), ranking, told)),
        "html": lambda: _written(store, sweep, ranking, evidence, told, path),
    }
    emit(config.format, formats)


def _written(store: Any, sweep: Any, ranking: Any, evidence: dict[str, Any], told: Any, path: Path) -> str:
    """Write the page; the line that says where."""
    from segkit.config.compared import compared_page
    from segkit.pages.file import write_page

    write_page(compared_page(store, sweep, ranking, evidence, told), path)
    return f"The page: {path}"


main = entry("compare", compare)

if __name__ == "__main__":
    main()
