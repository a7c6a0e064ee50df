"""The one edge to MLflow: opening the store, logging runs and sweeps, reading them, the model registry, the UI's links."""

import os

# Set before mlflow is first imported, which happens in the modules below.
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
