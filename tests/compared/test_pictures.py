"""The pictures as the page shows them."""

from base64 import b64decode

from matplotlib.figure import Figure

from segkit.compared.pictures import pictures

FIGURES = {name: Figure(figsize=(3, 2)) for name in ("rivals", "unheard_of", "agreement")}


def test_pictures_stand_in_the_pages_order_and_say_how_to_read_them() -> None:
    shown = pictures(FIGURES)
    assert [picture.name for picture in shown] == ["agreement", "rivals"]
    assert all(picture.title and picture.reading.endswith(".") for picture in shown)
    assert {picture.width for picture in shown} == {288}


def test_a_picture_is_inside_its_address_and_the_same_every_time() -> None:
    address = pictures(FIGURES)[0].address
    kind, _, data = address.partition(",")
    svg = b64decode(data)
    assert kind == "data:image/svg+xml;base64"
    assert b"<svg" in svg
    assert b"<dc:date>" not in svg
    assert pictures(FIGURES)[0].address == address
