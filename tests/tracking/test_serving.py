"""A registered model behind HTTP answers what `segkit score` writes, and says what is wrong with a request."""

import json

import numpy as np
import pandas as pd
import pytest

from benchmarks.kinds import KINDS, raw_customers, raw_log
from benchmarks.served import post, register, served
from segkit.tracking.store import open_store

pytestmark = pytest.mark.slow  # a server takes seconds to start

SUFFIXES = ("", "-later")
AS_OF = "2026-01-31"
SCORES = ["segment", "segment_name", "confidence", "second_segment"]
# One that holds every way of assigning customers, and one that makes them of a log.
SENT = {"edited": raw_customers(60), "log": raw_log(40)}


@pytest.fixture(scope="module")
def folder(new_folder, command):
    """A folder with registered models and what `segkit score` writes of what is sent to them."""
    folder = new_folder()
    store = open_store(str(folder / "mlruns"))
    for kind, table in SENT.items():
        register(store, kind, KINDS[kind]())
        table.to_csv(folder / f"{kind}.csv", index=False)
        for name, when in ((kind, ""), (f"{kind}-later", AS_OF)):
            asked = (f"input={kind}.csv", f"output={name}-scored.csv", f"model={kind}", f"as_of={when}")
            done = command(folder, "score", *asked)
            assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module", params=SENT)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def address(folder, kind):
    uri = f"sqlite:///{folder / 'mlruns' / 'mlflow.db'}"
    with served(f"models:/{kind}@champion", uri) as address:
        yield address


@pytest.fixture(scope="module")
def scored(folder, kind):
    return {later: pd.read_csv(folder / f"{kind}{later}-scored.csv") for later in SUFFIXES}


def as_json(table: pd.DataFrame, orient: str) -> object:
    """What pandas makes of a table; a gap is null."""
    return json.loads(table.to_json(orient=orient, double_precision=15))


def is_equal(answer: tuple[int, object], expected: pd.DataFrame) -> bool:
    status, said = answer
    assert status == 200, said
    found = pd.DataFrame(said["predictions"])
    assert list(found.columns) in (SCORES, list(expected.columns))
    np.testing.assert_allclose(found["confidence"], expected["confidence"], rtol=0, atol=1e-9)
    exact = [name for name in found.columns if name != "confidence"]
    pd.testing.assert_frame_equal(found[exact], expected[exact], check_dtype=False)
    return True


@pytest.mark.parametrize("orient", ["split", "records"])
def test_rows_as_json(address, kind, scored, orient):
    assert is_equal(post(address, {f"dataframe_{orient}": as_json(SENT[kind], orient)}), scored[""])


def test_nan_for_a_gap(address, kind, scored):
    rows = {"columns": list(SENT[kind].columns), "data": SENT[kind].astype(object).to_numpy().tolist()}
    body = json.dumps({"dataframe_split": rows})
    assert ("NaN" in body) == (kind == "edited")
    assert is_equal(post(address, body), scored[""])


def test_the_date_that_ages_are_counted_to(address, kind, scored):
    body = {"dataframe_records": as_json(SENT[kind], "records"), "params": {"as_of": AS_OF}}
    assert is_equal(post(address, body), scored["-later"])
    assert not scored[""]["confidence"].equals(scored["-later"]["confidence"])


def test_a_parquet_file(address, kind, scored):
    assert is_equal(post(address, SENT[kind].to_parquet()), scored[""])


def test_customers_one_by_one(address, kind, scored):
    """Of a log, the lines of one customer; another has to be said then when ages are counted to."""
    key = "customer_id"
    for place in range(0, len(scored[""]), 12):
        of_one = SENT[kind][SENT[kind][key] == scored[""][key][place]]
        alone = scored["-later"].iloc[[place]].reset_index(drop=True)
        asked = {"dataframe_records": as_json(of_one, "records"), "params": {"as_of": AS_OF}}
        if alone["confidence"][0]:  # of who bought nothing no customer can be made alone
            assert is_equal(post(address, asked), alone)


WRONG = {
    "edited": [
        ({"drop": ["income", "spend_wine"]}, "lacks columns that the model needs: income, spend_wine"),
        ({"signed_up": 1704153600000}, "of signed_up cannot be read as they were at fitting"),
        ({"income": "52.000,50"}, "of income cannot be read as they were at fitting"),
        ({"as_of": "soon"}, "as_of=soon is not a date"),
    ],
    "log": [
        ({"drop": ["day"]}, "lacks columns that the model needs"),
        ({"units": "some"}, "with a quantity, price or amount that is missing or no number"),
        ({"as_of": "30.06.2025"}, "as_of=30.06.2025 is not a date"),
    ],
}


def test_a_wrong_request_is_refused_in_words(address, kind):
    for changed, words in WRONG[kind]:
        others = {name: value for name, value in changed.items() if name not in ("drop", "as_of")}
        rows = SENT[kind].head(1).drop(columns=changed.get("drop", [])).assign(**others)
        params = {"as_of": changed.get("as_of", "")}
        status, said = post(address, {"dataframe_records": as_json(rows, "records"), "params": params})
        assert (status, said["error_code"]) == (400, "INVALID_PARAMETER_VALUE"), words
        assert words in said["message"]
        assert "Traceback" not in json.dumps(said)


@pytest.mark.parametrize(
    "body", ["nonsense", "{}", '{"dataframe_records": {"a": 1}}', '{"dataframe_split": {"data": 3}}']
)
def test_what_is_no_table_is_refused(address, body):
    assert post(address, body)[0] == 400


def test_nobody_gives_nothing(address, kind):
    nobody = {"columns": list(SENT[kind].columns), "data": []}
    if kind == "edited":
        assert post(address, {"dataframe_split": nobody}) == (200, {"predictions": []})
    else:
        assert post(address, {"dataframe_split": nobody})[0] == 400
