"""Scoring a file: what may be chosen, and the command that does it, which is begun, begun again and forgotten."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from segkit.app.brought.unpacked import check_unpacked
from segkit.app.folders import leave_nothing, this_moment
from segkit.app.gathered.contents import opened
from segkit.app.running import work
from segkit.app.running.work import Work
from segkit.app.scoring.files import Score, Scores
from segkit.app.scoring.going import as_called
from segkit.app.settings import Settings
from segkit.data.read import check_source
from segkit.errors import UserError, did_you_mean
from segkit.tracking.registry.listing import listed_models
from segkit.tracking.registry.sizes import version_sizes
from segkit.tracking.registry.tags import segment_names
from segkit.tracking.registry.versions import CHAMPION, find_version, version_scorer

ENDINGS = {"csv": ".csv", "parquet": ".parquet"}
# What can be asked beside the segment -> the argument, what it is called, and what it is good for.
EXTRAS = {
    "why": ("why=true", "why", "a sentence with the reason for each customer's segment; takes longer"),
    "probabilities": ("probabilities=true", "probabilities", "a column for each segment"),
    "outlier": ("outlier=true", "outliers", "marks who is unlike all whom the model was fitted on"),
    "absent": ("absent=unknown", "columns may be missing", "nothing is then known of them, instead of a refusal"),
}


@dataclass(frozen=True)
class Choices:
    """What the page lets choose: the versions as `segkit score` names them, with words; the files scored before."""

    model: str
    versions: Sequence[tuple[str, str]]
    before: Sequence[tuple[Score, Work | None]]


def choices_of(settings: Settings, scores: Scores, model: str) -> Choices:
    """The page's values; raises UserError where there is no such model."""
    (listed,) = listed_models(opened(settings), model)
    holders = [(alias, one.version) for one in listed.versions for alias in one.aliases]
    holders.sort(key=lambda one: (one[0] != CHAMPION, one))
    named = [(f"@{alias}", f"{alias} (version {number})") for alias, number in holders]
    numbers = [(f"/{one.version}", f"version {one.version}") for one in listed.versions]
    return Choices(model, [*named, *numbers], [(one, work.work_of(one.folder)) for one in scores.of_model(model)])


def begun(settings: Settings, scores: Scores, place: Path, file: str, model: str, asked: Mapping[str, str]) -> Score:
    """Begin to score a file that was brought; nothing of it is left where it is none, or cannot be scored at all."""
    try:
        check_unpacked(place / file, settings.largest)
        check_source(str(place / file))
        score = _kept(settings, place.parent, file, model, asked)
        scores.keep(score)
        work.start(score.folder, [*score.arguments, *settings.said], "score")
    except BaseException as error:
        scores.discard(place)
        if isinstance(error, UserError):
            raise type(error)(as_called(error.problem, place.parent), as_called(error.mend, place.parent)) from error
        raise
    return score


def begun_again(settings: Settings, scores: Scores, score: Score, absent: bool) -> None:
    """Begin once more; with `absent` where columns may be missing from now on."""
    more = EXTRAS["absent"][0]
    asked = (*score.asked, more) if absent and more not in score.asked else score.asked
    score = replace(score, asked=asked)
    work.start(score.folder, [*score.arguments, *settings.said], "score")
    scores.keep(score)


def forgotten(score: Score) -> None:
    """Delete a file and what came of it; raises UserError while it is being scored."""
    with work.alone(score.folder):
        leave_nothing(score.folder)


def clear_away(scores: Scores) -> None:
    """Delete what has lain there long enough."""
    for old in scores.old(datetime.now().astimezone()):
        with suppress(UserError):  # it is being scored once more
            forgotten(old)


def _kept(settings: Settings, folder: Path, file: str, model: str, asked: Mapping[str, str]) -> Score:
    store = opened(settings)
    found = find_version(store, f"{model}{asked.get('version', '')}")
    ending = asked.get("format", "csv")
    if ending not in ENDINGS:
        raise UserError(f"format={ending} is not written", did_you_mean(ending, ENDINGS))
    return Score(
        folder.name,
        folder,
        file,
        this_moment(),
        model,
        found.version,
        tuple(argument for name, (argument, _, _) in EXTRAS.items() if asked.get(name)),
        ENDINGS[ending],
        segment_names(found.tags),
        version_sizes(store, found, version_scorer(store, found)),
    )
