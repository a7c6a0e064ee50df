"""From a configuration to the store that it names, and to the ranking of what is there. Imports nothing that fits."""

from typing import Any

from hydra.utils import instantiate

from segkit.config.checked import check_rule, check_tracking
from segkit.config.datasets import brief_of
from segkit.config.schema import plain
from segkit.errors import UserError
from segkit.records import SweepRecord, latest_of_each
from segkit.selection import Ranking, Rule
from segkit.tracking.read import sweep_runs
from segkit.tracking.store import Store, check_there, open_store


def rule_of(config: Any) -> Rule:
    """The selection rule; raises UserError if it ranks by what is not measured."""
    check_rule(config)
    rule: Rule = instantiate(config, _convert_="all")
    return rule


def ranking_of(store: Store, sweep: SweepRecord, brief: Any = None, selection: Any = None) -> Ranking:
    """A sweep's runs ranked by the brief and rule that it was started with, but for what is given of others."""
    rule = rule_of(selection) if selection is not None else _stored_rule(sweep.settings.get("selection", {}))
    changes = {key: value for key, value in (plain(brief) or {}).items() if value is not None}
    fixed = next((key for key in ("must_use", "never_use", "value") if changes.get(key)), None)
    if fixed is not None:
        raise UserError(f"brief.{fixed} cannot change what was fitted", f"start a sweep with it: brief.{fixed}=...")
    demands = brief_of({**plain(sweep.settings.get("brief", {})), **changes})
    return rule.rank(latest_of_each(sweep_runs(store, sweep.parent)), demands)


def _stored_rule(settings: Any) -> Rule:
    """The rule that the store names; a store may be someone else's, so it cannot name other code than ours."""
    if not isinstance(settings, dict) or not str(settings.get("_target_", "")).startswith("segkit.selection."):
        raise UserError("the sweep does not say how it was ranked", "name a rule: selection=trusted")
    return rule_of(settings)


def store_of(config: Any, must_exist: bool = False, met: bool = False) -> Store:
    """The store that the `tracking` page names; see `open_store`."""
    check_tracking(config)
    if must_exist:
        check_there(config.folder, config.uri)
    waiting = {"patience": config.patience, "silence": config.silence}
    return open_store(config.folder, config.uri, config.experiment, cache=config.cache, met=met, **waiting)
