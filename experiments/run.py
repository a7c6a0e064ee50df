"""one run, logged with its metrics, pictures and model; with -m a sweep"""

from typing import Any

from segkit.config.entry import entry
from segkit.worker import ends_with_its_launcher


@ends_with_its_launcher
def run(config: Any) -> None:
    """Load, fit, evaluate, log; a job of a sweep prints nothing."""
    from segkit.config.checked import check_steps
    from segkit.config.computed import computed
    from segkit.config.datasets import check_counts, load_dataset
    from segkit.config.labels import current_label, resolved_text
    from segkit.config.stored import store_of
    from segkit.config.told import tell
    from segkit.config.weighed import weighed_as_asked
    from segkit.config.within import settled
    from segkit.output import check_format
    from segkit.tracking.killed import close_killed
    from segkit.tracking.results import log_result
    from segkit.tracking.runs import logged_run, run_lock
    from segkit.tracking.sweeps import done_meanwhile

    check_format(config.format, ("table", "json"))
    config = settled(config)
    dataset = load_dataset(config)
    check_counts(config, dataset)
    if config.plan.parent is None:  # of a sweep's runs one that cannot be is a failed one among the others
        check_steps(config)
    store = store_of(config.tracking, met=config.plan.parent is not None)
    label = current_label(config, dataset)
    with run_lock(store, label.fingerprint):
        if weighed_as_asked(config, dataset, store):
            return
        mark = label.fingerprint
        if label.parent and done_meanwhile(store, label.parent, mark, dataset.name, fresh=config.rerun):
            return
        if not label.parent:
            close_killed(store, held=mark)
        with logged_run(store, label) as run_id:
            result = computed(config, dataset, store, alone=label.parent is None)
            log_result(store, run_id, label, resolved_text(config), dataset, result)
    if label.parent is None:
        tell(config, dataset, result, label.name, run_id, store)


main = entry("run", run)

if __name__ == "__main__":
    main()
