"""Accidents that happen to files."""

from collections.abc import Callable
from random import Random

from benchmarks.fuzz.words import scraps

Accident = Callable[[bytearray, int, int, Random], None]


def damaged(content: bytes, rng: Random) -> bytes:
    """The content with one to eight accidents."""
    bad = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        accident: Accident = rng.choice(_ACCIDENTS)
        accident(bad, rng.randrange(len(bad) + 1), rng.choice([1, 1, 2, 8, 64, 500]), rng)
    return bytes(bad)


def _flip(bad: bytearray, at: int, length: int, rng: Random) -> None:
    if at < len(bad):
        bad[at] ^= 1 << rng.randrange(8)


def _lose(bad: bytearray, at: int, length: int, rng: Random) -> None:
    del bad[at : at + length]


def _cut_off(bad: bytearray, at: int, length: int, rng: Random) -> None:
    del bad[at + 1 :]


def _double(bad: bytearray, at: int, length: int, rng: Random) -> None:
    bad[at:at] = bad[at : at + length]


def _insert(bad: bytearray, at: int, length: int, rng: Random) -> None:
    bad[at:at] = rng.choice(scraps())


def _overwrite(bad: bytearray, at: int, length: int, rng: Random) -> None:
    bad[at : at + length] = rng.randbytes(length)


def _swap(bad: bytearray, at: int, length: int, rng: Random) -> None:
    other = rng.randrange(len(bad) + 1)
    here, there = slice(at, at + length), slice(other, other + length)
    bad[here], bad[there] = bad[there], bad[here]


_ACCIDENTS: tuple[Accident, ...] = (_flip, _lose, _cut_off, _double, _insert, _overwrite, _swap)
