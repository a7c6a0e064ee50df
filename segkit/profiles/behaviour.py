"""How the segments of a transaction log buy: recency, frequency, money, and what customers like them spend next."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.evidence.next_period import next_value
from segkit.evidence.reading import made_of_log, read_columns
from segkit.model import SegmentationModel
from segkit.profiles.columns import column_profiles
from segkit.profiles.groups import groups_of
from segkit.profiles.intervals import of_mean, wilson

# What a log makes -> how it is called here, in the order in which it is read.
_MEASURES = {
    "last_order": "days since last order",
    "orders": "orders",
    "amount": "spent",
    "amount_per_order": "spent per order",
    "products": "different products",
    "returned_share": "share returned",
    "first_order": "days since first order",
}


def rfm(dataset: Dataset, labels: np.ndarray) -> pd.DataFrame | None:
    """One row per segment and measure (recency, frequency, money first): `typical` is the median, `mean` beside it,
    `everyone` and `everyone_mean` the same of all customers. None for a data set that is not made of a log.
    """
    if dataset.log is None:
        return None
    names = {found: said for name, said in _MEASURES.items() if (found := made_of_log(dataset, name))}
    measures = read_columns(dataset, list(names)).select_dtypes("number")
    profiles = column_profiles(measures, labels, list(names))
    order = pd.CategoricalDtype(list(names.values()), ordered=True)
    table = profiles.assign(measure=profiles["column"].map(names).astype(order))
    wanted = ["segment", "measure", "typical", "mean", "everyone", "everyone_mean"]
    return table.sort_values(["segment", "measure"])[wanted].astype({"measure": str}).reset_index(drop=True)


def segments_then(model: SegmentationModel, before: Dataset) -> npt.NDArray[np.int64]:
    """The segments that the model gives the customers of a data set as they were on its day (`before.as_of`)."""
    preprocessing = model.pipeline_["preprocessing"]
    typed = preprocessing["columns"].transform_as_of(before.features, before.as_of)
    return np.asarray(model.assign(preprocessing[1:].transform(typed)), dtype=np.int64)


def expected_value(before: Dataset, after: Dataset, labels_then: np.ndarray) -> pd.DataFrame:
    """What customers of each segment spend in the days to come, judged by the last such days.

    `before` and `after` are one log as of an earlier day (`cut_day` names one) and of the last; `labels_then` are the
    segments of the customers of `before`, as they were THEN (`segments_then`, or a scorer with that day as `as_of`).
    So today's segments are applied to what was known on the earlier day, and what those customers spent afterwards is
    counted, those who came no more with 0. Today's members cannot be judged by their own last period: what they bought
    in it is why they are in their segments. It is what customers like these spent last time, no forecast: a season or
    a sale of those days is in it.

    One row per segment: `customers` (then), `days` that were looked at, `came_again` and `next_value`, each with its
    95 % interval (`_low`, `_high`), and `everyone`, the mean of all.
    """
    value = next_value(before, after)
    found = groups_of(pd.DataFrame({"value": value, "again": (value > 0).astype(float)}), labels_then)
    inside = found.inside
    again_low, again_high = wilson(inside.mean[:, 1], inside.count[:, 1])
    low, high = of_mean(inside.mean[:, 0], inside.variance[:, 0], inside.count[:, 0])
    return pd.DataFrame(
        {
            "segment": found.segments,
            "customers": [int((labels_then == segment).sum()) for segment in found.segments],
            "days": (pd.Timestamp(after.as_of) - pd.Timestamp(before.as_of)).days,
            "came_again": inside.mean[:, 1],
            "came_again_low": again_low,
            "came_again_high": again_high,
            "next_value": inside.mean[:, 0],
            "next_value_low": np.maximum(low, 0.0),
            "next_value_high": high,
            "everyone": found.everyone.mean[0, 0],
        }
    )
