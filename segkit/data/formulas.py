"""Text that a spreadsheet would work out when it opens a table."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, behind a quotation mark where a spreadsheet would take it for a formula.

    >>> harmless("=HYPERLINK(A1)"), harmless("Young families")
    ("'=HYPERLINK(A1)", 'Young families')
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) else text
