"""have the customers moved away from the champion: keep, watch or refit"""

from typing import Any

from segkit.config.entry import entry

_REFIT = 3


def monitor(config: Any) -> int:
    """Measure, decide, keep it in the store by date, say it; 3 where the model is to be fitted anew."""
    from segkit.config.monitored import day_of, entry_of, monitored
    from segkit.config.stored import store_of
    from segkit.data.read import check_source
    from segkit.drift.told import as_values
    from segkit.drift.words import as_text
    from segkit.errors import UserError
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.monitoring import log_monitoring
    from segkit.tracking.past import past_dates, past_text
    from segkit.tracking.registry.versions import find_version
    from segkit.tracking.views import run_link

    check_format(config.format, ("table", "json"))
    store = store_of(config.tracking, must_exist=True)
    version = find_version(store, config.model)
    if config.history:
        dates = past_dates(store, version.model)
        emit(config.format, {"table": lambda: past_text(version.model, dates), "json": lambda: as_json(dates)})
        return 0
    if not config.input:
        raise UserError("input is needed", "name the customers as they are now: input=customers.csv")
    check_source(config.input)
    day_of(config)
    said = monitored(config, store, version)
    run_id = log_monitoring(store, entry_of(said, version, config))
    link = f"\n\nover time: {run_link(store, run_id)}"
    formats = {"table": lambda: as_text(said) + link, "json": lambda: as_json(as_values(said))}
    emit(config.format, formats)
    return _REFIT if said.decision.decision == "refit" else 0


main = entry("monitor", monitor)

if __name__ == "__main__":
    main()
