"""The model as MLflow loads it. MLflow stores this file with the model and runs it when the model is loaded."""

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.exceptions import MlflowException
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from segkit.errors import UserError
from segkit.scoring.readings import unread_cells
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer_file import load_scorer


class SegmentModel(PythonModel):
    """Raw customers in, segment, name, confidence and second segment out.

    Where the customers were made of a transaction log, a log in, and out of it its customers with their ids.
    """

    def load_context(self, context: Any) -> None:
        """Read the scorer that was stored with the model."""
        self.scorer = load_scorer(Path(context.artifacts["scorer"]))

    def predict(self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Score a table; `params={"as_of": "2025-06-30"}` fixes the date that ages are counted to.

        What `segkit score` refuses is refused here in the same words, which a server answers with status 400.
        """
        try:
            return self._scores(model_input, (params or {}).get("as_of", ""))
        except UserError as error:
            raise MlflowException.invalid_parameter_value(f"{error.problem}; {error.mend}".rstrip("; ")) from error

    def _scores(self, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
        customers = self.scorer.customers_in(table, as_of)
        scores = scored_table(self.scorer, customers, as_of)
        unread_cells(self.scorer, table)
        return scores if self.scorer.log is not None else scores.drop(columns=scores.columns[0])


set_model(SegmentModel())
