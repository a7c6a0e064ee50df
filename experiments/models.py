"""registered models: versions, aliases, and the evidence they were promoted on"""

from typing import Any

from segkit.config.entry import entry


def models(config: Any) -> None:
    """List them."""
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.registry import listing

    check_format(config.format, ("table", "json"))
    store = store_of(config.tracking, must_exist=True)
    listed = listing.listed_models(store, config.model)
    formats = {"table": lambda: listing.as_text(listed), "json": lambda: as_json(listing.as_values(listed))}
    emit(config.format, formats)


main = entry("models", models)

if __name__ == "__main__":
    main()
