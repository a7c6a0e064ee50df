"""what the stage cache holds; clear=true empties it"""

from typing import Any

from segkit.config.entry import entry


def cache(config: Any) -> None:
    """Empty it if asked to, then say what is there."""
    from segkit.cache import cache_summary, cache_text, trim
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit

    check_format(config.format, ("table", "json"))
    folder = store_of(config.tracking, must_exist=True).cache
    freed = trim(folder, 0) if config["clear"] else 0  # config.clear is a method of every mapping
    summary = cache_summary(folder, freed)
    emit(config.format, {"table": lambda: cache_text(summary), "json": lambda: as_json(summary)})


main = entry("cache", cache)

if __name__ == "__main__":
    main()
