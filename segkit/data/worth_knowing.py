"""What is worth knowing about a data set, beyond what has been seen to."""

from segkit.data.dataset import Dataset
from segkit.data.findings import Finding, find
from segkit.data.findings.distributions import SKEW
from segkit.data.findings.duplicates import SAME_CUSTOMERS


def worth_knowing(dataset: Dataset, evens_tails: bool = False) -> tuple[Finding, ...]:
    """The findings; no long tails where the preprocessing `evens_tails`, no blocks of what is in one, and of customers
    made of a log none that looks like another: two who bought the same once are two.
    """
    done = {SKEW} if evens_tails else set()
    done |= {SAME_CUSTOMERS} if dataset.log is not None else set()
    return tuple(
        finding for finding in find(dataset.table, dataset.columns, dataset.blocks) if finding.topic not in done
    )
