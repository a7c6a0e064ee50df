"""what is in a table: a first look as one page of HTML"""

from typing import Any

from segkit.config.entry import entry


def explore(config: Any) -> None:
    """Read, look, write the page, log it; print what matters of it."""
    from segkit.config.datasets import brief_of, load_dataset
    from segkit.config.labels import evens_tails
    from segkit.config.stored import store_of
    from segkit.data.boxes import columns_table
    from segkit.data.worth_knowing import worth_knowing
    from segkit.explore import explore_page
    from segkit.explore.summary import explored_text, explored_values, findings_note, findings_table
    from segkit.output import as_json, check_format, emit
    from segkit.pages.file import check_page, page_name, write_page
    from segkit.tracking.exploration import log_exploration, page_link

    check_format(config.format, ("table", "json"))
    output = check_page(config.output) if config.output else None
    dataset = load_dataset(config)
    path = output or check_page(page_name("explore", dataset.name))
    store = store_of(config.tracking)
    findings = worth_knowing(dataset, evens_tails(config.preprocessing))
    page = explore_page(dataset, str(brief_of(config.brief)), findings)
    write_page(page, path)
    tables = {"columns": columns_table(dataset), "findings": findings_table(findings)}
    run_id = log_exploration(store, dataset, page, tables, findings_note(findings))
    link = page_link(store, run_id)
    formats = {
        "table": lambda: explored_text(dataset, findings, path, link),
        "json": lambda: as_json(explored_values(dataset, findings, path, run_id, link)),
    }
    emit(config.format, formats)


main = entry("explore", explore)

if __name__ == "__main__":
    main()
