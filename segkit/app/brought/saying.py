"""What a person says on screen A, kept if the command line would take it."""

from segkit.app.brought.said import Said
from segkit.app.brought.tables import Table, Tables
from segkit.config.asked import understood
from segkit.data.worth_knowing import worth_knowing
from segkit.errors import UserError


def spoken(tables: Tables, table: Table, form: dict[str, str]) -> Table:
    """Keep what a form says of a table; raises UserError, and keeps nothing, where it cannot be."""

    def change(said: Said) -> Said:
        changed = _changed(table, said, form)
        understood([*table.source, *changed.of_columns, *changed.of_brief])
        return changed

    return tables.change(table.id, change)


def _changed(table: Table, said: Said, form: dict[str, str]) -> Said:
    what = form.get("what", "")
    if what == "move":
        return said.moved(form.get("column", ""), form.get("use", ""))
    if what == "read":
        return said.read_as(form.get("column", ""), form.get("kind", ""), form.get("levels", ""))
    if what == "accept":
        return said.accepted(_known(table, form.get("mend", "")))
    if what == "back":
        return said.without(form.get("said", ""))
    if what == "brief":
        return said.briefed(form.get("most", ""), form.get("smallest", ""))
    raise UserError("nothing was said", "use the buttons of the page")


def _known(table: Table, mend: str) -> str:
    """The mend, if a finding on the table offers it: no other arguments come in this way."""
    dataset, _, evened = understood(table.arguments)
    if mend and any(finding.mend == mend for finding in worth_knowing(dataset, evened)):
        return mend
    raise UserError("this is no longer found in the table", "look at the page again")
