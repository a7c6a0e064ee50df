"""How many segments, as the page says it: the sentence, what each way says, and the picture."""

from base64 import b64encode
from dataclasses import dataclass

import pandas as pd

from segkit.choosing import sentence


@dataclass(frozen=True)
class OnK:
    """What speaks for which k of one pipeline; each way is its name, its k ("none" where it names none) and why."""

    pipeline: str
    sentence: str
    ways: tuple[tuple[str, str, str], ...]
    address: str = ""


def on_k_section(suggestions: pd.DataFrame | None, pipeline: str, picture: bytes | None) -> OnK | None:
    """The section on a pipeline; None where nothing is known of it. `picture` is its PNG."""
    if suggestions is None or not (suggestions["pipeline"] == pipeline).any():
        return None
    own = suggestions[suggestions["pipeline"] == pipeline]
    ways = tuple(
        (str(way), "none" if pd.isna(k) else str(k), str(why))
        for way, k, why in zip(own["criterion"], own["k"], own["why"], strict=True)
    )
    address = f"data:image/png;base64,{b64encode(picture).decode()}" if picture else ""
    return OnK(pipeline, sentence(own), ways, address)
