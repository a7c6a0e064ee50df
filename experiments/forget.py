"""remove one customer's rows from the store; shows them unless sure=true"""

from typing import Any

from segkit.config.entry import entry


def forget(config: Any) -> None:
    """Find the customer's rows, remove them if asked to, say which."""
    from segkit.cache import trim
    from segkit.config.stored import store_of
    from segkit.errors import UserError
    from segkit.output import as_json, check_format, emit
    from segkit.tracking import forgetting

    check_format(config.format, ("table", "json"))
    customer = "" if config.id is None else str(config.id)
    if not customer:
        raise UserError("id is needed", "name the customer by the id of your tables: id=C1042")
    store = store_of(config.tracking, must_exist=True)
    traces = forgetting.traces_of(store, customer)
    if config.sure:
        forgetting.forget(store, customer, traces)
        trim(store.cache, 0)
    values = forgetting.as_values(customer, traces, removed=config.sure)
    emit(config.format, {"table": lambda: forgetting.as_text(values, store), "json": lambda: as_json(values)})


main = entry("forget", forget)

if __name__ == "__main__":
    main()
