"""What a customer's purchases say about him: orders, money, baskets, rhythm, returns."""

import numpy as np
import pandas as pd


def baskets(purchases: pd.DataFrame) -> pd.DataFrame:
    """One row per customer, by code; purchases are lines with customer, time, order, product, quantity and amount.

    The last three are optional, and so is what follows from them. `price_paid` is money per unit. `products` and
    `products_per_order` count different ones. `days_between_orders` is the mean gap, 0 for two orders of one day and
    missing for a single order: a pipeline fills that with the median, which hides in the crowd who came once; leave the
    column out or describe with it where most came once (`orders` tells them apart).
    """
    by_customer = purchases.groupby("customer")
    table = pd.DataFrame({"first_order": by_customer["time"].min(), "last_order": by_customer["time"].max()})
    table["orders"] = by_customer["order"].nunique()
    for name, source in (("amount", "amount"), ("units", "quantity")):
        if source in purchases:
            table[name] = totals(purchases, source)
    if "product" in purchases:
        table["products"] = by_customer["product"].nunique()
    return table.assign(**_means(purchases, table))


def _means(purchases: pd.DataFrame, table: pd.DataFrame) -> dict[str, pd.Series]:
    orders = table["orders"]
    means = {f"{name}_per_order": table[name] / orders for name in ("amount", "units") if name in table}
    if "product" in purchases:
        in_order = purchases[["customer", "order", "product"]].drop_duplicates()
        means["products_per_order"] = in_order.groupby("customer")["product"].count() / orders
    if {"amount", "units"} <= set(table.columns):
        means["price_paid"] = table["amount"] / table["units"]
    span = (table["last_order"].dt.normalize() - table["first_order"].dt.normalize()).dt.days
    means["days_between_orders"] = span / (orders - 1).where(orders > 1)
    return means


def returned_share(table: pd.DataFrame, returned: pd.DataFrame) -> pd.Series:
    """Money given back, whichever its sign, as a share of the amount bought: 0 where nothing came back.

    At most 1: more comes back where it was bought before the log begins, and one such customer (57 times as much, in
    online_retail) would outweigh all others.
    """
    back = totals(returned.assign(amount=returned["amount"].abs()), "amount")
    return (back.reindex(table.index, fill_value=0.0) / table["amount"]).clip(upper=1.0)


def totals(lines: pd.DataFrame, name: str) -> pd.Series:
    """Each customer's sum, to the last bit the same in whatever order the lines come."""
    return lines.sort_values(["customer", name]).groupby("customer")[name].sum()


def most_frequent(customers: pd.Series, values: pd.Series) -> pd.Series:
    """Each customer's most frequent value, the first in sorting order of equally frequent ones; missing if he has none.

    >>> most_frequent(pd.Series([0, 0, 1]), pd.Series(["DE", "AT", None])).tolist()
    ['AT', nan]
    """
    known = values.infer_objects()
    known = known.map(str, na_action="ignore") if known.dtype == object else known
    codes, distinct = pd.factorize(known, sort=True)
    counts = pd.DataFrame({"customer": customers.to_numpy(), "value": codes}).value_counts().reset_index()
    best = counts[counts["value"] >= 0].sort_values(["customer", "count", "value"], ascending=[True, False, True])
    first = best.drop_duplicates("customer").set_index("customer")["value"]
    return pd.Series(distinct.take(first.to_numpy()), index=first.index).reindex(np.unique(customers))
