"""How far segments re-form among other customers, in words that everybody uses alike."""

from segkit.segments import SOLID, USABLE

_WORDS = (("mostly re-forms", "mostly re-form"), ("re-forms in part", "re-form in part"), ("dissolves", "dissolve"))


def re_forms(overlap: float) -> str:
    """What one segment does on another sample.

    >>> re_forms(0.8), re_forms(0.65), re_forms(0.2)
    ('mostly re-forms', 're-forms in part', 'dissolves')
    """
    return _WORDS[_place(overlap)][0]


def they_re_form(overlap: float) -> str:
    """What several do.

    >>> they_re_form(0.8)
    'mostly re-form'
    """
    return _WORDS[_place(overlap)][1]


def _place(overlap: float) -> int:
    return 0 if overlap >= SOLID else 1 if overlap >= USABLE else 2
