"""Whether a table is the one that a description of its columns was written for."""

from collections.abc import Collection, Sequence

from segkit.errors import UserError, did_you_mean

# Copies in circulation have columns dropped or added; a table that shares fewer is another one.
_MOSTLY = 0.75


def differences(names: Collection[str], expected: Sequence[str], name: str) -> tuple[str, ...]:
    """How a table with these columns differs from the expected one, in words; raises UserError if it is another one."""
    lacking = [column for column in expected if column not in names]
    if len(lacking) > (1 - _MOSTLY) * len(expected):
        problem = f"this is not the table that data={name} describes: it lacks {', '.join(lacking[:5])}"
        is_near = len(lacking) <= len(expected) / 2
        mend = did_you_mean(lacking[0], names, otherwise="") if is_near else ""
        raise UserError(problem, mend or "for a table of your own use data=table")
    extra = [str(column) for column in names if expected and column not in expected]
    said = {"it lacks the known columns": lacking, "beyond the known columns": extra}
    return tuple(f"{words}: {', '.join(columns)}" for words, columns in said.items() if columns)
