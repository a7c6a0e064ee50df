"""register the best run's model and make it the champion"""

from pathlib import Path
from typing import Any

from segkit.config.entry import entry


def promote(config: Any) -> None:
    """Choose the run (the named one, else the sweep's best), register it, say what changes."""
    from segkit.config.choice import chosen_run
    from segkit.config.fitted import given_names, tables_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.registry import promotion
    from segkit.tracking.registry.terms import Terms, check_terms

    check_format(config.format, ("table", "json"))
    terms = Terms(config.alias, config.by, config.most_moved, config.force)
    check_terms(terms, config.model)
    store = store_of(config.tracking, must_exist=True)
    choice = chosen_run(store, config.run, config.sweep, config.force)
    called = given_names(Path(config.names).expanduser(), store, choice.run) if config.names else None
    name, why = config.model or choice.model, choice.reason
    told = promotion.promote(store, name, choice.run, why, choice.evidence, called, terms, tables_of(store))
    emit(config.format, {"table": told.as_text, "json": lambda: as_json(told.as_values())})


main = entry("promote", promote)

if __name__ == "__main__":
    main()
