"""Meeting a tracking server: what MLflow is told before, and what is said where the first contact fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from segkit.errors import UserError
from segkit.tracking.away import away_reason, refused_by_tls

_NAME, _PASSWORD, _TIMEOUT = "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_HTTP_REQUEST_TIMEOUT"
_FIRST_SECONDS = "8"
_DEFAULTS = {
    # Waiting is ours: MLflow would do it without a word, and create twice what it only did not hear of.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0",
    _TIMEOUT: "60",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}


def without_account(address: str) -> str:
    """An address of a server without name and password, which go to where MLflow takes them from.

    So they get into no link, message or file.
    """
    parts = urlsplit(address)
    if not address.startswith("http") or not parts.username:
        return address
    os.environ[_NAME], os.environ[_PASSWORD] = unquote(parts.username), unquote(parts.password or "")
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def ready_for(address: str) -> None:
    """How MLflow talks to a server; what is said in the environment counts."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    if not urlsplit(address).hostname:
        raise UserError(f"tracking.uri={address} names no server", "write it like http://mlflow.example:5000")


@contextmanager
def brief_wait() -> Iterator[None]:
    """While this lasts an answer is waited for only briefly."""
    with patch.dict(os.environ, {_TIMEOUT: _FIRST_SECONDS}):
        yield


def what_is_wrong(address: str, error: Exception) -> UserError:
    """Why the first contact failed, and the mend."""
    text = str(error)
    if "error code 401" in text:
        return _who_are_you(address)
    if "Invalid Host header" in text:
        return UserError(f"{address} does not go by this name", "start it with names=[...] (docs/server.md)")
    if "error code 403" in text:
        return UserError(f"{os.environ.get(_NAME)} may not enter {address}", "ask who runs it for an account")
    tls = refused_by_tls(error)
    if tls:
        mend = "check tracking.uri; a certificate of your own: export MLFLOW_TRACKING_SERVER_CERT_PATH=ca.pem"
        return UserError(f"the MLflow server {address} cannot be trusted: {tls}", mend)
    reason = away_reason(error)
    if reason:
        return UserError(f"the MLflow server {address} cannot be reached: {reason}", "is it up? check tracking.uri")
    return UserError(f"{address} does not answer like an MLflow server", "check tracking.uri")


def _who_are_you(address: str) -> UserError:
    mend = f"export {_NAME}=... {_PASSWORD}=..."
    if os.environ.get(_NAME):
        return UserError(f"{address} does not know the account {os.environ[_NAME]} with this password", mend)
    return UserError(f"{address} asks for an account", mend)
