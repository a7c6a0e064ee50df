"""The customers of one shop over seven months, whose planted segments change.

Month 0 has four segments that overlap a little: every customer leans, by an amount of his own, towards another one.
What a customer is like stays his own from month to month, apart from a little noise; so whoever changes segment in a
table of a later month was moved, or stands at a border. What happens:

- `app_fans` grow: newcomers join them every month.
- Of `store_regulars` and `bargain_hunters` a few change sides every month, and then behave like the others there.
- `store_regulars` drift apart from month 3 on: over a third turn into `click_and_collect`, by and by; the rest visit
  the store all the more. In month 3 they can hardly be told apart, in month 6 well.
- `business_buyers`, newcomers all, appear in month 4. They pay in a way that nobody had before.

The planted segment is in the column `truth`, by a name that stays. `response` is an outcome and `revenue` is money:
neither is a feature. The newest date of a table is the last day of its month, or close to it.

FROZEN: published figures rest on these very rows.
"""

from dataclasses import dataclass
from io import StringIO

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MONTHS = 7
FIRST_DAY = pd.Timestamp(2025, 1, 1)


def _table(text: str) -> pd.DataFrame:
    """Read one row per segment; the columns are separated by blanks."""
    return pd.read_csv(StringIO(text), sep=r"\s+", index_col="segment").astype("float64")


# What is typical of a segment. The lower tables say what the two that drift apart come to, once they are apart.
BEHAVIOUR = _table("""
segment            age  orders  basket  visits  days_quiet  web_share  sale_share  returned_share
store_regulars      56      20      36       3           8       0.10        0.20            0.04
bargain_hunters     42      11      22      14          18       0.60        0.75            0.14
gift_givers         44       3     100       4          75       0.55        0.10            0.05
app_fans            29      10      42      30          14       0.93        0.22            0.16
click_and_collect   56      20      36       3           8       0.10        0.20            0.04
business_buyers     44      30     260       8           9       0.85        0.04            0.02
""")
BEHAVIOUR_APART = _table("""
segment            age  orders  basket  visits  days_quiet  web_share  sale_share  returned_share
store_regulars      57      23      33     1.5           7       0.03        0.20            0.04
click_and_collect   61      40      20      24           3       0.83        0.12            0.03
""")
CHANCES = _table("""
segment            card  wallet  cash  transfer   app  responds
store_regulars     0.25    0.03  0.72      0.00      0.04  0.10
bargain_hunters    0.85    0.10  0.05      0.00      0.12  0.30
gift_givers        0.90    0.05  0.05      0.00      0.03  0.06
app_fans           0.12    0.87  0.01      0.00      0.95  0.20
click_and_collect  0.25    0.03  0.72      0.00      0.04  0.10
business_buyers    0.10    0.00  0.00      0.90      0.02  0.04
""")
CHANCES_APART = _table("""
segment            card  wallet  cash  transfer   app  responds
store_regulars     0.15    0.01  0.84      0.00      0.02  0.08
click_and_collect  0.30    0.60  0.10      0.00      0.90  0.25
""")
SEGMENTS = BEHAVIOUR.index.to_numpy()
REGULARS, HUNTERS, GIVERS, FANS, COLLECTORS, BUSINESS = range(len(SEGMENTS))
PAYMENTS = CHANCES.columns[:4].to_numpy()
_FIRST_SHARES = [0.30, 0.28, 0.22, 0.20, 0.0, 0.0]

# What happens in the months 0 to 6, as shares of the customers of month 0, or of those of the segment.
NEW_FANS = [0.0, 0.02, 0.035, 0.05, 0.04, 0.035, 0.03]
NEW_BUSINESS = [0.0, 0.0, 0.0, 0.0, 0.015, 0.05, 0.065]
TO_REGULARS, TO_HUNTERS = 0.02, 0.015
COLLECT = 0.36
APART = [0.0, 0.0, 0.0, 0.25, 0.45, 0.75, 1.0]

# How much the segments overlap, and how much of a customer's deviation from them is his own for good.
LEAN_LIMIT, LEAN_NEAR_ZERO = 0.5, 3.0
SPREAD = np.array([0.17, 0.3, 0.3, 0.45, 0.75, 0.5, 0.45, 0.5])
LASTING = 0.97


@dataclass(frozen=True)
class _People:
    """Who ever becomes a customer: in which month, which segment he is of in each, and what lasts about him."""

    arrival: Ints
    segments: Ints
    other: Ints
    lean: Floats
    own: Floats
    choices: Floats
    joined: pd.DatetimeIndex
    number: Ints


