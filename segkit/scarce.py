"""Errors that are neither the user's nor ours: room, memory or the right to write is lacking."""

from collections.abc import Iterator

from segkit.errors import UserError

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
# The libraries reserve four fifths of it as address space before a row is read; workers without more wait for ever.
_LEAST_BYTES = 2_500_000_000


def too_little_memory() -> UserError | None:
    """What is wrong where this process may not have what the libraries need: some would not fail but wait for ever."""
    try:
        import resource
    except ImportError:  # no such limits here
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if 0 <= limit < _LEAST_BYTES:
        problem = f"the limit of {limit / 1e6:.0f} MB of address space is less than the libraries need"
        return UserError(problem, f"allow {_LEAST_BYTES / 1e6:.0f} MB: ulimit -v {_LEAST_BYTES // 1000}")
    return None


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
