"""change a registered model's segments by hand: rename, merge, split or lock them"""

from datetime import datetime
from getpass import getuser
from typing import Any

from segkit.config.entry import entry


def edit(config: Any) -> None:
    """Find the version, make the one that the edit derives of it, say what changed."""
    from segkit.config.edited import change_of
    from segkit.config.stored import store_of
    from segkit.output import as_json, check_format, emit
    from segkit.tracking.registry.edit_told import as_text, as_values
    from segkit.tracking.registry.editing import Signed, edit_version

    check_format(config.format, ("table", "json"))
    store = store_of(config.tracking, must_exist=True)
    signed = Signed(config.by or _user(), datetime.now().astimezone().isoformat(timespec="seconds"))
    done = edit_version(store, config.model, lambda found: change_of(store, found, config), signed)
    emit(config.format, {"table": lambda: as_text(done), "json": lambda: as_json(as_values(done))})


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "unknown"


main = entry("edit", edit)

if __name__ == "__main__":
    main()
