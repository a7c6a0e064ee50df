"""the MLflow UI, with links that open the answer"""

from typing import Any

from segkit.config.entry import entry


def ui(config: Any) -> None:
    """Print the links, then serve until stopped."""
    from segkit.config.pieces import ranking_of, store_of
    from segkit.tracking.links import sweep_links
    from segkit.tracking.read import find_sweep
    from segkit.tracking.server import check_port, serve

    store = store_of(config.tracking, must_exist=True)
    check_port(config.port)
    address = f"http://127.0.0.1:{config.port}"
    sweep = find_sweep(store)
    ranking = ranking_of(store, sweep)
    print(f"{address}  (Ctrl-C ends it)\n\n{sweep.name}:", flush=True)
    for title, link in sweep_links(
        store, sweep.parent, ranking.metric, [r.run.run_id for r in ranking.runs], address
    ).items():
        print(f"  {title:<18} {link}", flush=True)
    serve(store, config.port)


main = entry("ui", ui)

if __name__ == "__main__":
    main()
