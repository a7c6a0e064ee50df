"""All that a report says, gathered once for whatever form it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd

import segkit
from segkit.activation.sql import as_sql, as_text
from segkit.answer import answer
from segkit.brief import Brief
from segkit.data.boxes import columns_table
from segkit.records import RunRecord
from segkit.report.advice import Advice
from segkit.report.buying import Buying
from segkit.report.cards import Card
from segkit.report.portrait import Portrait
from segkit.report.recommendation import recommendation, recommendation_of_altered
from segkit.rivalry import against_rivals
from segkit.selection import Ranking
from segkit.verdict import verdict_of


@dataclass(frozen=True, eq=False)
class Told:
    """What is known of a run beside its segments.

    `ranking` is that of its sweep and `rivals` the table that stands below it, both None for a run on its own;
    `evidence` are the tables between runs, `stability` says how surely each segment comes out again, `model` names the
    registered version, if any, `changed` says that the table is no longer what was fitted, and `day` is today.

    Of a version that was edited: `edits` say how, `numbers` which of the run's segments is which of the version's, and
    `altered` which are none of the run's. Where there are such, `run` holds no figure of those, and `found` is the
    verdict on the run.
    """

    run: RunRecord
    ranking: Ranking | None = None
    guards: Sequence[str] = ()
    rivals: pd.DataFrame | None = None
    evidence: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    stability: pd.DataFrame | None = None
    model: str = ""
    changed: bool = False
    day: str = ""
    edits: Sequence[str] = ()
    numbers: Mapping[int, int] = field(default_factory=dict)
    altered: Sequence[int] = ()
    found: str = ""

    @property
    def verdict(self) -> str:
        """Natural, continuum or untested, of the segments as the run found them; see `segkit.verdict`."""
        return self.found or verdict_of(self.run)

    @property
    def again(self) -> dict[int, float]:
        """How surely each segment comes out again."""
        known = self.stability
        return {} if known is None else dict(zip(known["segment"].astype(int), known["comes_out_again"], strict=True))


@dataclass(frozen=True, eq=False)
class Content:
    """The portrait, what is known of the run, the advice and the cards: everything that a form of the report writes.

    `buying` is set where customers were made of a transaction log.
    """

    portrait: Portrait
    told: Told
    advice: Advice
    cards: Sequence[Card]
    buying: Buying | None = None

    @property
    def title(self) -> str:
        """What the report is about."""
        return self.portrait.dataset.name

    @property
    def inside(self) -> str:
        """Whose customers alone the report is about; "" where it is about all of them."""
        segment = self.portrait.dataset.inside
        return f"This speaks only of the customers of {segment}." if segment else ""

    @property
    def recommendation(self) -> str:
        """The first sentences."""
        told, names = self.told, self.portrait.names
        if told.altered:
            kept = [name for segment, name in names.items() if segment not in told.altered]
            altered = len(names) - len(kept)
            return recommendation_of_altered(kept, altered, told.run.name, told.verdict, told.guards)
        return recommendation(told.run, told.ranking, told.guards)

    @property
    def answer(self) -> str:
        """What the whole sweep says; "" for a run on its own."""
        return answer(self.told.ranking, self.told.rivals) if self.told.ranking else ""

    @property
    def against(self) -> str:
        """How the segments do against those in use today and other simple ways; "" where nothing can be said."""
        return against_rivals(self.told.run.name, self.told.rivals)

    @property
    def sql(self) -> str:
        """The rules as a query on the customers' table; "" without rules."""
        portrait, dataset = self.portrait, self.portrait.dataset
        if portrait.rules is None:
            return ""
        query = as_sql(portrait.rules, portrait.names, dataset.columns, self.sql_table, self.sql_key, dataset.as_of)
        return f"{self.sql_warning}{query}"

    @property
    def sql_table(self) -> str:
        """What queries call the customers' table."""
        dataset = self.portrait.dataset
        return "customers" if dataset.log is not None and dataset.inside is None else dataset.name

    @property
    def sql_key(self) -> str:
        """The column of its ids; "" without."""
        return next(iter(self.portrait.dataset.used_as("id")), "")

    @property
    def sql_warning(self) -> str:
        """The line that a query begins with where it does not hold for every customer; else ""."""
        whose = " ".join(f"{self.sql_table} must hold no others than these. {self.inside}".split())
        return f"-- {whose}\n" if self.inside else ""

    @property
    def rules(self) -> str:
        """The rules for people; "" without."""
        portrait, dataset = self.portrait, self.portrait.dataset
        return as_text(portrait.rules, portrait.names, dataset.columns, dataset.as_of) if portrait.rules else ""

    @property
    def columns(self) -> pd.DataFrame:
        """What each column is for, and why."""
        return columns_table(self.portrait.dataset)

    @property
    def made(self) -> Mapping[str, str]:
        """How the segments were made."""
        run, dataset = self.told.run, self.portrait.dataset
        brief = self.told.ranking.brief if self.told.ranking else Brief()
        said = {
            "customers of": str(dataset.inside or ""),
            "pipeline": ", ".join(f"{name} {value}" for name, value in run.params.items()),
            "table": f"{PurePath(dataset.source).name}: {len(dataset.table):,} rows, {len(dataset.columns)} columns",
            "content": f"{dataset.hash}{', which is no longer what was fitted' if self.told.changed else ''}",
            "dates counted to": dataset.as_of,
            "brief": str(brief) if self.told.ranking else "",
            "chosen by": self.told.ranking.rule if self.told.ranking else "",
            "registered as": self.told.model,
            "edited": "; ".join(self.told.edits),
            "run": f"{run.name} ({run.model_run or run.run_id})",
            "written": f"{self.told.day} by segkit {segkit.__version__}",
        }
        return {name: value for name, value in said.items() if value}
