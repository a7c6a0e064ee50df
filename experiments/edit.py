"""change a registered model's segments by hand: rename, merge, split or lock them"""

from typing import Any

from segkit.config.entry import entry


def edit(config: Any) -> None:
    """Find the version, make the one that the edit derives of it, say what changed."""
    from segkit.config.edited import change_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.registry.edit_told import as_text, as_values
    from segkit.tracking.registry.editing import Signed, edit_version
    from segkit.tracking.registry.tags import now, who

    check_format(config.format, ("table", "json"))
    store = store_of(config.tracking, must_exist=True)
    done = edit_version(store, config.model, change_of(store, config), Signed(config.by or who(), now()))
    emit(config.format, {"table": lambda: as_text(done), "json": lambda: as_json(as_values(done))})


main = entry("edit", edit)

if __name__ == "__main__":
    main()
