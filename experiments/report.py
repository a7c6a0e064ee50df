"""who the segments are: a page for marketing, a text, a workbook, SQL, a list of customers"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from segkit.config.entry import entry


def report(config: Any) -> None:
    """Find the run, describe its segments, write the form that is asked for, keep page and workbook with the run."""
    from segkit.config.contents import content_of
    from segkit.config.reported import subject_of
    from segkit.config.stored import store_of
    from segkit.output import check_format
    from segkit.report.files import ENDINGS, check_control, check_place, report_name
    from segkit.tracking.reporting import attach_report

    check_format(config.format, (*ENDINGS, "json"))
    control = check_control(config.control)
    store = store_of(config.tracking, must_exist=True)
    subject = subject_of(store, config.run, config.sweep, config.model, config.table)
    name = report_name(config.format, subject.dataset.name, subject.run.model_run)
    path = check_place(config.output, config.format, name)
    content = content_of(store, subject, config, f"{datetime.now().astimezone():%Y-%m-%d}")
    if config.format == "json":
        print(_json(content))
        return
    _write(content, subject.scorer, config.format, path, control)
    if config.format in ("html", "xlsx"):
        attach_report(store, subject.run, path, config.format)
    print(f"{content.recommendation}\nThe {_CALLED.get(config.format, 'file')}: {path}")


_CALLED = {"html": "page", "list": "list of customers"}


def _write(content: Any, scorer: Any, form: str, path: Path, control: float) -> None:
    from segkit.pages.file import write_whole
    from segkit.report.customers import customer_list
    from segkit.report.markdown import report_markdown
    from segkit.report.names import names_of
    from segkit.report.page import report_page
    from segkit.report.sweep_pictures import sweep_pictures
    from segkit.report.workbook import write_workbook

    texts: dict[str, Callable[[], str]] = {
        "html": lambda: report_page(content, sweep_pictures(content)),
        "markdown": lambda: report_markdown(content),
        "sql": lambda: content.sql,
        "names": lambda: names_of(content),
        "list": lambda: customer_list(content.portrait, scorer, content.title, control).to_csv(index=False),
    }
    if form == "xlsx":
        write_whole(path, lambda place: write_workbook(content, place))
    else:
        text = texts[form]()
        write_whole(path, lambda place: place.write_text(text, encoding="utf-8"))


def _json(content: Any) -> str:
    from segkit.output import as_json
    from segkit.report.values import report_values

    return as_json(report_values(content))


main = entry("report", report)

if __name__ == "__main__":
    main()
