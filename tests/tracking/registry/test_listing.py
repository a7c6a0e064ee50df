"""The registered models as they are listed."""

import json

from segkit.tracking.registry import listing
from segkit.tracking.registry.listing import Listed
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.terms import Terms
from segkit.tracking.registry.versions import Version

TAGS = {
    "segkit.verdict": "continuum",
    "segkit.segments": '{"0": "Big", "4": "New"}',
    "segkit.moved_share": "0.123",
    "segkit.compared_with": "1",
    "segkit.at": "2026-03-01T09:30:00+01:00",
    "segkit.by": "ada",
    "segkit.run_name": "standard-pca-kmeans-4",
    "segkit.why": "it leads",
}


def lines(*versions: Version) -> list[str]:
    text = listing.as_text([Listed("shop", versions, [1, 2])])
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_version_is_a_line_of_what_matters() -> None:
    edited = Version("shop", 3, "r", (), TAGS | {"segkit.parent": "2"})
    assert lines(edited, Version("shop", 2, "r", ("challenger", "champion"), TAGS)) == [
        "shop champions so far: 1 -> 2",
        "version alias verdict segments moved parent when who run",
        "3 - continuum 2 12 % of 1 2 2026-03-01 09:30 ada standard-pca-kmeans-4",
        "2 challenger champion continuum 2 12 % of 1 - 2026-03-01 09:30 ada standard-pca-kmeans-4",
        "why version 2: it leads",
    ]


def test_columns_that_nobody_has_are_left_out() -> None:
    assert lines(Version("shop", 1, "r", ("champion",)))[1:] == ["version alias", "1 champion"]


def test_ten_versions_are_twelve_lines_of_one_width() -> None:
    found = [Version("shop", number, "r", (), TAGS) for number in range(10, 0, -1)]
    text = listing.as_text([Listed("shop", found, [])]).splitlines()
    assert len(text) == 12
    assert max(map(len, text)) < 120
    assert len({line.index("ada") for line in text[2:]}) == 1


def test_the_values_are_complete(bare, run, tables) -> None:
    promote(bare, "customers", run("four"), "steady", {"segkit.verdict": "natural"}, terms=Terms(by="Ada"))
    promote(bare, "customers", run("three"), "better", {}, tables=tables)
    (found,) = listing.as_values(listing.listed_models(bare, None))
    json.dumps(found)
    assert (found["name"], found["champions"]) == ("customers", [1, 2])
    new, old = found["versions"]
    assert (new["aliases"], old["aliases"], old["verdict"], old["who"]) == (("champion",), (), "natural", "Ada")
    assert (new["compared_with"], old["moved_share"], sorted(old["segments"])) == (1, None, ["0", "1", "2", "3"])
    assert 0 < new["moved_share"] < 1
    assert "better" in new["description"]
