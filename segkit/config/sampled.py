"""Whether a run fits a sample of the customers: what comes out then depends on the seed."""

from typing import Any

from segkit.config.schema import plain

# To plan for a table of no more rows no algorithm is imported: none asks by itself for fewer.
_SMALL = 5_000


def fits_a_sample(config: Any, rows: int) -> bool:
    """Whether of so many rows only a sample is fitted, by the algorithm's page or by itself."""
    said = (plain(config.algorithm) or {}).get("fit_rows")
    if rows <= _SMALL or (isinstance(said, int) and rows > said):
        return isinstance(said, int) and rows > said
    from segkit.config.pieces import fit_rows, make
    from segkit.fitted_rows import most_to_fit

    try:
        most = most_to_fit(make(config, "algorithm"), fit_rows(config))
    except Exception:  # what cannot be made is told by the job that needs it
        return False
    return most is not None and rows > most
