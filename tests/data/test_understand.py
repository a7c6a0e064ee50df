"""From a table and what is said of it to what every column is for."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from segkit.brief import Brief
from segkit.data import make_dataset
from segkit.data.columns import Column
from segkit.data.stated import Stated
from segkit.data.understand import understand
from segkit.errors import UserError

ROWS = 200
RNG = np.random.default_rng(0)
PARTS = {name: RNG.integers(0, 500, ROWS) for name in ("wine", "meat", "fish")}
TABLE = pd.DataFrame(
    {
        "customer_id": [f"c{7 * row % ROWS}" for row in range(ROWS)],
        "Gender": ["f", "m"] * (ROWS // 2),
        "churned": [0, 0, 1, 0] * (ROWS // 4),
        "segment": ["A", "B", "C", "D"] * (ROWS // 4),
        "rarely": [1, 1] + [0] * (ROWS - 2),
        "since": ["04-09-2012", "21-08-2013", "10-02-2014", "11-11-2014"] * (ROWS // 4),
        "size": ["S", "M", "L", "M"] * (ROWS // 4),
        "note": [f"said {row}" for row in range(ROWS)],
        "cost": 3,
        **PARTS,
        "spent": sum(PARTS.values()),
    }
)
INFERRED = {"Gender": "sensitive", "churned": "outcome", "segment": "existing", "rarely": "describe_with"}


def understood(table: pd.DataFrame = TABLE, brief: Brief | None = None, features: Any = "all", **said: Any) -> dict:
    columns = understand(table, Stated(**said), brief, features)
    return {column.name: column for column in columns}


def uses(*arguments: Any, **said: Any) -> dict[str, str]:
    return {name: column.use for name, column in understood(*arguments, **said).items()}


def fitted(*arguments: Any, **said: Any) -> list[str]:
    return [name for name, use in uses(*arguments, **said).items() if use == "segment_on"]


def refusal(*arguments: Any, **said: Any) -> UserError:
    with pytest.raises(UserError) as raised:
        understood(*arguments, **said)
    return raised.value


@pytest.mark.parametrize(
    ("name", "use", "reason"),
    [
        ("customer_id", "id", "a different value in every row"),
        ("Gender", "sensitive", "protected by its name: fitted only if you ask"),
        ("churned", "outcome", "an outcome by its name"),
        ("segment", "existing", "a segmentation by its name"),
        ("rarely", "describe_with", "99.0 % have the same value"),
        ("spent", "describe_with", "the sum of wine, meat, fish"),
        ("note", "leave_out", "200 different texts"),
        ("cost", "leave_out", "one value only"),
        ("wine", "segment_on", "numbers"),
        ("size", "segment_on", "3 levels"),
    ],
)
def test_the_use_is_inferred_and_the_reason_said(name: str, use: str, reason: str) -> None:
    column = understood()[name]
    assert (column.use, column.reason) == (use, reason)


@pytest.mark.parametrize("name", [*INFERRED, "spent"])
@pytest.mark.parametrize("use", ["segment_on", "leave_out"])
def test_a_stated_use_wins_over_the_inferred_one(name: str, use: str) -> None:
    assert uses(use={name: use}) == uses() | {name: use}


def test_a_name_alone_makes_no_outcome_of_a_number_and_no_variety_no_oddity() -> None:
    table = TABLE.assign(churned=PARTS["wine"] + 0.5, rarely=[1] * 3 + [0] * (ROWS - 3))
    assert {"churned", "rarely"} <= set(fitted(table))


def test_the_sum_of_columns_that_are_not_fitted_is_fitted() -> None:
    assert "spent" in fitted(use={"fish": "leave_out"})


def test_variety_is_judged_on_what_gaps_and_fills_mean() -> None:
    table = TABLE.assign(
        rarely=[1.0, 1.0] + [0.0, np.nan] * (ROWS // 2 - 1), wine=[-1] * (ROWS - 100) + list(range(100))
    )
    assert "rarely" in fitted(table)
    assert uses(table, fill={"rarely": 0})["rarely"] == "describe_with"


def test_a_sum_is_found_where_a_part_is_said_to_be_missing_in_a_few_rows() -> None:
    table = TABLE.assign(wine=TABLE["wine"].mask(TABLE.index < 20, 99999))
    assert "spent" in fitted(table)
    assert uses(table, missing={"wine": [99999]})["spent"] == "describe_with"


def test_columns_made_of_others_stand_last_with_kind_use_and_recipe() -> None:
    recipes = {"food": {"largest": ["meat", "fish"]}, "plan": {"map": "size", "to": {"L": "large"}}}
    *_, food, plan = understand(TABLE, Stated(derive=recipes, use={"plan": "describe_with"}))
    assert (food.name, food.kind, food.recipe.stated) == ("food", "numeric", recipes["food"])
    assert (plan.name, plan.kind, plan.use) == ("plan", "categorical", "describe_with")
    assert plan.recipe.stated == recipes["plan"]


def test_a_recipe_takes_what_one_before_it_makes() -> None:
    chain = {"food": {"total": ["meat", "fish"]}, "food_share": {"share": "food", "of": ["food", "wine"]}}
    assert understood(derive=chain)["food_share"].recipe.columns == ("food", "wine")
    backwards = dict(reversed(chain.items()))
    assert refusal(derive=backwards).problem == "data.derive.food_share takes a column that is not there: food"


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        ({"total": ["wine", "meat"]}, "the sum of wine, meat"),
        ({"mean": ["wine", "meat"]}, "the mean of wine, meat"),
        ({"count": ["rarely"]}, "99.0 % have the same value"),
        ({"map": "rarely", "to": {0: "no"}, "otherwise": "yes"}, "99.0 % have the same value"),
    ],
)
def test_what_is_made_is_set_aside_for_the_same_reasons_as_what_is_read(recipe: dict, reason: str) -> None:
    column = understood(derive={"x": recipe})["x"]
    assert (column.use, column.reason) == ("describe_with", reason)
    assert uses(derive={"x": recipe}, use={"x": "segment_on"})["x"] == "segment_on"


def test_a_sum_of_what_is_not_fitted_is_fitted() -> None:
    recipes = {"food": {"total": ["meat", "fish"]}, "all": {"total": ["food", "wine"]}}
    assert {"food", "all"} & set(fitted(derive=recipes)) == set()
    assert {"food", "all"} & set(fitted(derive=recipes, use={"meat": "describe_with"})) == {"food"}
    assert {"food", "all"} & set(fitted(derive=recipes, use={"food": "leave_out"})) == set()
    alone = dict.fromkeys(("meat", "fish", "food"), "leave_out")
    assert {"food", "all"} & set(fitted(derive=recipes, use=alone)) == {"all"}


def test_of_many_customers_a_part_shows_what_nearly_all_have_in_common() -> None:
    table = pd.DataFrame({"paid": np.arange(200_000.0), "gold": np.arange(200_000) % 1000 == 0})
    found = understand(table, Stated(derive={"club": {"map": "gold", "to": {"1": "in"}, "otherwise": "out"}}))
    assert found[-1].reason.endswith("have the same value")


@pytest.mark.parametrize(
    ("said", "problem", "mend"),
    [
        ({"derive": {"wine": {"total": ["meat"]}}}, "data.derive.wine has the name of a column", "choose another name"),
        ({"derive": {"wine": {"total": ["wine"]}}}, "data.derive.wine has the name of a column", "choose another name"),
        ({"derive": {"x": {"total": ["wnie"]}}}, "data.derive.x takes a column that is not there: wnie", "wine"),
        ({"derive": {"x": {"total": ["wine"]}}, "use": {"x": "outcom"}}, "data.use.x=outcom is not a known", "outcome"),
        *(
            ({"derive": {"x": {"total": ["wine"]}}, "use": {"x": use}}, f"data.use.x={use}: x is made of others", use)
            for use in ("id", "truth", "weight")
        ),
        (
            {"derive": {"x": {"years_since": "wine"}}},
            "data.derive.x: years_since takes a date, and wine is num",
            "kind.wine",
        ),
        (
            {"derive": {"a": {"log": "wine"}, "x": {"days_since": "a"}}},
            "data.derive.x: days_since takes a date, and a is numeric",
            "name the date itself",
        ),
        (
            {"derive": {"x": {"difference": "since", "minus": "wine"}}},
            "data.derive.x: difference of since, a date, and wine, which is none",
            "{days_since: since}",
        ),
        (
            {"derive": {"x": {"total": ["wine", "size"]}}},
            "data.derive.x: total takes numbers, and size is text",
            "map: size",
        ),
        (
            {"derive": {"x": {"count": ["Gender"]}}},
            "data.derive.x: count takes numbers, and Gender is text",
            "map: Gender",
        ),
        (
            {"derive": {"a": {"bands": "wine", "at": [9]}, "x": {"log": "a"}}},
            "data.derive.x: log takes numbers, and a is text",
            "map: a",
        ),
        (
            {"derive": {"x": {"map": "size", "to": {"S": 1}}}, "levels": {"size": ["S", "M", "L"]}},
            "data.derive.x: map takes words, and size is ordinal and read as numbers",
            "use it as it is",
        ),
        ({"use": {"x": "outcome"}}, "data.use names a column that the table lacks: x", "size"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused_with_a_mend(said: dict, problem: str, mend: str) -> None:
    raised = refusal(**said)
    assert raised.problem.startswith(problem)
    assert mend in raised.mend


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        ({"years_since": "since"}, {}),
        ({"years_since": "cost"}, {}),
        ({"total": ["churned", "cost"]}, {}),
        ({"difference": "since", "minus": "since"}, {}),
        ({"mean": ["size", "wine"]}, {"levels": {"size": ["S", "M", "L"]}}),
        ({"map": "churned", "to": {1: "yes", 0: "no"}}, {}),
        ({"rare": "note", "below": 0.1}, {}),
    ],
)
def test_a_recipe_takes_what_it_can_make_something_of(recipe: dict, said: dict) -> None:
    assert understood(derive={"x": recipe}, **said)["x"].recipe


SETS = {"sets": {"food": ["meat", "fish"]}, "blocks": {"drinks": ["wine"]}}


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ("all", ["since", "size", "wine", "meat", "fish"]),
        ("food", ["meat", "fish"]),
        ("drinks", ["wine"]),
        (["fish", "size"], ["size", "fish"]),
        (("spent", "Gender"), ["Gender", "spent"]),
        (["churned", "rarely"], ["churned", "rarely"]),
        ([], []),
    ],
)
def test_only_the_chosen_features_are_fitted(features: Any, expected: list[str]) -> None:
    assert fitted(TABLE, None, features, **SETS) == expected


def test_what_is_not_chosen_is_described_and_all_else_stays() -> None:
    before, after = uses(**SETS), uses(TABLE, None, "food", **SETS)
    left_over = dict.fromkeys(("since", "size", "wine"), "describe_with")
    assert after == before | left_over
    assert understood(TABLE, None, "food", **SETS)["wine"].reason == "numbers; not among the chosen features"


def test_what_is_chosen_against_its_nature_says_so() -> None:
    columns = understood(TABLE, None, ["churned", "wine"])
    assert columns["churned"].reason == "an outcome by its name; chosen all the same"
    assert columns["wine"].reason == "numbers"


def test_a_column_made_of_others_can_be_chosen() -> None:
    assert fitted(TABLE, None, ["x"], derive={"x": {"total": ["wine", "meat"]}}) == ["x"]


@pytest.mark.parametrize(
    ("features", "problem", "mend"),
    [
        ("foods", "features=foods is not known", "did you mean food?"),
        ("wine", "features=wine is not known", "columns stand in brackets: features=[a, b]"),
        (3, "features=3 is not known", "all, drinks, food"),
        (None, "features=None is not known", "all, drinks, food"),
        (["wnie"], "features names a column that the table lacks: wnie", "did you mean wine?"),
        (["note"], "features: note cannot be segmented on (200 different texts)", "data.kind.note=categorical"),
        (["customer_id"], "features: customer_id cannot be segmented on (a different value", "data.kind.customer_id"),
        (["wine", "cost"], "features: cost cannot be segmented on (one value only)", "take it out of the features"),
    ],
)
def test_unknown_features_are_refused_with_a_mend(features: Any, problem: str, mend: str) -> None:
    raised = refusal(TABLE, None, features, **SETS)
    assert raised.problem.startswith(problem)
    assert mend in raised.mend


def weights(**said: Any) -> dict[str, float]:
    return {name: column.weight for name, column in understood(**said).items() if column.weight != 1}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"weights": {"wine": 3}}, {"wine": 3}),
        ({"weights": {"wine": "0.5"}}, {"wine": 0.5}),
        ({"weights": {"wine": 0}}, {"wine": 0}),
        ({"blocks": {"food": ["meat", "fish"]}}, {"meat": 1 / 2, "fish": 1 / 2}),
        ({"blocks": {"food": ["meat", "fish", "meat"]}}, {"meat": 1 / 2, "fish": 1 / 2}),
        ({"blocks": {"food": ["meat", "fish"]}, "weights": {"food": 4}}, {"meat": 2, "fish": 2}),
        ({"blocks": {"food": ["meat", "fish"]}, "weights": {"food": 3, "fish": 2}}, {"meat": 3 / 2, "fish": 3}),
        ({"blocks": {"food": ["meat", "fish"]}, "use": {"meat": "leave_out"}}, {}),
        ({"blocks": {"food": ["meat"]}}, {}),
        ({"weights": {"churned": 3}}, {"churned": 3}),
        ({"blocks": {"food": ["spent"]}, "weights": {"food": 3}}, {"spent": 3}),
    ],
)
def test_weights_are_those_worked_out_by_hand(said: dict, expected: dict[str, float]) -> None:
    assert weights(**said) == expected


def test_income_copied_five_times_counts_a_fifth_each() -> None:
    copies = {f"Income{copy}": PARTS["wine"] for copy in range(5)}
    found = understand(pd.DataFrame(copies | {"age": PARTS["fish"]}), Stated(blocks={"income": list(copies)}))
    assert {column.name: column.weight for column in found} == dict.fromkeys(copies, 1 / 5) | {"age": 1}


def test_a_block_counts_as_one_whatever_is_chosen_of_it() -> None:
    columns = understood(TABLE, None, ["meat", "wine"], blocks={"food": ["meat", "fish"]})
    assert (columns["meat"].weight, columns["wine"].weight) == (1, 1)


@pytest.mark.parametrize(
    ("said", "problem", "mend"),
    [
        ({"blocks": {"food": ["met"]}}, "data.blocks.food names a column that the table lacks: met", "meat"),
        ({"blocks": {"wine": ["meat"]}}, "data.blocks.wine has the name of a column", "choose another name"),
        (
            {"blocks": {"food": ["meat", "fish"], "dinner": ["wine", "fish"]}},
            "fish is in data.blocks.food and in data.blocks.dinner",
            "keep it in one",
        ),
        ({"weights": {"wnie": 2}}, "data.weights names a column that the table lacks: wnie", "wine"),
        *(
            ({"weights": {"wine": weight}}, f"data.weights.wine={weight} is no weight", "a number of 0 or more")
            for weight in (-1, "much", float("inf"), float("nan"), None)
        ),
    ],
)
def test_wrong_blocks_and_weights_are_refused_with_a_mend(said: dict, problem: str, mend: str) -> None:
    raised = refusal(**said)
    assert raised.problem == problem
    assert mend in raised.mend


def test_the_brief_wins_over_statement_choice_and_inference() -> None:
    brief = Brief(must_use=("Gender", "fish"), never_use=("wine",), value="meat")
    assert fitted(TABLE, brief, ["wine", "meat"], use={"Gender": "leave_out"}) == ["Gender", "fish"]
    columns = understood(TABLE, brief)
    assert (columns["wine"].use, columns["meat"].use) == ("describe_with", "value")
    assert columns["wine"].reason == "numbers; the brief forbids it"


def test_a_customer_is_worth_one_amount() -> None:
    raised = refusal(use={"wine": "value", "meat": "value"})
    assert raised.problem.startswith("wine and meat are each stated as value")
    assert raised.mend == "keep one: data.use.meat=describe_with"
    assert uses(TABLE, Brief(value="meat"), use={"wine": "value"})["wine"] == "describe_with"


def test_what_the_brief_forbids_keeps_a_use_that_fits_nothing() -> None:
    assert uses(TABLE, Brief(never_use=("churned", "customer_id"))) == uses()


def test_the_brief_may_speak_of_a_column_made_of_others() -> None:
    recipe = {"food": {"total": ["meat", "fish"]}}
    assert uses(TABLE, Brief(value="food"), derive=recipe)["food"] == "value"
    assert uses(TABLE, Brief(must_use=("food",)), "drinks", derive=recipe, **SETS)["food"] == "segment_on"


@pytest.mark.parametrize(
    ("brief", "problem", "mend"),
    [
        (Brief(must_use=("wnie",)), "brief.must_use names a column that the table lacks: wnie", "wine"),
        (Brief(never_use=("wnie",)), "brief.never_use names a column that the table lacks: wnie", "wine"),
        (Brief(value="wnie"), "brief.value names a column that the table lacks: wnie", "wine"),
        (Brief(must_use=("cost",)), "brief.must_use: cost cannot be segmented on (one value only)", "out of the brief"),
        (Brief(must_use=("note",)), "brief.must_use: note cannot be segmented on (200 diff", "out of the brief"),
        (Brief(must_use=("customer_id",)), "brief.must_use: customer_id cannot be segmented on", "out of the brief"),
        (Brief(value="size"), "brief.value: size is no amount (3 levels)", "name a numeric column"),
        (Brief(value="since"), "brief.value: since is no amount", "name a numeric column"),
    ],
)
def test_a_brief_that_the_table_cannot_meet_is_refused(brief: Brief, problem: str, mend: str) -> None:
    raised = refusal(TABLE, brief)
    assert raised.problem.startswith(problem)
    assert mend in raised.mend


def test_a_data_set_holds_the_raw_columns_of_its_recipes_and_its_blocks() -> None:
    said = Stated(derive={"food": {"total": ["meat", "fish"]}}, blocks={"eaten": ["food", "wine"]})
    dataset = make_dataset("shop", TABLE, stated=said, features="eaten")
    assert [column.name for column in dataset.feature_columns] == ["wine", "food"]
    assert list(dataset.features) == ["wine", "meat", "fish"]
    assert dataset.blocks == {"eaten": ("food", "wine")}
    assert Column("wine", "numeric", "segment_on", "numbers", weight=0.5) in dataset.columns


def test_the_key_of_a_data_set_tells_recipes_and_weights_apart() -> None:
    said = [{}, {"derive": {"x": {"total": ["wine"]}}}, {"derive": {"x": {"mean": ["wine"]}}}, {"weights": {"wine": 2}}]
    datasets = [make_dataset("shop", TABLE, stated=Stated(**one)) for one in said]
    assert len({dataset.key for dataset in datasets}) == 4
