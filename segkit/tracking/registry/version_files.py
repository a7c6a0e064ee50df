"""What lies with a registered version: who is in which segment, and who moved when it was made."""

import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.identity.moves import Change
from segkit.profiles.figures import percent
from segkit.tracking.names import DATA
from segkit.tracking.registry.tags import FILES, LABELS
from segkit.tracking.registry.versions import Version
from segkit.tracking.store import Store

_MOVES, _PICTURE = "migration.csv", "migration.png"


def change_files(change: Change | None) -> dict[str, bytes]:
    """Who moves as a table and as a picture; they count customers and name none."""
    if change is None or not change.migration.customers:
        return {}
    from segkit.plots.migration import migration_flow  # loads what draws, which many promotions need not
    from segkit.plots.style import png_bytes

    moved = f"{percent(change.migration.moved_share)} of {change.migration.customers:,} customers change segment"
    figure = migration_flow(change.rows, moved)
    picture = {} if figure is None else {_PICTURE: png_bytes(figure)}
    return {_MOVES: change.rows.to_csv(index=False).encode(), **picture}


def keep_files(
    store: Store, model: str, number: int, run_id: str, files: Mapping[str, bytes], labels: pd.Series | None
) -> None:
    """Put a version's files among those of its run, and the place into its tags."""
    told = {} if labels is None else {LABELS: labels.rename("segment").reset_index().to_csv(index=False).encode()}
    if not {**files, **told}:
        return
    # A run may be registered under several names, which count their versions each from 1.
    own = store.client.get_run(run_id).data.tags.get(DATA, model) == model
    place = f"versions/{number if own else f'{number}-{model}'}"
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**files, **told}.items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_bytes(content)
        store.client.log_artifacts(run_id, folder, place)
    store.client.set_model_version_tag(model, str(number), FILES, place)


def version_moves(store: Store, found: Version) -> pd.DataFrame | None:
    """Who moved when a version was made, as `Change.rows` says it; None where that is not known."""
    content = _file(store, found, _MOVES)
    return None if content is None else pd.read_csv(BytesIO(content), keep_default_na=False)


def version_picture(store: Store, found: Version) -> bytes | None:
    """The same as a picture."""
    return _file(store, found, _PICTURE)


def _file(store: Store, found: Version, name: str) -> bytes | None:
    if FILES not in found.tags:
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = store.client.download_artifacts(found.run_id, f"{found.tags[FILES]}/{name}", folder)
            return Path(path).read_bytes()
        except (MlflowException, OSError):
            return None
