"""Errors that are neither the user's nor ours: room, memory or the right to write is lacking."""

from collections.abc import Iterator

_AGAIN = "then give the same command again: what is done is kept"
# What such errors say, whoever raises them, and what is lacking.
_LACKING = (
    (("no space left", "disk is full", "disk quota exceeded"), "the disk is full", f"make room, {_AGAIN}"),
    (
        ("readonly database", "read-only file system"),
        "the store cannot be written: it is read-only",
        f"make it writable, {_AGAIN}",
    ),
    (("database is locked",), "another process has locked the store's database", f"wait for it to end, {_AGAIN}"),
    (
        ("memoryerror", "unable to allocate", "cannot allocate memory"),
        "there is not enough memory",
        "give it more, or fewer rows or workers (hydra.launcher.n_jobs=1)",
    ),
)


def lacking(error: BaseException) -> tuple[str, str] | None:
    """What is lacking and the mend, if that is why something went wrong.

    >>> lacking(OSError(28, "No space left on device"))[0]
    'the disk is full'
    """
    said = [f"{type(cause).__name__}: {cause}".lower() for cause in _causes(error)]
    for words, what, mend in _LACKING:
        if any(word in text for word in words for text in said):
            return what, mend
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
