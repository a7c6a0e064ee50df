"""one run, logged with its metrics, pictures and model; with -m a sweep"""

from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode

from segkit.config.entry import entry


def run(config: Any) -> None:
    """Load, fit, evaluate, log. In a sweep this is one job, and it prints nothing."""
    from segkit import runs
    from segkit.answer import run_summary
    from segkit.config.pieces import build_model, check_k, current_label, load_dataset, resolved_text, store_of
    from segkit.tracking.runs import log_result, logged_run
    from segkit.tracking.views import run_link

    dataset = load_dataset(config.data)
    check_k(config, dataset)
    store = store_of(config.tracking)
    label = current_label(config, dataset)
    with logged_run(store, label) as run_id:
        result = runs.run(dataset, build_model(config, dataset, store))
        log_result(store, run_id, label, resolved_text(config), dataset, result)
    if HydraConfig.get().mode == RunMode.RUN and label.parent is None:
        print(run_summary(label.name, run_id, result.metrics, result.segments))
        print(f"In the MLflow UI, while `segkit ui` runs: {run_link(store, run_id)}")


main = entry("run", run)

if __name__ == "__main__":
    main()
