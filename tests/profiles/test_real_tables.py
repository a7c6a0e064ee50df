"""Segments of real tables, read as somebody in marketing reads them."""

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from sklearn.cluster import KMeans

from segkit.config import commands
from segkit.config.datasets import load_dataset
from segkit.data import Dataset
from segkit.evidence.usefulness import targets_of
from segkit.measuring import described_columns
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from segkit.preprocessing.features import reading_steps
from segkit.profiles import describe_segments
from segkit.profiles.columns import column_profiles, described
from segkit.profiles.descriptions import descriptions
from segkit.profiles.markers import column_likeness, mark_nobody, markers
from segkit.profiles.money import money, sizes
from segkit.profiles.names_file import Called, names_text, read_names
from segkit.profiles.outcomes import outcomes

TABLES = {
    "mall": "Mall_Customers.csv",
    "wholesale": "Wholesale_customers.csv",
    "customer_personality": "marketing_campaign.csv",
}


def load(page: str, path: Path) -> Dataset:
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        return load_dataset(compose("run", [f"data={page}", f"data.path='{path}'"]))


@pytest.mark.parametrize(("page", "file"), TABLES.items())
def test_segments_have_distinct_names_and_a_paragraph_that_a_file_brings_back(real_data, tmp_path, page, file):
    dataset = load(page, real_data(file))
    fitted = [column.name for column in dataset.feature_columns]
    columns, features = reading_steps(dataset.columns, fitted, dataset.as_of)
    model = SegmentationModel(KMeans(4, n_init=2, random_state=0), columns=columns, features=features)
    labels = model.fit(dataset.features).predict(dataset.features)
    features_typed = model.pipeline_["preprocessing"][:-1].transform(dataset.features)
    table = describe_segments(features_typed, labels, described_columns(dataset, dataset.as_of))
    names = dict(zip(table["segment"], table["name"], strict=True))
    assert len(set(names.values())) == 4
    traits = [trait for name in names.values() for trait in name.split(", ")]
    assert max(len(trait.split()) for trait in traits) <= 5
    assert not any("_" in trait or "=" in trait or "Mnt" in trait for trait in traits)

    typed, knew = described(dataset)
    profiles = column_profiles(typed, labels, knew)
    marked = markers(profiles, 5, column_likeness(typed), mark_nobody(dataset))
    assert not {"Gender", "Channel", "Response"} & set(marked["column"])
    worth = money(dataset, labels)
    told = descriptions(marked, sizes(labels) if worth is None else worth, outcomes(targets_of(dataset), labels))
    assert all("customer" in text and "nan" not in text for text in told.values())

    called = {segment: Called(name, told[segment]) for segment, name in names.items()}
    (tmp_path / "names.yaml").write_text(names_text(called), encoding="utf-8")
    assert read_names(tmp_path / "names.yaml", names) == called
