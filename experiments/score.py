"""give new customers their segment, with the champion or another registered model"""

from typing import Any

from segkit.config.entry import entry


def score(config: Any) -> None:
    """Read, score, write; print a summary."""
    from segkit.config.stored import store_of
    from segkit.data.read import check_source, read_table
    from segkit.data.write import check_output, write_table
    from segkit.output import as_json, check_format, emit
    from segkit.scored import as_of_used, score_summary, scored_table, summary_text, unread_cells
    from segkit.tracking.versions import find_version, version_scorer

    check_format(config.format, ("table", "json"))
    output = check_output(config.output)
    check_source(config.input)
    store = store_of(config.tracking, must_exist=True)
    found = find_version(store, config.model)
    scorer = version_scorer(store, found)
    table = read_table(config.input, config.query, scorer.text_columns)
    customers = scorer.customers_in(table, config.as_of)
    scored = scored_table(scorer, customers, config.as_of)
    as_of, unread = as_of_used(scorer, customers, config.as_of), unread_cells(scorer, table)
    write_table(scored, output)
    summary = score_summary(scored, f"{found.model}/{found.version}", str(output), as_of, unread)
    emit(config.format, {"table": lambda: summary_text(summary), "json": lambda: as_json(summary)})


main = entry("score", score)

if __name__ == "__main__":
    main()
