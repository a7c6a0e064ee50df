"""rank the runs of a sweep, from the store alone"""

from pathlib import Path
from typing import Any

from segkit.config.entry import entry


def compare(config: Any) -> None:
    """Read the sweep, rank it, print it or write its page."""
    from segkit.answer import sweep_report
    from segkit.choosing import on_k
    from segkit.config.stored import ranking_of, store_of
    from segkit.config.trees import trees_of
    from segkit.output import as_json, check_format, emit
    from segkit.pages.file import check_asked_page, check_page, page_name
    from segkit.rivalry import standing
    from segkit.tables import ranking_table, sweep_json
    from segkit.tracking.evidence import seed_groups, sweep_evidence
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
    chosen, groups = evidence.get("k_suggestions"), seed_groups(store, ranking)
    told = on_k(chosen, ranking.champion.run if ranking.champion else None)
    trees = trees_of(store, sweep, ranking)
    path = output or check_page(page_name("compare", sweep.data, sweep.sweep[:6]))
    report = sweep_report(ranking, sweep.data, rivals, told, groups, trees)
    formats = {
        "table": lambda: f"{sweep.name} ({sweep.sweep})\n\n{report.text}",
        "csv": lambda: ranking_table(ranking, groups).to_csv(index=False),
        "json": lambda: as_json(sweep_json(sweep.sweep, verdict(ranking), ranking, rivals, chosen, groups, trees)),
        "html": lambda: _written(store, sweep, ranking, evidence, groups, trees, path),
    }
    emit(config.format, formats)


def _written(
    store: Any, sweep: Any, ranking: Any, evidence: dict[str, Any], groups: Any, trees: list[Any], path: Path
) -> str:
    """Write the page; the line that says where."""
    from segkit.config.compared import compared_page
    from segkit.pages.file import write_page

    write_page(compared_page(store, sweep, ranking, evidence, groups, trees), path)
    return f"The page: {path}"


main = entry("compare", compare)

if __name__ == "__main__":
    main()
