"""The page of a sweep."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from segkit.beside import Beside
from segkit.compared import compare_page
from segkit.compared.page import VERDICTS
from segkit.over_seeds import SeedGroup, Spread
from segkit.records import FAILED, RunRecord

RIVALS = pd.DataFrame(
    {"name": ["standard-pca-kmeans-4", "age <bands>"], "about": ["", "four"], "segments": [4, 4], "churn": [0.6, 0.7]}
)


@pytest.fixture
def page(ranking) -> str:
    return compare_page("shop", "Best is this.", "natural", ranking, {"agreement": Figure()}, Beside(RIVALS))


def test_the_answer_and_the_verdict_come_first(page, parts) -> None:
    text = parts(page).text
    assert text.index(VERDICTS["natural"]) < text.index("Best is this.") < text.index("runs ranked")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_its_words(verdict: str, ranking, parts) -> None:
    found = parts(compare_page("shop", "So.", verdict, ranking, {}))
    assert VERDICTS[verdict] in found.text
    assert ("div", {"class": f"verdict {verdict}"}) in found.tags


def test_runs_stand_with_their_numbers_and_why_they_are_out(page, parts) -> None:
    text = parts(page).text
    assert "1 standard-pca-kmeans-4 the choice 4 10.0 % 0.500 0.90 0.88 0.62" in text
    assert "✕ fewer segments than the brief asks for ✕ too many customers left unassigned" in text
    assert "fewer segments than the brief asks for: 1 run" in text
    assert "standard-umap-kmeans-4: ValueError: too <few>" in text


def test_what_compares_within_one_space_only_is_marked_in_both_tables_and_the_list(page, parts) -> None:
    text = parts(page).text
    assert text.count("macro silhouette ≠") == text.count("Davies-Bouldin ≠") == 3
    assert text.count("inertia ≠") == 2
    assert "stability ≠" not in text
    assert 'data-label="macro silhouette ≠"' in page


def test_every_measure_that_is_shown_is_explained(page, parts) -> None:
    head, meanings = parts(page).text.rsplit("What the measures mean", 1)
    titles = ("segments", "smallest", "macro silhouette", "stability", "quick stability", "worst stability")
    assert all(title in head and title in meanings for title in titles)


def test_rivals_that_tell_more_are_marked(page, parts) -> None:
    assert "age <bands> four 4 ▲ 0.70" in parts(page).text


def test_it_loads_nothing_and_needs_no_script(page, parts) -> None:
    found = parts(page)
    addresses = [value or "" for _, given in found.tags for name, value in given.items() if name in ("src", "href")]
    assert addresses
    assert all(address.startswith(("#", "data:image/svg+xml;base64,")) for address in addresses)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in found.tags}
    assert not re.search(r"@import|url\(", page)


def test_pictures_have_words_and_the_contents_lead_somewhere(page, parts) -> None:
    tags = parts(page).tags
    pictures = [given for tag, given in tags if tag == "img"]
    assert len(pictures) == 1
    assert len(pictures[0]["alt"]) > 40
    links = {given["href"][1:] for tag, given in tags if tag == "a"}
    assert links == {"runs", "agreement", "told", "meanings"}
    assert links <= {given.get("id") for _, given in tags}


def test_names_cannot_become_part_of_the_page(ranking, parts) -> None:
    bad = "</style><script>alert(1)</script>{{ 7 * 7 }}"
    named = replace(ranking.runs[0], run=replace(ranking.runs[0].run, name=bad), guards=(bad,))
    page = compare_page(bad, bad, "none", replace(ranking, runs=(named,)), {}, Beside(RIVALS.assign(about=bad)))
    assert "script" not in {tag for tag, _ in parts(page).tags}
    assert parts(page).text.count("{{ 7 * 7 }}") >= 5


def test_many_runs_are_cut_and_said_to_be(ranking, parts) -> None:
    failed = tuple(RunRecord(str(number), f"failed{number}", FAILED) for number in range(25))
    many = replace(ranking, runs=ranking.runs * 200, failed=failed)
    text = parts(compare_page("shop", "So.", "none", many, {})).text
    assert "Shown are the best 20 of 600" in text
    assert "The best 500 runs with every measure" in text
    assert "and 5 more" in text


def test_without_runs_there_is_a_page_that_says_so(ranking, parts) -> None:
    text = parts(compare_page("shop", "Nothing.", "none", replace(ranking, runs=()), {})).text
    assert "No run finished." in text
    assert "What the measures mean" in text


def test_runs_over_their_seeds_have_a_table_where_there_are_several(ranking, page, parts) -> None:
    assert "Over seeds" not in parts(page).text
    runs = [replace(ranking.runs[0].run, params={"seed": seed}) for seed in "01"]
    group = SeedGroup("standard-pca-kmeans-4", {}, tuple(runs), {"silhouette_macro": Spread(0.25, 0.125)})
    text = parts(compare_page("shop", "So.", "natural", ranking, {}, Beside(groups=[group]))).text
    assert "standard-pca-kmeans-4 2 0.250 ± 0.125" in text
    assert "Same labels" in text
