"""Numbers and places as people read them."""

import math
from pathlib import PurePath
from urllib.parse import urlsplit

from segkit.data.findings.finding import share


def figure(value: float) -> str:
    """A number of any size in few characters; years keep their four digits together.

    >>> figure(1893.0), figure(666666.0), figure(0.37649), figure(275.25), figure(12.0), figure(-0.0), figure(3e15)
    ('1893', '666,666', '0.376', '275.2', '12', '0', '3e+15')
    """
    if not math.isfinite(value):
        return "-"
    if abs(value) >= 1e12:
        return f"{value:.3g}"
    if abs(value) >= 9999.5:
        return f"{value:,.0f}"
    return f"{value + 0.0:.4g}" if abs(value) >= 100 or value.is_integer() else f"{value:.3g}"


def short_share(part: float, whole: float = 1.0) -> str:
    """A share for a narrow column.

    >>> short_share(0.0004), short_share(1, 3)
    ('<0.1 %', '33 %')
    """
    return share(part, whole).replace("under ", "<")


def shown_source(source: str) -> str:
    """Where a table comes from, fit to be mailed about: a file's name, or an address without user, password and query.

    >>> shown_source("/home/ann/customers.csv"), shown_source("postgresql://ann:secret@db/shop?sslkey=x")
    ('customers.csv', 'postgresql://db/shop')
    """
    if "://" not in source:
        return PurePath(source).name if "/" in source or "\\" in source else source
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
