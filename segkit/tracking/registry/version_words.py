"""What the MLflow UI shows of registered models and their versions, as Markdown."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from segkit.identity.moves import Change
from segkit.profiles.figures import tenths
from segkit.profiles.names_file import Called
from segkit.tracking.registry.tags import COLUMNS, COMPARED, MOVED, RUN_NAME, SEGMENTS, VERDICT, WARNING
from segkit.tracking.registry.versions import WHY, Version
from segkit.tracking.tag_values import tag_value
from segkit.verdict import WORDS

# Databases hold no longer description.
_LONGEST = 5000


def version_description(
    called: Mapping[int, Called], tags: Mapping[str, str], labels: pd.Series | None, change: Change | None
) -> str:
    """Why a version was made, the verdict on it, its segments, and who moves."""
    parts = [tags.get(WHY, ""), f"Verdict: {WORDS.get(tags.get(VERDICT, ''), 'not tested')}."]
    parts.append(_segments(called, None if labels is None else labels.value_counts(normalize=True)))
    if change is not None and change.migration.customers:
        parts += [_moved(change, tags), change.markdown]
    return _fitting("\n\n".join(part for part in parts if part))


def _segments(called: Mapping[int, Called], shares: Any) -> str:
    rows = [
        f"| {number} | **{said.name}** {said.description}".rstrip().replace("\n", " ")
        + f" | {'' if shares is None else tenths(shares.get(number, 0.0))} |"
        for number, said in sorted(called.items())
    ]
    return "\n".join(["| segment | who | customers |", "|---|---|---:|", *rows])


def _moved(change: Change, tags: Mapping[str, str]) -> str:
    other = f" from version {tags[COMPARED]}" if COMPARED in tags else ""
    counted = (
        f"{tenths(change.migration.moved_share)} of {change.migration.customers:,} customers change segment{other}."
    )
    return f"**{counted}**" if WARNING in tags else counted


def model_description(name: str, champion: Version | None) -> str:
    """What a registered model segments, which version is the champion, why, and how to score with it."""
    lines = [_champion(champion)]
    if champion is None:
        return "\n\n".join(lines)
    tags = champion.tags
    names = [f"- {number}: {called}" for number, called in tag_value(tags, SEGMENTS, {}).items()]
    columns = ", ".join(tag_value(tags, COLUMNS, []))
    scoring = [
        f"    segkit score input=new.csv output=scored.csv model={name}",
        f'    mlflow.pyfunc.load_model("models:/{name}@champion").predict(table)',
    ]
    told = [
        f"Why: {tags[WHY]}" if tags.get(WHY) else "",
        "\n".join(names),
        "To score new customers:",
        "\n".join(scoring),
        f"Columns needed: {columns}." if columns else "",
    ]
    return _fitting("\n\n".join(part for part in [*lines, *told] if part))


def _champion(champion: Version | None) -> str:
    if champion is None:
        return "No version is the champion now."
    run, verdict = champion.tags.get(RUN_NAME, ""), WORDS.get(champion.tags.get(VERDICT, ""), "")
    said = ", ".join(part for part in (run, verdict) if part)
    moved = champion.tags.get(MOVED)
    changed = f"; {tenths(float(moved))} of the customers changed segment when it was made" if moved else ""
    return f"The champion is version {champion.version}{f' ({said})' if said else ''}{changed}."


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\u2026"
