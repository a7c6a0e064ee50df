"""Columns that tell who a customer is: said, whether they are kept out or used because somebody asked for it."""

from segkit.data.columns import Column
from segkit.data.findings.finding import Finding, argument, listed
from segkit.data.findings.view import View
from segkit.data.personal import BIRTHS, personal

PERSONAL = "personal"


def personal_findings(view: View) -> list[Finding]:
    """One finding for those that are kept out, one for those that are used all the same, one per date of birth."""
    found = {c.name: (c, what) for c in view.columns if (what := personal(view.table[c.name], c.kind, c.date_format))}
    out = {name: what for name, (column, what) in found.items() if column.use == "leave_out"}
    used = {name: (column, what) for name, (column, what) in found.items() if name not in out}
    births = [name for name, what in out.items() if what == BIRTHS]
    return [*_kept_out(out, births), *(_used(column, what) for column, what in used.values())]


def _kept_out(out: dict[str, str], births: list[str]) -> list[Finding]:
    if not out:
        return []
    told = listed(f"{name} ({what})" for name, what in out.items())
    text = f"{told} tell who customers are: kept out of features, pictures, files and models"
    text += "; of a date of birth the age in years is enough" if births else ""
    ages = [argument(f"data.derive.{_free('age', place)}", f"{{age: {name}}}") for place, name in enumerate(births)]
    others = [argument(f"data.use.{name}", "segment_on") for name in out]
    return [Finding(PERSONAL, tuple(out), text, " ".join(ages) or f"{others[0]} uses one all the same")]


def _free(title: str, place: int) -> str:
    return f"{title}_{place + 1}" if place else title


def _used(column: Column, what: str) -> Finding:
    where = "stands in lists and tables as the id" if column.use == "id" else f"is used ({column.use})"
    mend = "" if column.use == "id" else argument(f"data.use.{column.name}", "leave_out")
    return Finding(
        PERSONAL, (column.name,), f"{column.name} holds {what} and {where}, because that was asked for", mend
    )
