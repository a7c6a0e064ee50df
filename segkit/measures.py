"""What the numbers of a run mean, in a line each, and which of them only compare within one space."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A metric for people: its title, what it says, how it is written, and whether it is measured in a run's own space.

    The numbers of two runs that clustered different spaces (another preprocessing, reducer or other features) do not
    compare where `own_space`: a reducer that draws islands raises them without better segments.
    """

    name: str
    title: str
    says: str
    own_space: bool = False
    form: str = "{:.2f}"

    def words(self, value: float) -> str:
        """The value as it is shown."""
        return self.form.format(value).replace("%", " %")


_SHARE, _WHOLE, _LONG = "{:.1%}", "{:,.0f}", "{:.3f}"

MEASURES = (
    Measure("segments", "segments", "how many segments were found", form=_WHOLE),
    Measure("smallest_share", "smallest", "share of customers in the smallest segment", form=_SHARE),
    Measure("largest_share", "largest", "share of customers in the largest segment", form=_SHARE),
    Measure("noise_share", "unassigned", "share of customers in no segment", form=_SHARE),
    Measure(
        "silhouette_macro",
        "macro silhouette",
        "how far apart segments stand, each counting alike: 1 apart, 0 touching",
        own_space=True,
        form=_LONG,
    ),
    Measure("silhouette", "silhouette", "the same, each customer counting alike", own_space=True, form=_LONG),
    Measure("silhouette_min", "worst silhouette", "the same, of the worst segment", own_space=True, form=_LONG),
    Measure("davies_bouldin", "Davies-Bouldin", "overlap of neighbouring segments: lower is better", own_space=True),
    Measure(
        "calinski_harabasz",
        "Cali\u0144ski-Harabasz",
        "spread between segments against spread within: higher is better",
        own_space=True,
        form=_WHOLE,
    ),
    Measure(
        "inertia",
        "inertia",
        "squared distances to segment means: falls with every k, a bend is what to look for",
        own_space=True,
        form=_WHOLE,
    ),
    Measure(
        "bic", "BIC", "fit of a probability model, paid for by its size: lower is better", own_space=True, form=_WHOLE
    ),
    Measure("aic", "AIC", "the same with a lower price: lower is better", own_space=True, form=_WHOLE),
    Measure(
        "explained_variance", "explained variance", "share of the columns' variance that the reducer keeps", form=_SHARE
    ),
    Measure(
        "trustworthiness",
        "trustworthiness",
        "how far neighbours in the reduced space were neighbours before: 1 all of them, 0.5 chance",
    ),
    Measure("stability", "stability", "how alike the segments are when found again on resampled customers: 1 the same"),
    Measure(
        "stability_quick", "quick stability", "the same from a few resamples: good for sorting out, not for deciding"
    ),
    Measure("stability_min", "worst stability", "the same for the segment that comes back worst"),
    Measure(
        "prediction_strength",
        "prediction strength",
        "of customers who share a segment, how many still do when the segments come from others: above 0.8 is strong",
    ),
    Measure(
        "lookalike_p",
        "lookalike p",
        "how often customers made up without segments look as separate: below 0.05 speaks for natural segments",
        form=_LONG,
    ),
    Measure("agreement", "agreement", "how alike the segments are to those of other good runs: 1 the same, 0 chance"),
    Measure("confidence", "confidence", "how sure scoring is of a customer's segment, on average"),
    Measure(
        "repeats", "repeats a column", "how much the segments only repeat one column or two: 1 wholly, 0 not at all"
    ),
    Measure(
        "assign_agreement", "assignable", "share of customers to whom scoring gives the segment of the fit", form=_SHARE
    ),
    Measure("truth_ami", "truth (AMI)", "agreement with known answers: 1 perfect, 0 chance"),
    Measure("truth_ari", "truth (ARI)", "the same, pair by pair of customers"),
)


def known_measures(names: Iterable[str]) -> list[Measure]:
    """The measures among these metrics, in the order in which they are read."""
    wanted = set(names)
    return [measure for measure in MEASURES if measure.name in wanted]
