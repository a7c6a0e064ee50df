"""Folders are found by ids of ours only, and go as a whole."""

import pytest

from segkit.app.folders import ids_in, leave_nothing, new_folder, read_page, write_page


def test_a_folder_is_found_once_it_has_a_page(own_place):
    folder = new_folder(own_place)
    assert (ids_in(own_place), read_page(own_place, folder.name)) == ([], None)
    write_page(folder, {"file": "Käufer.csv"})
    assert ids_in(own_place) == [folder.name]
    assert read_page(own_place, folder.name) == {"file": "Käufer.csv"}
    assert [path.name for path in folder.iterdir()] == ["page.json"]


@pytest.mark.parametrize("name", ["..", "../0123456789ab", "0123456789AB", "other", "0123456789ab\n"])
def test_what_is_no_id_is_not_looked_for(own_place, name):
    (own_place / "below").mkdir()
    for place in (own_place / "0123456789ab", own_place / "below" / "other", own_place):
        place.mkdir(exist_ok=True)
        write_page(place, {"file": "secret"})
    assert read_page(own_place / "below", name) is None
    assert ids_in(own_place / "below") == []


def test_nothing_is_left_of_a_folder_nor_of_what_another_left_half_deleted(own_place):
    folder, other = new_folder(own_place), new_folder(own_place)
    half = folder.rename(own_place / f".gone-{folder.name}")
    leave_nothing(other)
    leave_nothing(other)
    assert not half.exists()
    assert list(own_place.iterdir()) == []
