"""Rules as SQL that gives each customer of the raw table one segment, and as text that says the same."""

from collections.abc import Mapping, Sequence

from segkit.activation.columns import by_name
from segkit.activation.expressions import Columns
from segkit.activation.raw_expressions import literal, quoted
from segkit.activation.rules import Rule, RuleList
from segkit.activation.sql_conditions import condition_in_sql, filled_column
from segkit.activation.words import conditions_words, listed, out_of_100, stand_in_words
from segkit.data.columns import Column


def as_sql(
    rules: RuleList,
    names: Mapping[int, str],
    columns: Sequence[Column],
    table: str,
    id_column: str = "",
    as_of: str = "",
) -> str:
    """A query (DuckDB) that runs on the raw table: id, `segment` and `segment_name`, one row for each of its rows.

    `columns` are those of the data set, `as_of` is the day that its dates are counted to, fixed in the query. Gaps are
    filled with what the rules were learnt with. Without `id_column` rows are numbered.
    """
    known, (read, placed) = by_name(columns), _free_names(table)
    shown = quoted(id_column or "row")
    taken = f"{shown}," if id_column else f"row_number() OVER () - 1 AS {shown},"
    filled = {name: filled_column(name, rules.usual, known, as_of) for name in rules.columns}
    lines = [f"{found} AS {quoted(name)}" for name, found in filled.items()] or ["1 AS everyone"]
    cases = [_case(rule, known, as_of) for rule in rules.rules if rule.conditions]
    default = rules.rules[-1].segment
    case = f"CASE\n      {_lines(cases, '      ')}\n      ELSE {default}\n    END" if cases else f"{default}"
    return "\n".join(
        [
            f"-- {_about(rules)}",
            *([f"-- Dates are counted to {as_of}."] if as_of else []),
            f"WITH {read} AS (\n  SELECT\n    {taken}\n    {_lines(lines, '    ', ',')}\n  FROM {quoted(table)}\n),",
            f"{placed} AS (\n  SELECT\n    {shown},\n    {case} AS segment\n  FROM {read}\n)",
            f"SELECT\n  {shown},\n  segment,\n  {_named(rules, names)} AS segment_name\nFROM {placed}",
            "",
        ]
    )


def as_text(rules: RuleList, names: Mapping[int, str], columns: Sequence[Column], as_of: str = "") -> str:
    """The same for people: a rule a line, with what it catches."""
    known = by_name(columns)
    lines = [f"{place}. {rule_words(rule, names, known, as_of)}" for place, rule in enumerate(rules.rules, start=1)]
    gaps = [name for name in rules.columns if name in rules.gaps and not isinstance(rules.usual[name], str)]
    unknown = [stand_in_words(name, rules.usual[name], known.get(name), as_of) for name in gaps]
    lost = [_name(segment, names) for segment in rules.lost]
    without = [f"No short rule finds {listed(lost)}: too few customers, or too much like others."] if lost else []
    return "\n".join([_about(rules), *lines, *unknown, *without])


def rule_words(rule: Rule, names: Mapping[int, str], columns: Columns, as_of: str = "") -> str:
    """One rule: whom it asks for, the segment, and what it catches."""
    whom = conditions_words(rule.conditions, columns, as_of)
    name = _name(rule.segment, names)
    asked = f"{name} if {whom}" if rule.conditions else f"{name}: {whom}"
    right, part = out_of_100(rule.precision), out_of_100(rule.coverage)
    return f"{asked} (catches {rule.customers:,} customers, {right} rightly; {part} of the segment)"


def _about(rules: RuleList) -> str:
    withheld, own = out_of_100(rules.fidelity), out_of_100(rules.on_table)
    return (
        f"The first of {len(rules.rules)} rules that fits decides. Of customers withheld while the rules were learnt "
        f"they give {withheld} the model's segment, of the table's customers {own}."
    )


def _name(segment: int, names: Mapping[int, str]) -> str:
    return names.get(segment, f"segment {segment}")


def _free_names(table: str) -> tuple[str, str]:
    """Names for the steps of the query that are not the table's."""
    mark = "_" if table.lower() in ("as_read", "placed") else ""
    return f"as_read{mark}", f"placed{mark}"


def _lines(lines: Sequence[str], indent: str, end: str = "") -> str:
    return f"{end}\n{indent}".join(lines)


def _case(rule: Rule, columns: Columns, as_of: str) -> str:
    asked = [condition_in_sql(one, quoted(one.column), columns[one.column], as_of) for one in rule.conditions]
    return f"WHEN {' AND '.join(asked)} THEN {rule.segment}"


def _named(rules: RuleList, names: Mapping[int, str]) -> str:
    segments = sorted({rule.segment for rule in rules.rules})
    cases = " ".join(f"WHEN {segment} THEN {literal(_name(segment, names))}" for segment in segments)
    return f"CASE segment {cases} END"
