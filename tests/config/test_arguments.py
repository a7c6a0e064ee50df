"""What people type arrives as they typed it."""

import itertools
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.override_parser.overrides_parser import OverridesParser
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import OmegaConf

from segkit.config import commands
from segkit.config.arguments import hydra_arguments
from segkit.config.said import columns_said
from segkit.errors import UserError
from segkit.places import conf_folder

FREE_TEXT = ("input", "output", "data.path", "tracking.uri", "tracking.folder", "tracking.experiment")
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)


@pytest.fixture(scope="module", autouse=True)
def known_schema() -> None:
    commands.register()


def parsed(argument: str) -> str:
    (override,) = hydra_arguments([argument])
    return str(OverridesParser.create().parse_override(override).value())


def data_page(*arguments: str) -> Any:
    """The data page of a table, as the arguments make it."""
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        config = compose("run", overrides=hydra_arguments(["data=table", "data.path=a.csv", *arguments]))
    return OmegaConf.to_container(config.data, resolve=True)


def said(*arguments: str) -> dict[str, dict[str, Any]]:
    """What the arguments say of single columns, once they have gone through Hydra."""
    return columns_said(data_page(*arguments)["said"])


@pytest.mark.parametrize(
    "value",
    [
        "plain.csv",
        "my file (1).csv",
        "a,b.csv",
        "it's.csv",
        'say "hi".csv',
        "a=b.csv",
        "[1]{2}.csv",
        " lead and trail ",
        "caf\u00e9.csv",
        "C:\\data\\new.csv",
        "folder\\",
        "a\\'b",
        "\\'",
        "a\\\\'b",
        "sqlite:///a b.db?timeout=3",
        "http://host:5000/#x",
        "1,2",
        "true",
        "~/data.csv",
    ],
)
@pytest.mark.parametrize("key", ["input", "data.path", "+output", "++tracking.uri"])
def test_a_path_arrives_as_it_was_typed(key: str, value: str) -> None:
    assert parsed(f"{key}={value}") == value


@given(st.sampled_from(FREE_TEXT), PRINTABLE.filter(lambda text: text[0] not in "'\"" and text not in ("null", "???")))
def test_any_text_arrives_as_it_was_typed(key: str, value: str) -> None:
    assert parsed(f"{key}={value}") == value


@pytest.mark.parametrize(
    "argument",
    [
        "k=3,4",
        "reducer=none,pca",
        "algorithm.eps=range(1,5)",
        "--multirun",
        "-m",
        "input",
        "~input",
        "~data.use.response",
        "input=",
        "input=null",
        "input=???",
        "input='a b'",
        'input="a b"',
        "inputs=a b",
        "hydra.input=a b",
        "data=table",
        "data.use",
    ],
)
def test_other_arguments_are_left_alone(argument: str) -> None:
    assert hydra_arguments([argument]) == [argument]


def test_arguments_keep_their_order_and_columns_come_last() -> None:
    typed = ["data.use.a=truth", "k=3", "input=a b", "data.kind.a=text", "data.use.b=value", "seed=1"]
    assert hydra_arguments(typed) == [
        "k=3",
        "input='a b'",
        "seed=1",
        "data.said=['use.a=truth', 'kind.a=text', 'use.b=value']",
    ]
    assert hydra_arguments([]) == []


@pytest.mark.parametrize(
    "name",
    [
        "income",
        "Annual Income (k$)",
        "a.b",
        "a,b",
        "a:b",
        "a=b",
        "[x]",
        "a=[b",
        "{y}",
        "${z}",
        "back\\slash",
        "ends in \\",
        "Yes/No?",
        "50%",
        "a@b",
        "*",
        "Gr\u00f6\u00dfe",
        "it's",
        "\\'",
        'say "x"',
        "a#b",
        "R&D",
        "a;b",
        "hot!",
        "<5",
        "~x",
        "\u20ac",
        "2024",
        "1.5",
        "true",
        "null",
        " income",
        "income ",
    ],
)
def test_a_column_of_any_name_can_be_given_a_use_and_a_kind(name: str) -> None:
    found = said(f"data.use.{name}=outcome", f"data.kind.{name}=text")
    assert found == {"use": {name: "outcome"}, "kind": {name: "text"}}


