"""A promotion or rollback as it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segkit.identity.moves import Change
from segkit.identity.people import Migration
from segkit.profiles.figures import tenths


@dataclass(frozen=True)
class Holder:
    """A version that holds or held an alias: its number, its run, and what its segments are called."""

    version: int
    run_id: str
    names: Mapping[int, str]

    def as_values(self) -> dict[str, Any]:
        """For `format=json`."""
        return {"version": self.version, "run_id": self.run_id}


@dataclass(frozen=True)
class Told:
    """What became of a model's alias.

    `new` holds it now, `old` held it before (None: nobody; itself if nothing changed), `champion` is the champion now.
    `change` says who moves between version `compared` and the new one; None where that cannot be known.
    """

    model: str
    alias: str
    new: Holder
    old: Holder | None
    champion: Holder | None
    reason: str
    change: Change | None = None
    compared: int | None = None
    locked: tuple[int, ...] = ()
    warning: str = ""

    @property
    def changed(self) -> bool:
        """Whether the alias has moved."""
        return self.old is None or self.old.version != self.new.version

    @property
    def migration(self) -> Migration | None:
        """Who moves, in numbers of customers."""
        return self.change.migration if self.change else None

    def as_values(self) -> dict[str, Any]:
        """For `format=json`."""
        known = self.change.migration if self.change and self.change.migration.customers else None
        return {
            "model": self.model,
            "alias": self.alias,
            "promoted": self.new.as_values(),
            "champion": self.champion.as_values() if self.champion else None,
            "previous": self.old.as_values() if self.old else None,
            "changed": self.changed,
            "reason": self.reason,
            "segments": {str(number): name for number, name in sorted(self.new.names.items())},
            "locked": list(self.locked),
            "compared_with": self.compared,
            "customers_compared": known.customers if known else 0,
            "moved_share": known.moved_share if known else None,
            "migration": self.change.rows.to_dict("records") if self.change and known else [],
            "warning": self.warning,
        }

    def as_text(self) -> str:
        """For people."""
        address = f"models:/{self.model}@{self.alias}"
        if not self.changed:
            return f"{self.model} version {self.new.version} already is the {self.alias} ({address}); nothing changed."
        before = f"version {self.old.version}" if self.old else "none"
        lines = [f"{self.alias} of {self.model}: version {self.new.version} ({address}), before: {before}"]
        if self.champion is not None and self.champion.version != self.new.version:
            lines.append(f"the champion still is version {self.champion.version}")
        return "\n".join([*lines, f"why: {self.reason}", *self._locks(), *self._moves()])

    def _locks(self) -> list[str]:
        kept = ", ".join(f"{number} {self.new.names.get(number, '')}".strip() for number in self.locked)
        return [f"locked, so decided as before: {kept}"] if kept else []

    def _moves(self) -> list[str]:
        if self.compared is None:
            return []
        if self.change is None or not self.change.migration.customers:
            gone = "neither the table that it was fitted on can be read, nor are there labels of common customers"
            return [f"what changes: not known; {gone}"]
        share, counted = self.change.migration.moved_share, self.change.migration.customers
        if share == 0:
            return [f"what changes: nothing; all {counted:,} customers keep their segment of version {self.compared}"]
        said = f"what changes: {tenths(share)} of {counted:,} customers leave their segment of version {self.compared}"
        return [*([f"warning: {self.warning}"] if self.warning else []), said, *self.change.lines]
