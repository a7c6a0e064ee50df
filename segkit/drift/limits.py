"""From where on a measure of later customers says something."""

from dataclasses import dataclass


@dataclass  # not frozen: the page of the command fills it in
class Limits:
    """From where on a measure says something; see conf/monitor.yaml.

    A change counts only where chance makes it less often than `significance`, whatever its size.
    """

    significance: float = 0.001
    fewest_customers: int = 100
    psi_watch: float = 0.1
    psi_refit: float = 0.25
    columns_refit: float = 0.5
    share_watch: float = 0.05
    unsure_watch: float = 0.05
    outliers_watch: float = 0.02
    outliers_refit: float = 0.05
    moved_watch: float = 0.2
    outcome_watch: float = 0.05
    stable: float = 0.7
    reform_watch: float = 0.1
    reform_refit: float = 0.2
