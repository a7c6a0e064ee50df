"""The customers of each segment as a list: who, how sure, why, who is set aside as control, who is at risk."""

import numpy as np
import pandas as pd

from segkit.activation.at_risk import at_risk
from segkit.activation.control import control_group
from segkit.activation.why import usual_customer, why, why_words
from segkit.report.portrait import Portrait
from segkit.scoring.scorer import Scorer


def customer_list(portrait: Portrait, scorer: Scorer, salt: str, control: float = 0.1) -> pd.DataFrame:
    """A row per customer, by segment and the surest first: id, the score, `why`, `control` and a column for each risk.

    `control` is the share set aside at random, the same customers again under the same `salt`. Risks are there for
    outcomes of yes and no that can be told better than by chance, of customers to whom they have not happened.
    """
    dataset = portrait.dataset
    table = pd.concat([dataset.ids.reset_index(drop=True), portrait.scores.reset_index(drop=True)], axis=1)
    usual = usual_customer(scorer, dataset.table, dataset.as_of)
    found = why(scorer, dataset.table, usual, as_of=dataset.as_of)
    table["why"] = [why_words(one, portrait.names, dataset.columns, dataset.as_of) for one in found]
    table["control"] = control_group(dataset.ids, salt, control, portrait.labels)
    for name, risks in _risks(portrait).items():
        table[f"risk of {name}"] = risks
    return table.sort_values(["segment", "confidence"], ascending=[True, False], kind="stable")


def _risks(portrait: Portrait) -> dict[str, np.ndarray]:
    known = [name for name in portrait.typed if name not in portrait.targets]
    found = {}
    for name in portrait.targets:
        values = portrait.targets[name]
        if not pd.api.types.is_numeric_dtype(values) or not set(values.dropna()) <= {0.0, 1.0}:
            continue
        told = at_risk(portrait.typed[known], values, portrait.labels, pd.Series(range(len(values))))
        if told is not None:
            by_row = told.customers.set_index(told.customers.columns[0])["risk"]
            found[str(name)] = by_row.reindex(range(len(values))).to_numpy()
    return found
