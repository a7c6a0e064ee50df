"""On what terms a run is promoted."""

import re
from dataclasses import dataclass

from segkit.errors import UserError
from segkit.tracking.registry.versions import CHAMPION


@dataclass(frozen=True)
class Terms:
    """How a run is promoted: the alias that it gets, who does it ("" is the user), the share of customers who may move
    without a warning, and whether other columns than the champion's are taken all the same.
    """

    alias: str = CHAMPION
    by: str = ""
    most_moved: float = 0.2
    force: bool = False


AS_CHAMPION = Terms()


def check_terms(terms: Terms, name: str | None = None) -> None:
    """Refuse what the registry would not take as an alias or as a model's name, and a share that is none."""
    if not re.fullmatch(r"[\w-]{1,255}", terms.alias) or re.fullmatch(r"latest|v\d+", terms.alias, re.IGNORECASE):
        mend = "use letters, digits, - and _, but not latest or v1, which mean versions: alias=challenger"
        raise UserError(f"alias={terms.alias} cannot be an alias", mend)
    if name is not None and not re.fullmatch(r"[^/:@'\"\\\s][^/:@'\"\\]*", name):
        raise UserError(f"model={name} cannot be the name of a model", "use letters, digits, - and _: model=shop")
    if not 0 <= terms.most_moved <= 1:
        raise UserError(f"most_moved={terms.most_moved:g} is no share of customers", "give one between 0 and 1")
