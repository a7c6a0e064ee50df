"""Promoting a run: what is registered, what is said about it, and what changes for customers."""

from collections.abc import Mapping
from dataclasses import dataclass

from mlflow.exceptions import MlflowException

from segkit.errors import WorkFailed
from segkit.identity import Migration, compare_labels
from segkit.profiles.names_file import Called
from segkit.records import FINISHED, RunRecord
from segkit.tracking.names import inside_tags
from segkit.tracking.registry import promote_run, rollback
from segkit.tracking.store import Store
from segkit.tracking.versions import WHY, Version, run_labels


@dataclass(frozen=True)
class Promotion:
    """The new champion, the one before it (None the first time, itself if nothing changed), and who moves."""

    new: Version
    old: Version | None
    reason: str
    migration: Migration | None

    @property
    def changed(self) -> bool:
        """Whether there is a new champion."""
        return self.old is None or self.old.version != self.new.version

    def as_values(self) -> dict[str, object]:
        """For `format=json`."""
        return {
            "model": self.new.model,
            "champion": {"version": self.new.version, "run_id": self.new.run_id},
            "previous": {"version": self.old.version, "run_id": self.old.run_id} if self.old else None,
            "changed": self.changed,
            "reason": self.reason,
            "customers_compared": self.migration.customers if self.migration else 0,
            "moved_share": self.migration.moved_share if self.migration else None,
        }

    def as_text(self) -> str:
        """For people."""
        address = f"models:/{self.new.model}@champion"
        if not self.changed:
            return f"{self.new.model} version {self.new.version} already is the champion ({address}); nothing changed."
        before = f"version {self.old.version}" if self.old else "none"
        lines = [
            f"champion of {self.new.model}: version {self.new.version} ({address}), before: {before}",
            f"why: {self.reason}",
        ]
        return "\n".join(lines + self._moves())

    def _moves(self) -> list[str]:
        if self.migration is None or not self.migration.customers:
            return []
        share, counted = self.migration.moved_share, self.migration.customers
        table = self.migration.table.rename_axis(index="old segment", columns="new segment")
        said = f"what changes: {share:.1%} of {counted:,} customers known to both leave their segment"
        return [f"{said} (segments are paired by their people; their numbers may differ)", "", table.to_string()]


def promote(
    store: Store,
    name: str,
    run: RunRecord,
    reason: str,
    evidence: Mapping[str, str],
    called: Mapping[int, Called] | None = None,
) -> Promotion:
    """Make the run's model the champion of `name`; `called` names and describes its segments in place of ours."""
    if run.status != FINISHED:
        raise WorkFailed(
            f"{run.name} did not finish ({run.reason or run.status.lower()}), so it has no model to promote"
        )
    said = {**evidence, **inside_tags(run.inside), WHY: reason}
    new, old = promote_run(store, name, run, said, called)
    migration = _migration(store, old, new) if old and old.version != new.version else None
    return Promotion(new, old, reason, migration)


def _migration(store: Store, old: Version, new: Version) -> Migration | None:
    """Who moves; None where the labels of either run are gone, which must not undo a promotion that is made."""
    try:
        return compare_labels(run_labels(store, old.run_id), run_labels(store, new.run_id))
    except (MlflowException, OSError, KeyError):
        return None


def roll_back(store: Store, name: str) -> Promotion:
    """Give the alias back to the champion before."""
    new, old = rollback(store, name)
    return Promotion(new, old, f"rolled back from version {old.version}", _migration(store, old, new))
