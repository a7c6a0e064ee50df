"""Where the page may go."""

import pytest

from segkit.errors import UserError
from segkit.pages.file import check_page, write_page


@pytest.mark.parametrize(("output", "named"), [("x.pdf", ".pdf"), ("x", "type"), ("no/x.html", "no"), (".", "folder")])
def test_a_place_that_will_not_do_is_named(own_place, output, named):
    with pytest.raises(UserError, match=named):
        check_page(output)


def test_an_older_page_is_replaced_as_a_whole(own_place):
    path = check_page("x.html")
    path.write_text("old")
    write_page("neu: ü", path)
    assert path.read_text(encoding="utf-8") == "neu: ü"
    assert [file.name for file in own_place.iterdir()] == ["x.html"]


def test_an_older_page_stays_where_the_new_one_cannot_be_written(own_place):
    path = check_page("x.html")
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_page("\ud800", path)
    assert path.read_text() == "old"
    assert [file.name for file in own_place.iterdir()] == ["x.html"]
