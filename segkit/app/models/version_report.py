"""The report on a registered version."""

from segkit.app.gathered.contents import ONE_AT_A_TIME, of_version
from segkit.app.settings import Settings
from segkit.report.page import report_page
from segkit.report.sweep_pictures import sweep_pictures


def version_report(settings: Settings, model: str, number: int) -> str:
    """As `segkit report model=NAME/NUMBER` writes it."""
    with ONE_AT_A_TIME:
        content = of_version(settings, model, number)
        return report_page(content, sweep_pictures(content))
