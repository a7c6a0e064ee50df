"""Who has been champion, where what was written of it and the alias do not agree."""

from collections.abc import Collection, Sequence


def true_history(written: Sequence[int], now: int | None, there: Collection[int]) -> list[int]:
    """The history as it must have been for the alias to be where it is, of the versions that are still there.

    >>> true_history([1, 2, 3], 2, {1, 2, 3}), true_history([1, 3], 2, {1, 2, 3}), true_history([1, 2, 3], 3, {1, 3})
    ([1, 2], [1, 3, 2], [1, 3])
    """
    held = [number for number in written if number in there]
    if now is not None and now in held:
        held = held[: len(held) - held[::-1].index(now)]
    elif now is not None:
        held.append(now)
    return [number for place, number in enumerate(held) if place == 0 or number != held[place - 1]]
