"""The registered model inside Spark: `mlflow.pyfunc.spark_udf` gives what `segkit score` gives."""

import os
import shutil
import sys
from decimal import Decimal

import mlflow.pyfunc
import pandas as pd
import pytest

from benchmarks.kinds import KINDS, raw_customers, raw_log
from benchmarks.served import register
from segkit.scoring.scored import scored_table
from segkit.tracking.store import open_store

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'segkit[spark]'")
pytestmark = [
    pytest.mark.slow,  # Spark takes seconds to start
    pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs Java"),
    # PySpark 4.3 on pandas 3.1 (seen 2026-11); look again with the next PySpark.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:DeprecationWarning"),
]
CUSTOMERS = raw_customers(60)
AS_OF = "2026-01-31"


@pytest.fixture(scope="module")
def spark():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false"}
        builder = pyspark.sql.SparkSession.builder.master("local[1]").config("spark.sql.shuffle.partitions", "1")
        session = builder.config(map=here).getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def places(new_folder):
    """Where the registered model of each kind lies."""
    store = open_store(str(new_folder() / "mlruns"))
    for kind, made in KINDS.items():
        register(store, kind, made())
    return {kind: store.client.get_model_version_download_uri(kind, "1") for kind in KINDS}


def scored_by(spark, place: str, table: pd.DataFrame, **params: str) -> pd.DataFrame:
    udf = mlflow.pyfunc.spark_udf(spark, place, env_manager="local", params=params or None)
    frame = spark.createDataFrame(table)
    scores = frame.select(udf(pyspark.sql.functions.struct(*map(quoted, table.columns))).alias("scores"))
    return scores.select("scores.*").toPandas()


def quoted(name: str) -> str:
    return f"`{name}`"


def expected(kind: str, as_of: str = "") -> pd.DataFrame:
    return KINDS[kind]().score(CUSTOMERS, as_of)


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, rtol=0, atol=1e-9)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"log"}))
def test_every_kind_of_assignment(spark, places, kind):
    assert_same(scored_by(spark, places[kind], CUSTOMERS), expected(kind))


def test_the_date_that_ages_are_counted_to(spark, places):
    assert_same(scored_by(spark, places["edited"], CUSTOMERS, as_of=AS_OF), expected("edited", AS_OF))


def test_dates_decimals_and_numbers_of_a_warehouse(spark, places):
    """Typed columns, as a table of a warehouse has them: days, exact decimals, small integers."""
    dates = pd.to_datetime(CUSTOMERS["signed_up"], format="mixed", dayfirst=True, errors="coerce")
    typed = CUSTOMERS.assign(
        signed_up=[day.date() if pd.notna(day) else None for day in dates],
        income=[Decimal(f"{value:.2f}") if pd.notna(value) else None for value in CUSTOMERS["income"]],
        spend_wine=CUSTOMERS["spend_wine"].astype("int32"),
    )
    plain = CUSTOMERS.assign(signed_up=[day.strftime("%d-%m-%Y") if pd.notna(day) else None for day in dates])
    assert_same(scored_by(spark, places["edited"], typed), KINDS["edited"]().score(plain))


def test_a_log_customer_by_customer(spark, places):
    log, place, scorer = raw_log(30), places["log"], KINDS["log"]()
    bought = log[log["price"] > 0]  # who bought nothing is no customer alone

    def scores(lines: pd.DataFrame) -> pd.DataFrame:
        return mlflow.pyfunc.load_model(place).predict(lines, params={"as_of": AS_OF})

    schema = "customer_id string, segment long, segment_name string, confidence double, second_segment long"
    found = spark.createDataFrame(bought).groupBy("customer_id").applyInPandas(scores, schema).toPandas()
    whole = scored_table(scorer, scorer.customers_in(bought, AS_OF), AS_OF)
    assert_same(found.sort_values("customer_id", ignore_index=True), whole)


def test_a_table_that_lacks_a_column_is_refused_in_words(spark, places):
    with pytest.raises(pyspark.errors.PythonException, match="lacks columns that the model needs: income"):
        scored_by(spark, places["kmeans"], CUSTOMERS.drop(columns="income"))
