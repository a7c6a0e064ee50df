"""Names of segments that were made of others."""

from segkit.profiles.joined_names import distinct, joined


def test_a_name_that_is_taken_says_what_it_is_part_of_or_is_counted() -> None:
    assert distinct("Gold", ["Silver"]) == "Gold"
    assert distinct("Gold", ["gold", "Gold (Rich)"], "Rich") == "Gold (2)"
    assert len(distinct("x" * 80, ["X" * 80], "y" * 80)) <= 80


def test_long_names_share_the_letters() -> None:
    assert joined(["a", "b"]) == "a + b"
    name = joined(["a" * 60, "b" * 60, "c" * 60])
    assert len(name) <= 80
    assert all(letter in name for letter in "abc")
