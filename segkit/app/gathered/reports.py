"""The reports, as `segkit report` writes them."""

from segkit.app.gathered.contents import of_sweep, of_version
from segkit.app.settings import Settings
from segkit.report.content import Content
from segkit.report.page import report_page
from segkit.report.sweep_pictures import sweep_pictures


def sweep_report(settings: Settings, sweep: str, ended: float) -> str:
    """On the run that a sweep recommends which ended then."""
    return _written(of_sweep(settings, sweep, ended))


def version_report(settings: Settings, model: str, number: int) -> str:
    """On a registered version."""
    return _written(of_version(settings, model, number))


def _written(content: Content) -> str:
    return report_page(content, sweep_pictures(content))
