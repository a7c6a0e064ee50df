"""Whether a table is the one that a description of its columns was written for."""

from collections.abc import Sequence

import pandas as pd

from segkit.errors import UserError, did_you_mean


def differences(table: pd.DataFrame, expected: Sequence[str], name: str) -> tuple[str, ...]:
    """What the table has beyond the expected columns, in words; raises UserError if it lacks one of them."""
    lacking = [column for column in expected if column not in table]
    if lacking:
        problem = f"this is not the table that data={name} describes: it lacks {', '.join(lacking[:5])}"
        mend = did_you_mean(lacking[0], table.columns, otherwise="")
        raise UserError(problem, mend or "for a table of your own use data=table")
    extra = [str(column) for column in table if expected and column not in expected]
    return (f"beyond the known columns: {', '.join(extra)}",) if extra else ()
