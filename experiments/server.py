"""an MLflow server on PostgreSQL that several people share"""

from typing import Any

from segkit.config.entry import entry


def server(config: Any) -> None:
    """Serve until stopped; print what clients need once it answers."""
    from segkit.server.serving import make_service, serve

    asked = (config.folder, config.host, config.port, list(config.names), config.artifacts)
    serve(make_service(*asked, config.permission, config.workers), config.postgres, config.upgrade)


main = entry("server", server)

if __name__ == "__main__":
    main()
