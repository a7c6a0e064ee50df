"""The words of `words.yaml`, read once."""

from functools import cache
from pathlib import Path

import yaml


@cache
def words(kind: str) -> tuple[str, ...]:
    """All words of a kind."""
    return tuple(yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))[kind])


@cache
def scraps() -> tuple[bytes, ...]:
    """What goes into files by accident."""
    return (*(word.encode() for word in words("scraps")), *(bytes.fromhex(word) for word in words("bytes")))
