"""one run, logged with its metrics, pictures and model; with -m a sweep"""

import sys
from typing import Any

from segkit.config.entry import entry
from segkit.worker import ends_with_its_launcher


@ends_with_its_launcher
def run(config: Any) -> None:
    """Load, fit, evaluate, log; a job of a sweep prints nothing."""
    from segkit.config.checked import check_steps
    from segkit.config.computed import computed
    from segkit.config.datasets import brief_of, check_counts, load_dataset
    from segkit.config.labels import current_label, evens_tails, resolved_text
    from segkit.config.stored import store_of
    from segkit.config.weighed import weighed_as_asked
    from segkit.config.within import settled
    from segkit.data.worth_knowing import worth_knowing
    from segkit.outcome import RunOutcome, print_run, understood
    from segkit.output import check_format
    from segkit.tracking.killed import close_killed
    from segkit.tracking.results import log_result
    from segkit.tracking.runs import logged_run, run_lock
    from segkit.tracking.sweeps import done_meanwhile
    from segkit.tracking.views import run_link

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
        findings = worth_knowing(dataset, evens_tails(config.preprocessing))
        print(understood(dataset, brief_of(config.brief), findings), file=sys.stderr)
        said = (brief_of(config.brief), run_link(store, run_id), config.note, result.tables.get("influence"))
        print_run(config.format, RunOutcome(label.name, run_id, result.metrics, result.segments, *said))


main = entry("run", run)

if __name__ == "__main__":
    main()