@given(PRINTABLE)
def test_any_text_that_names_a_column_is_read_as_it_was_typed(name: str) -> None:
    (argument,) = hydra_arguments([f"data.use.{name}=outcome"])
    assert columns_said(OverridesParser.create().parse_override(argument).value()) == {"use": {name: "outcome"}}


def test_what_is_said_of_columns_stands_beside_what_the_page_states() -> None:
    page = data_page("data=customers", "data.use.income=value", "data.use.response=truth")
    assert page["use"] == {"response": "outcome", "spend_total": "describe_with", "truth": "truth"}
    assert columns_said(page["said"]) == {"use": {"income": "value", "response": "truth"}}


def test_nothing_said_is_nothing_read() -> None:
    assert said() == {}


@pytest.mark.parametrize(("first", "last"), list(itertools.product(("", "+", "++"), repeat=2)))
def test_the_last_setting_of_a_column_wins(first: str, last: str) -> None:
    assert said(f"{first}data.use.a=value", f"{last}data.use.a=truth") == {"use": {"a": "truth"}}


def test_kinds_and_levels_can_be_stated() -> None:
    assert said("data.kind.zip code=categorical", "data.levels.size=[S,M,L]") == {
        "kind": {"zip code": "categorical"},
        "levels": {"size": ["S", "M", "L"]},
    }


@pytest.mark.parametrize("name", ["a.b", "a=b", "Gr\u00f6\u00dfe (cm)", "it's"])
def test_a_column_of_any_name_can_be_given_levels(name: str) -> None:
    assert said(f"data.levels.{name}=[low, a=b, 'x, y']") == {"levels": {name: ["low", "a=b", "x, y"]}}


def test_levels_may_be_numbers() -> None:
    assert said("data.levels.grade=[1,2,3]") == {"levels": {"grade": [1, 2, 3]}}


@pytest.mark.parametrize("levels", ["low", "[low", "[low, high", "", "[a: [b"])
def test_levels_that_are_no_list_are_refused_with_the_right_form(levels: str) -> None:
    with pytest.raises(UserError) as raised:
        said(f"data.levels.size={levels}")
    assert raised.value.problem == f"data.levels.size={levels} cannot be read"
    assert raised.value.mend == "write it as data.levels.NAME=[low, high]"


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("features=[Age,Annual Income (k$)]", ["Age", "Annual Income (k$)"]),
        ("features=[paid [EUR] 1, Score (1,100)]", ["paid [EUR] 1", "Score (1,100)"]),
        ("features=['a,b',\"c]\",d]", ["a,b", "c]", "d"]),
        (
            "features=[2024,true,it's,a:b,Gr\u00f6\u00dfe,a)x]",
            ["2024", "true", "it's", "a:b", "Gr\u00f6\u00dfe", "a)x"],
        ),
        ("features=[]", []),
        ("features=all", "all"),
        ("features=my set (new)", "my set (new)"),
        ("brief.must_use=[Annual Income (k$)]", ["Annual Income (k$)"]),
        ("brief.must_use=Annual Income (k$)", ["Annual Income (k$)"]),
        ("brief.must_use=Income", ["Income"]),
        ("+brief.never_use=a,b c", ["a", "b c"]),
        ("brief.value=Annual Income (k$), net", "Annual Income (k$), net"),
    ],
)
def test_columns_are_named_as_they_are_called(argument: str, expected: Any) -> None:
    (override,) = hydra_arguments([argument])
    assert OverridesParser.create().parse_override(override).value() == expected


@pytest.mark.parametrize(
    ("argument", "choices"),
    [
        ("features=all,money", ["all", "money"]),
        ("features=choice(all,money)", ["all", "money"]),
        ("features=all,[Age,Annual Income (k$)]", ["all", "[Age,'Annual Income (k$)']"]),
        ("features=[a],[a,b]", ["[a]", "[a,b]"]),
        ("brief.must_use=[a],[b]", ["[a]", "[b]"]),
    ],
)
def test_choices_of_columns_are_an_axis(argument: str, choices: list[str]) -> None:
    (override,) = hydra_arguments([argument])
    assert list(OverridesParser.create().parse_override(override).sweep_string_iterator()) == choices


def test_what_stands_in_the_environment_is_taken_from_it() -> None:
    arguments = ["data.path=${oc.env:SHOP}", "data.name=a${oc.env:SHOP}"]
    assert hydra_arguments(arguments) == ["data.path=${oc.env:SHOP}", "data.name='a\\${oc.env:SHOP}'"]
