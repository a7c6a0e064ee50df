"""The embedded data set: retail customers with planted, overlapping segments.

The true segment is in the column `truth`. Every customer belongs to one segment but leans, by a
random amount, towards another one; noise that is shared between the columns does the rest. So
the overlap is real: nobody's label is flipped, yet no method can recover all labels (a
classifier that was shown the truth of 150,000 others has an adjusted mutual information of .78).

Planted traps, to be met by whoever analyses the table:

- `signed_up` is day-first TEXT; many dates read just as well, but wrongly, month-first.
- `income` has missing values, and absurd outliers of 666666.
- `birth_year` has a few values before 1901.
- `marital_status` has joke levels that hardly ever occur.
- Some customers are exact copies of another one, under a customer_id of their own.
- `contact_cost` is constant; `spend_total` counts its six parts a second time.
- `response` is an outcome, and `truth` is the answer: neither is a feature.

FROZEN: published figures rest on these very rows. A change here makes another data set.
"""

from collections.abc import Callable
from functools import partial
from io import StringIO

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def _table(text: str) -> pd.DataFrame:
    """Read one row per segment; the columns are separated by blanks."""
    return pd.read_csv(StringIO(text), sep=r"\s+", index_col="segment").astype("float64")


# In all tables a row is a segment. Age and income are typical values; kids and teens are means.
PEOPLE = _table("""
segment              share  age  income  kids  teens
budget_families       0.32   42   36000  1.10   0.50
food_lovers           0.24   53   60000  0.15   0.90
web_first_young       0.19   29   43000  0.20   0.02
affluent_childless    0.15   48   82000  0.01   0.02
deal_hunting_seniors  0.10   68   44000  0.01   0.15
""")
EDUCATION = _table("""
segment               Basic  Secondary  Bachelor  Master  PhD
budget_families        0.10       0.42      0.32    0.12  0.04
food_lovers            0.02       0.22      0.40    0.22  0.14
web_first_young        0.04       0.30      0.44    0.18  0.04
affluent_childless     0.01       0.12      0.39    0.28  0.20
deal_hunting_seniors   0.12       0.40      0.28    0.12  0.08
""")
MARITAL = _table("""
segment               Married  Together  Single  Divorced  Widowed
budget_families          0.48      0.28    0.12      0.11     0.01
food_lovers              0.46      0.26    0.13      0.12     0.03
web_first_young          0.12      0.30    0.54      0.04     0.00
affluent_childless       0.36      0.24    0.27      0.11     0.02
deal_hunting_seniors     0.42      0.12    0.10      0.14     0.22
""")
SPENDS = _table("""
segment               spend_wine  spend_fruit  spend_meat  spend_fish  spend_sweets  spend_gold
budget_families               60           12          60          12            16          18
food_lovers                  420           60         210          85            40          45
web_first_young              110           18          70          20            75         110
affluent_childless           620           45         460          60            45          75
deal_hunting_seniors         200           55         100          75            18          30
""")
COUNTS = _table("""
segment               purchases_deals  purchases_web  purchases_catalog  purchases_store  web_visits_month
budget_families                   2.6            2.2                0.5              3.4               6.6
food_lovers                       2.2            5.0                3.2              8.5               4.6
web_first_young                   1.2            6.5                0.8              3.0               7.6
affluent_childless                0.7            4.6                5.8              8.0               2.3
deal_hunting_seniors              5.5            1.5                1.8              6.5               2.6
""")
CAMPAIGNS = _table("""
segment               accepted_1  accepted_2  accepted_3  accepted_4  accepted_5  response
budget_families             0.01        0.01        0.06        0.01        0.01      0.08
food_lovers                 0.05        0.02        0.04        0.12        0.04      0.13
web_first_young             0.03        0.01        0.16        0.02        0.01      0.20
affluent_childless          0.26        0.05        0.08        0.18        0.34      0.34
deal_hunting_seniors        0.03        0.01        0.03        0.06        0.01      0.06
""")

NEVER_BUYS = np.array([0.01, 0.15, 0.01, 0.15, 0.15, 0.05])  # per kind of spend: the extra zeros

# How much the segments overlap. Leaning stays below a half, so that the own segment prevails.
LEAN_LIMIT = 0.5
LEAN_NEAR_ZERO = 4.0  # the higher, the purer the customers
AFFLUENCE_SD = 0.2
SPEND_PER_AFFLUENCE = 1.5
INCOME_SD = 0.12
AGE_SD = 7.0
# Shapes of gamma distributions: the lower, the more skewed.
SPEND_SHAPE = 2.0
HABIT_SHAPE = 8.0

LAST_DAY = pd.Timestamp(2025, 6, 30)
DAYS_OPEN = 730
# Rows per 2,000 that each trap takes. No row falls into two traps, so that the counts are exact.
TRAPS = {"copy": 30, "copied": 30, "missing": 30, "rich": 4, "ancient": 3, "YOLO": 2, "Absurd": 3}


