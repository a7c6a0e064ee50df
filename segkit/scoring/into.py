"""From a file or query to scored customers in a file or database, in flat memory however many they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from segkit.data.dates import check_date
from segkit.data.read import read_table
from segkit.data.sources import Source, WholeTable, open_source
from segkit.data.wanted import Wanted
from segkit.data.write import Writer
from segkit.scoring.asked import Asked, check_asked
from segkit.scoring.counted import Counted
from segkit.scoring.matching import Matched, match_columns
from segkit.scoring.readings import Readings
from segkit.scoring.scored import as_of_used, scored_parts
from segkit.scoring.scorer import Scorer
from segkit.scoring.summary import Tally, score_summary

# So many cells of the needed columns are scored at once: 50,000 customers of 40 columns.
_CELLS = 2_000_000
_FEWEST, _MOST = 1_000, 50_000


@dataclass(frozen=True)
class Input:
    """The table to score: where it is, the query of a database, the day that ages are counted to, and whether columns
    that it lacks count as unknown (`absent="unknown"`).
    """

    path: str
    query: str = ""
    as_of: str = ""
    absent: str = ""


def score_into(writer: Writer, scorer: Scorer, given: Input, asked: Asked, rows: int | None = None) -> dict[str, Any]:
    """Score everybody in the table, `rows` at a time, and give each to the writer; returns what there is to say.

    Workbooks and transaction logs are read whole.
    """
    check_date(given.as_of, "as_of")
    with open_source(given.path, given.query) as source:
        readings = Readings(scorer)
        source, of_log = _customers(scorer, source, given)
        matched = match_columns(scorer.needed, source.columns, scorer.id_column, given.absent)
        check_asked(asked, scorer, scorer.id_column in matched.taken.values())
        size = rows or max(_FEWEST, min(_MOST, _CELLS // max(len(scorer.needed), 1)))
        as_of = given.as_of or scorer.as_of_for(_parts(scorer, source, matched, size, scorer.clocks))
        parts, tally = _parts(scorer, source, matched, size), Tally(scorer)
        with Counted("customers scored", source.rows) as progress, writer:
            for customers, scored in scored_parts(scorer, parts, asked, as_of, readings):
                writer.add(scored)
                tally.add(customers, scored)
                progress.total = source.rows
                progress.add(len(scored))
    readings.unread |= of_log or {}
    matched = matched if of_log is None else replace(matched, extra=())  # those are none of the log
    return score_summary(tally, readings, matched, asked, as_of_used(scorer, as_of))


def _customers(scorer: Scorer, source: Source, given: Input) -> tuple[Source, dict[str, int] | None]:
    """The customers as a source; made of a log, if it is one, with how many of its cells could not be read."""
    log = scorer.log
    if log is None or not {log.customer, log.date} <= set(source.columns):
        return source, None
    table = read_table(given.path, given.query, scorer.text_columns)
    readings = Readings(scorer)
    customers = scorer.customers_in(table, given.as_of)
    readings.add(table)
    readings.check()
    return WholeTable(customers), readings.unread


def _parts(
    scorer: Scorer, source: Source, matched: Matched, rows: int, only: Iterable[str] | None = None
) -> Iterator[pd.DataFrame]:
    """The table, or `only` some of its columns, under the names that the model knows."""
    # Of a log's customers all columns are looked at, to see who bought nothing.
    others = [name for name in source.columns if scorer.log and name not in matched.taken]
    taken = {**matched.taken, **{name: name for name in others}}
    names = {name: given for given, name in taken.items() if only is None or name in set(only)}
    gaps = [name for name in matched.missing if only is None or name in set(only)]
    if not names:
        return
    ids = frozenset({names[scorer.id_column]} if scorer.id_column in names else ())
    text = [given for name, given in names.items() if only is not None or name in scorer.text_columns]
    wanted = Wanted(tuple(names.values()), ids, text, [names[name] for name in scorer.categories if name in names])
    some = Matched({given: name for name, given in names.items()}, tuple(gaps))
    yield from (some.as_needed(part) for part in source.chunks(wanted, rows))
