"""Figures as people read them in a sentence."""

import math

_YEARS = (1800, 2200)


def figure(value: float, is_year: bool = False) -> str:
    """A number of any size, rounded to what is worth saying; years keep their digits together.

    >>> figure(51381.5), figure(1378.02), figure(67.49), figure(3.668), figure(0.0512), figure(12.0), figure(-0.001)
    ('51,382', '1,378', '67', '3.7', '0.05', '12', '-0.001')
    >>> figure(1980.0, is_year=True), figure(float("nan")), figure(2.4e9)
    ('1980', 'unknown', '2,400,000,000')
    """
    if not math.isfinite(value):
        return "unknown"
    if is_year and _YEARS[0] <= value <= _YEARS[1]:
        return f"{value:.0f}"
    if abs(value) >= 10 or float(value).is_integer():
        return f"{value + 0.0:,.0f}"
    if abs(value) >= 1:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2f}".rstrip("0") if abs(value) >= 0.05 else f"{value:.1g}"


def tenths(share: float) -> str:
    """A share in per cent and tenths of it.

    >>> tenths(0.2846), tenths(0.0), tenths(1.0), tenths(float("nan"))
    ('28.5 %', '0.0 %', '100.0 %', 'unknown')
    """
    return f"{share:.1%}".replace("%", " %") if math.isfinite(share) else "unknown"


def percent(share: float) -> str:
    """A share in whole per cent.

    >>> percent(0.284), percent(0.002), percent(0.0), percent(0.998), percent(1.0), percent(float("nan"))
    ('28 %', 'under 1 %', '0 %', 'over 99 %', '100 %', 'unknown')
    """
    if not math.isfinite(share):
        return "unknown"
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{share:.0%}".replace("%", " %")
