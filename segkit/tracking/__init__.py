"""The one edge to MLflow: the store, runs and sweeps written and read, the model registry, the UI's links."""

import os

# Set before mlflow is first imported, which happens in the modules below.
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
# It would print addresses where a command prints JSON.
os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")
