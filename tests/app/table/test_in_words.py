"""What was said of a table, in words."""

import pytest

from segkit.app.table.in_words import in_words


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("data.use.a=b=outcome", "a=b: what it led to"),
        ("data.kind.region=categorical", "region is a category"),
        ('data.levels.size=["S", "L=large"]', "size is a rank: S, L=large"),
        ("data.missing.Year_Birth=[1893,1899]", "Year_Birth: 1893, 1899 counts as not known"),
        ("data.duplicates=drop", "Customers who are there twice count once"),
        ("data.log.customer=id data.log.date=day", "It is a log of purchases"),
        ("preprocessing=log_skewed", "Skewed columns are evened out"),
        ("brief.most_segments=4", "At most 4 segments"),
        ("something=else", ""),
    ],
)
def test_arguments_are_told_in_words(argument, words):
    assert in_words(argument, {"outcome": "what it led to"}) == words
