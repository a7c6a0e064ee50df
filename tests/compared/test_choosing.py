"""What speaks for which k, as the page shows it."""

import pandas as pd

from segkit.compared import compare_page
from segkit.compared.choosing import on_k_section

PIPELINE = "standard-pca-kmeans"
TABLE = pd.DataFrame(
    {
        "pipeline": [PIPELINE, PIPELINE, "other"],
        "criterion": ["silhouette", "elbow", "silhouette"],
        "k": pd.array([4, None, 9], dtype="Int64"),
        "why": ["highest (0.5)", "no <bend>", "highest (0.1)"],
    }
)


def test_the_section_speaks_of_one_pipeline() -> None:
    found = on_k_section(TABLE, PIPELINE, b"picture")
    assert found is not None
    assert found.ways == (("silhouette", "4", "highest (0.5)"), ("elbow", "none", "no <bend>"))
    assert found.sentence == "only the silhouette says 4"
    assert found.address == "data:image/png;base64,cGljdHVyZQ=="


def test_there_is_no_section_where_nothing_is_known() -> None:
    assert on_k_section(None, PIPELINE, None) is None
    assert on_k_section(TABLE, "standard-none-gmm", None) is None


def test_the_page_shows_picture_and_table(ranking, parts) -> None:
    page = compare_page("shop", "So.", "none", ranking, {}, on_k=on_k_section(TABLE, PIPELINE, b"picture"))
    found = parts(page)
    assert "How many segments" in found.text
    assert "no <bend>" in found.text
    assert found.count("img") == 1


def test_without_a_picture_the_table_stands_alone(ranking, parts) -> None:
    found = parts(compare_page("shop", "So.", "none", ranking, {}, on_k=on_k_section(TABLE, PIPELINE, None)))
    assert "How many segments" in found.text
    assert found.count("img") == 0