def make_month(month: int, rows: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Return the customers of a month, 0 to 6, as they then are: `rows` of them in month 0, more in each later one.

    Of equal `rows` and `seed` all months are of the same people: a customer_id is one person, and newcomers stand below
    the others. customer_id, response, revenue and truth are not features. Equal arguments give an equal table.
    """
    if not 0 <= month < MONTHS:
        raise ValueError(f"month must be 0 to {MONTHS - 1}, got {month}")
    if rows < 1:
        raise ValueError(f"rows must be at least 1, got {rows}")
    people = _people(np.random.default_rng(seed), rows)
    return _seen(np.random.default_rng([seed, month]), people, month)


def _people(rng: np.random.Generator, rows: int) -> _People:
    fans, business = (np.round(rows * np.array(new)).astype(np.int64) for new in (NEW_FANS, NEW_BUSINESS))
    month = np.arange(MONTHS)
    arrival = np.repeat(np.concatenate([[0], month, month]), np.concatenate([[rows], fans, business]))
    newcomers = np.repeat([FANS, BUSINESS], [fans.sum(), business.sum()])
    first = np.concatenate([rng.choice(len(SEGMENTS), size=rows, p=_FIRST_SHARES), newcomers])
    order, everyone = np.argsort(arrival, kind="stable"), len(first)
    arrival, first = arrival[order], first[order]
    return _People(
        arrival=arrival,
        segments=_histories(rng, first),
        other=rng.choice(len(SEGMENTS), size=everyone, p=_FIRST_SHARES),
        lean=LEAN_LIMIT * rng.beta(1.0, LEAN_NEAR_ZERO, size=everyone),
        own=rng.normal(size=(everyone, BEHAVIOUR.shape[1])),
        choices=rng.random(size=(everyone, 2)),
        joined=_joined(rng, arrival),
        number=rng.permutation(everyone) + 1,
    )


def _histories(rng: np.random.Generator, first: Ints) -> Ints:
    """One row per customer and a column per month: the segment that he is of."""
    collects, segments = rng.random(size=len(first)) < COLLECT, [first]
    for month in range(1, MONTHS):
        now, drawn = segments[-1].copy(), rng.random(size=len(first))
        now[(segments[-1] == HUNTERS) & (drawn < TO_REGULARS)] = REGULARS
        now[(segments[-1] == REGULARS) & (drawn < TO_HUNTERS)] = HUNTERS
        # Who comes over later has missed the parting of the ways and stays with the rest.
        began = APART[month] > 0 and APART[month - 1] == 0
        now[began & (now == REGULARS) & collects] = COLLECTORS
        segments.append(now)
    return np.column_stack(segments)


def _joined(rng: np.random.Generator, arrival: Ints) -> pd.DatetimeIndex:
    """A day of the month for newcomers, one of four years for the first customers."""
    ends = np.array([_last_day(month).value for month in range(MONTHS)]).view("datetime64[ns]")[arrival]
    days = np.where(arrival == 0, rng.integers(0, 1460, size=len(arrival)), rng.integers(0, 28, size=len(arrival)))
    return pd.DatetimeIndex(ends) - pd.to_timedelta(days, unit="D")


def _last_day(month: int) -> pd.Timestamp:
    return FIRST_DAY + pd.DateOffset(months=month + 1) - pd.Timedelta(days=1)


def _seen(rng: np.random.Generator, people: _People, month: int) -> pd.DataFrame:
    """The customers who have come by that month, as they are in it."""
    here, day = people.arrival <= month, _last_day(month)
    segment, other, lean = people.segments[here, month], people.other[here], people.lean[here, np.newaxis]
    noise = rng.normal(size=(here.sum(), BEHAVIOUR.shape[1]))
    spread = SPREAD * (LASTING * people.own[here] + np.sqrt(1 - LASTING**2) * noise)
    typical = _on_scale(_at(BEHAVIOUR, BEHAVIOUR_APART, month))
    values = _off_scale((1 - lean) * typical[segment] + lean * typical[other] + spread)
    chances = _at(CHANCES, CHANCES_APART, month)
    chances = (1 - lean) * chances[segment] + lean * chances[other]
    return _frame(rng, people, here, day, values, chances).assign(truth=SEGMENTS[segment])


def _at(start: pd.DataFrame, apart: pd.DataFrame, month: int) -> Floats:
    """What is typical of each segment in that month."""
    typical = start.copy()
    typical.loc[apart.index] += APART[month] * (apart - start.loc[apart.index])
    values: Floats = typical.to_numpy()
    return values


def _on_scale(values: Floats) -> Floats:
    """Logarithms of amounts and log odds of shares: where customers spread evenly around what is typical."""
    shares = values[:, -3:]
    return np.hstack([np.log(values[:, :-3]), np.log(shares / (1 - shares))])


def _off_scale(values: Floats) -> Floats:
    return np.hstack([np.exp(values[:, :-3]), 1 / (1 + np.exp(-values[:, -3:]))])


def _frame(
    rng: np.random.Generator,
    people: _People,
    here: npt.NDArray[np.bool_],
    day: pd.Timestamp,
    values: Floats,
    chances: Floats,
) -> pd.DataFrame:
    age, orders, basket, visits, quiet, *shares = values.T
    joined, rows = people.joined[here], len(values)
    quiet_days = np.minimum(quiet.astype(np.int64), (day - joined).days)
    pays, has_app = people.choices[here].T
    paid = (pays[:, np.newaxis] > chances[:, :3].cumsum(axis=1)).sum(axis=1)
    orders = np.maximum(orders.round(), 1).astype(np.int64)
    return pd.DataFrame(
        {
            "customer_id": [f"S{number:06d}" for number in people.number[here]],
            "joined": joined.strftime("%Y-%m-%d"),
            "last_order": (day - pd.to_timedelta(quiet_days, unit="D")).strftime("%Y-%m-%d"),
            "age": np.clip(age, 18, 95).astype(np.int64),
            "orders": orders,
            "basket": basket.round(2),
            "web_visits": visits.round().astype(np.int64),
            **dict(zip(("web_share", "sale_share", "returned_share"), np.round(shares, 3), strict=True)),
            "payment": PAYMENTS[paid],
            "app": np.where(has_app < chances[:, 4], "yes", "no"),
            "response": (rng.random(size=rows) < chances[:, 5]).astype(np.int64),
            "revenue": (orders * basket * rng.lognormal(0.0, 0.1, size=rows)).round(2),
        }
    )
