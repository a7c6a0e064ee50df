"""give the champion's place back to the version before it"""

from typing import Any

from segkit.config.entry import entry


def rollback(config: Any) -> None:
    """Move the alias back and say what changed."""
    from segkit.config.fitted import tables_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.registry.rollback import roll_back
    from segkit.tracking.registry.terms import Terms, check_terms
    from segkit.tracking.registry.versions import only_model

    check_format(config.format, ("table", "json"))
    check_terms(Terms(by=config.by, most_moved=config.most_moved))
    store = store_of(config.tracking, must_exist=True)
    name = only_model(store, config.model)
    told = roll_back(store, name, config.steps, tables_of(store), config.most_moved, config.by)
    emit(config.format, {"table": told.as_text, "json": lambda: as_json(told.as_values())})


main = entry("rollback", rollback)

if __name__ == "__main__":
    main()
