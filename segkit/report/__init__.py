"""Who the segments are, for those who act on them: one page, a text, a spreadsheet, a query, a list of customers."""

from segkit.report.portrait import Portrait, portrait_of

__all__ = ["Portrait", "portrait_of"]
