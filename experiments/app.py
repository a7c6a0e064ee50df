"""the app in a browser: from a table to its segments without a command line"""

from typing import Any

from segkit.config.entry import entry


def app(config: Any) -> None:
    """Serve until stopped; print the address once it answers."""
    from segkit.app.settings import check_installed, settings_of
    from segkit.listening import check_port

    check_installed()
    check_port(config.port)
    from segkit.app.serving import serve

    address = f"http://127.0.0.1:{config.port}"
    serve(settings_of(config), config.port, ready=lambda: print(f"{address}  (Ctrl-C ends it)", flush=True))


main = entry("app", app)

if __name__ == "__main__":
    main()
