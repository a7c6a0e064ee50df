"""The model as MLflow loads it. MLflow stores this file with the model and runs it when the model is loaded."""

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from segkit.scored import scored_table
from segkit.scorer_file import load_scorer


class SegmentModel(PythonModel):
    """Raw customers in, segment, name, confidence and second segment out.

    Where the customers were made of a transaction log, a log in, and out of it its customers with their ids.
    """

    def load_context(self, context: Any) -> None:
        """Read the scorer that was stored with the model."""
        self.scorer = load_scorer(Path(context.artifacts["scorer"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Score a table; `params={"as_of": "2025-06-30"}` fixes the date that ages are counted to."""
        as_of = (params or {}).get("as_of", "")
        if self.scorer.log is None:
            return self.scorer.score(model_input, as_of)
        return scored_table(self.scorer, self.scorer.customers_in(model_input, as_of), as_of)


set_model(SegmentModel())
