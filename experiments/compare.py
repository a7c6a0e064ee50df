"""rank the runs of a sweep, from the store alone"""

from pathlib import Path
from typing import Any

from segkit.config.entry import entry


def compare(config: Any) -> None:
    """Read the sweep, rank it, print it or write its page."""
    from segkit.answer import sweep_report
    from segkit.config.stored import ranking_of, store_of
    from segkit.config.trees import trees_of
    from segkit.output import as_json, check_format, emit
    from segkit.pages.file import check_asked_page, check_page, page_name
    from segkit.rivalry import standing
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
    rivals = standing(evidence["rivals"], ranking) if "rivals" in evidence else None
    evidence |= {} if rivals is None else {"rivals": rivals}
    trees = trees_of(store, sweep, ranking)
    path = output or check_page(page_name("compare", sweep.data, sweep.sweep[:6]))
    formats = {
        "table": lambda: f"{sweep.name} ({sweep.sweep})\n\n{sweep_report(ranking, sweep.data, rivals, trees).text}",
        "csv": lambda: ranking_table(ranking).to_csv(index=False),
        "json": lambda: as_json(sweep_json(sweep.sweep, verdict(ranking), ranking, rivals, trees)),
        "html": lambda: _written(store, sweep, ranking, evidence, path, trees),
    }
    emit(config.format, formats)


def _written(store: Any, sweep: Any, ranking: Any, evidence: dict[str, Any], path: Path, trees: list[Any]) -> str:
    """Write the page; the line that says where."""
    from segkit.answer import answer
    from segkit.compared import compare_page
    from segkit.pages.file import write_page
    from segkit.plots.comparison import sweep_figures
    from segkit.tracking.evidence import segment_names
    from segkit.verdict import verdict

    best, rivals = ranking.champion, evidence.get("rivals")
    names = segment_names(store, best.run.model_run) if best else {}
    told = (answer(ranking, rivals), verdict(ranking), ranking, sweep_figures(ranking, evidence, names), rivals)
    write_page(compare_page(sweep.data, *told, trees, sweep.inside), path)
    return f"The page: {path}"


main = entry("compare", compare)

if __name__ == "__main__":
    main()
