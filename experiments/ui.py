"""the MLflow UI, with links that open the answer"""

from typing import Any

from segkit.config.entry import entry


def ui(config: Any) -> None:
    """Serve until stopped; print the links once the server answers."""
    from segkit.config.stored import store_of
    from segkit.listening import check_port
    from segkit.tracking.overview import describe_experiment
    from segkit.tracking.server import serve
    from segkit.tracking.views import latest_sweep_links, model_links

    store = store_of(config.tracking, must_exist=True)
    if store.served:  # someone else serves it already
        print("\n".join([store.uri, latest_sweep_links(store, store.uri), model_links(store, store.uri)]).rstrip())
        return
    check_port(config.port)
    describe_experiment(store)
    address = f"http://127.0.0.1:{config.port}"
    links = [latest_sweep_links(store, address), model_links(store, address)]
    text = "\n".join([f"{address}  (Ctrl-C ends it)", *links]).rstrip()
    serve(store, config.port, ready=lambda: print(text, flush=True))


main = entry("ui", ui)

if __name__ == "__main__":
    main()