def make_customers(rows: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Return `rows` customers (at least 1); equal `rows` and `seed` give an equal table.

    customer_id, response and truth are not features. Row order carries no information.
    Another number of rows is another draw, not a longer table that begins with the same rows.
    """
    if not rows >= 1:  # nan is not below 1
        raise ValueError(f"rows must be at least 1, got {rows}")
    rng = np.random.default_rng(seed)
    frame = _set_traps(rng, _draw(rng, rows))
    frame.insert(0, "customer_id", [f"C{number:06d}" for number in rng.permutation(rows) + 1])
    return frame


def _draw(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    own, other = rng.choice(len(PEOPLE), size=(2, rows), p=PEOPLE["share"].to_numpy())
    lean = LEAN_LIMIT * rng.beta(1.0, LEAN_NEAR_ZERO, size=(rows, 1))
    blend = partial(_blend, own=own, other=other, lean=lean)
    affluence = rng.normal(0.0, AFFLUENCE_SD, size=rows)
    persons = _persons(rng, blend, affluence)
    spends = _spends(rng, blend(SPENDS), affluence)
    counts = _counts(rng, blend(COUNTS))
    campaigns = _campaigns(rng, blend(CAMPAIGNS))
    frame = pd.concat([persons, spends, counts, campaigns], axis=1)
    truth = PEOPLE.index.to_numpy()[own]
    return frame.assign(contact_cost=3, spend_total=spends.sum(axis=1), truth=truth)


def _blend(table: pd.DataFrame, own: Ints, other: Ints, lean: Floats) -> Floats:
    """Return one row per customer: his segment's, moved towards that of the one he leans to."""
    values: Floats = table.to_numpy()
    mixed: Floats = (1.0 - lean) * values[own] + lean * values[other]
    return mixed


def _persons(rng: np.random.Generator, blend: Callable[[pd.DataFrame], Floats], affluence: Floats) -> pd.DataFrame:
    rows = len(affluence)
    _, age, income, kids, teens = blend(PEOPLE).T
    age = np.clip(rng.normal(age, AGE_SD), 18, 90)
    income = income * np.exp(affluence + rng.normal(0.0, INCOME_SD, size=rows))
    days_open = pd.date_range(end=LAST_DAY, periods=DAYS_OPEN).strftime("%d-%m-%Y").to_numpy()
    return pd.DataFrame(
        {
            "birth_year": LAST_DAY.year - age.astype(np.int64),
            "education": _levels(rng, EDUCATION.columns, blend(EDUCATION)),
            "marital_status": _levels(rng, MARITAL.columns, blend(MARITAL)),
            "income": income.round(),
            "kids_at_home": np.minimum(rng.poisson(kids), 2),
            "teens_at_home": np.minimum(rng.poisson(teens), 2),
            "signed_up": rng.choice(days_open, size=rows),
            "days_since_purchase": rng.integers(0, 100, size=rows),
        }
    )


def _levels(rng: np.random.Generator, levels: pd.Index, chances: Floats) -> npt.NDArray[np.object_]:
    """Draw one level per customer; `chances` has a row per customer and a column per level."""
    limits = chances.cumsum(axis=1)[:, :-1]
    drawn = rng.random(size=(len(limits), 1))
    names: npt.NDArray[np.object_] = levels.to_numpy()[(drawn > limits).sum(axis=1)]
    return names


def _spends(rng: np.random.Generator, mean: Floats, affluence: Floats) -> pd.DataFrame:
    """Draw skewed amounts that rise together with affluence; some customers never buy a kind."""
    level = mean * np.exp(SPEND_PER_AFFLUENCE * affluence)[:, np.newaxis]
    amount = rng.gamma(SPEND_SHAPE, level / SPEND_SHAPE)
    buys = rng.random(size=amount.shape) >= NEVER_BUYS
    return pd.DataFrame((amount * buys).astype(np.int64), columns=SPENDS.columns)


def _counts(rng: np.random.Generator, mean: Floats) -> pd.DataFrame:
    """Draw Poisson counts around a rate of the customer's own."""
    habit = rng.gamma(HABIT_SHAPE, 1.0 / HABIT_SHAPE, size=mean.shape)
    return pd.DataFrame(rng.poisson(mean * habit), columns=COUNTS.columns, dtype=np.int64)


def _campaigns(rng: np.random.Generator, chance: Floats) -> pd.DataFrame:
    """Draw yes or no; who is open to one campaign is open to the others, too."""
    openness = rng.gamma(HABIT_SHAPE, 1.0 / HABIT_SHAPE, size=(len(chance), 1))
    yes = rng.random(size=chance.shape) < chance * openness
    return pd.DataFrame(yes.astype(np.int64), columns=CAMPAIGNS.columns)


def _set_traps(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """Set the traps in rows drawn at random; a small table has none of the rare ones."""
    sizes = [round(len(frame) * per_2000 / 2000) for per_2000 in TRAPS.values()]
    order = rng.permutation(len(frame))
    # The last piece of the split, the rows without a trap, has no name.
    at = dict(zip(TRAPS, np.split(order, np.cumsum(sizes)), strict=False))
    frame.loc[at["missing"], "income"] = np.nan
    frame.loc[at["rich"], "income"] = 666666.0
    frame.loc[at["ancient"], "birth_year"] = rng.integers(1893, 1901, size=len(at["ancient"]))
    for joke in ("YOLO", "Absurd"):
        frame.loc[at[joke], "marital_status"] = joke
    source = np.arange(len(frame))
    source[at["copy"]] = at["copied"]
    return frame.iloc[source].reset_index(drop=True)
