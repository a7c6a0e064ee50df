"""Screen B, the answer: what is recommended, whether to rely on it, and what else was tried; of a sweep that ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segkit.answer import by_silhouette, runner_up, why_not
from segkit.app.gathered.contents import bytes_of_content, of_sweep
from segkit.app.settings import Settings
from segkit.compared.rows import RivalRow, Row, deciding_measures, rival_rows, rival_targets, run_rows
from segkit.measures import Measure
from segkit.profiles.figures import percent
from segkit.records import RunRecord
from segkit.remembered import remembers
from segkit.report.content import Content
from segkit.report.page import headline
from segkit.report.pictures import Shown, at_a_glance, how_far_apart, shown
from segkit.report.sweep_pictures import sweep_pictures
from segkit.selection import Ranking

_MOST_RUNS = 30
# Pictures of the sweep -> their heading and how to read them.
_OF_THE_SWEEP = {
    "splits": (
        "What more segments would do",
        "A band is as wide as the customers in it: a segment that stays whole as k grows is solid.",
    ),
    "against_k": (
        "Against the number of segments",
        "Look for a bend above and a peak below; compare lines within one column only.",
    ),
    "against_stability": (
        "Separate and stable",
        "Up is more separate, right comes back more surely; the choice is ringed.",
    ),
}


@dataclass(frozen=True)
class Contender:
    """A run that was chosen or nearly: the part it plays, its id and name, some figures with their titles, and what to
    say.
    """

    part: str
    run_id: str
    name: str
    figures: Sequence[tuple[str, str]]
    says: str


@dataclass(frozen=True, eq=False)
class Answer:
    """All that the page shows."""

    content: Content
    facts: Sequence[tuple[str, str]]
    worth: Sequence[Shown]
    rivals: Sequence[RivalRow]
    targets: Sequence[str]
    contenders: Sequence[Contender]
    solidity: Sequence[Shown]
    sweep: Sequence[Shown]
    measures: Sequence[Measure]
    runs: Sequence[Row]

    @property
    def verdict(self) -> str:
        """Natural, continuum, untested, or none where nothing is recommended."""
        return "none" if self.content.told.guards else self.content.told.verdict


def answer_of(settings: Settings, sweep: str, ended: float) -> Answer:
    """The answer of a sweep that ended then; gathered once."""
    return _gathered(of_sweep(settings, sweep, ended))


@remembers(lambda answer: bytes_of_content(answer.content))
def _gathered(content: Content) -> Answer:
    told, portrait, ranking = content.told, content.portrait, content.told.ranking
    assert ranking is not None
    figures = sweep_pictures(content)
    measures = deciding_measures(ranking)
    rivals = told.rivals
    return Answer(
        content,
        headline(content),
        [one for one in at_a_glance(portrait) if one.name == "worth"],
        rival_rows(rivals, told.run.name) if rivals is not None else [],
        rival_targets(rivals) if rivals is not None else [],
        list(_contenders(ranking)),
        [one for one in how_far_apart(portrait, told.again) if one.name == "stability"],
        [one for name, words in _OF_THE_SWEEP.items() for one in shown(name, *words, figures.get(name))],
        measures,
        run_rows(ranking, measures, _MOST_RUNS),
    )


def _contenders(ranking: Ranking) -> Iterator[Contender]:
    """The recommended run, the next best, and what silhouette alone would have chosen; no two of these twice."""
    best = ranking.champion
    if best is None:
        return
    yield _contender("Recommended", best.run, "")
    second, habit = runner_up(ranking, best), by_silhouette(ranking, best)
    says = "the same" if habit is best else why_not(habit, best)
    if second is not None and second.run_id == habit.run.run_id:
        yield _contender("Runner-up, and what silhouette alone would have chosen", second, says)
        return
    if second is not None:
        yield _contender("Runner-up", second, "")
    yield _contender("Silhouette alone would have chosen", habit.run, says)


def _contender(part: str, run: RunRecord, says: str) -> Contender:
    stability = run.metrics.get("stability", run.metrics.get("stability_quick"))
    figures = [(f"{run.metrics.get('segments', 0):.0f}", "segments")]
    figures += [(percent(stability), "comes out again")] if stability is not None else []
    figures += [(f"{run.metrics['silhouette']:.2f}", "silhouette")] if "silhouette" in run.metrics else []
    return Contender(part, run.run_id, run.name, figures, says)
