"""who the segments are: a page for marketing, a text, a workbook, SQL, a list of customers"""

from datetime import datetime
from typing import Any

from segkit.config.entry import entry

_CALLED = {"html": "page", "list": "list of customers"}


def report(config: Any) -> None:
    """Find the run, describe its segments, write the form that is asked for, keep page and workbook with the run."""
    from segkit.config.contents import content_of
    from segkit.config.reported import subject_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format
    from segkit.report.files import ENDINGS, check_control, check_place, report_name
    from segkit.report.values import report_values
    from segkit.report.written import write_report
    from segkit.tracking.reporting import attach_report

    check_format(config.format, (*ENDINGS, "json"))
    control = check_control(config.control)
    store = store_of(config.tracking, must_exist=True)
    subject = subject_of(store, config.run, config.sweep, config.model, config.table)
    name = report_name(config.format, subject.dataset.name, subject.run.model_run)
    path = check_place(config.output, config.format, name)
    content = content_of(store, subject, config, f"{datetime.now().astimezone():%Y-%m-%d}")
    if config.format == "json":
        print(as_json(report_values(content)))
        return
    write_report(content, subject.scorer, config.format, path, control)
    if config.format in ("html", "xlsx"):
        attach_report(store, subject.run, path, config.format)
    print(f"{content.recommendation}\nThe {_CALLED.get(config.format, 'file')}: {path}")


main = entry("report", report)

if __name__ == "__main__":
    main()
