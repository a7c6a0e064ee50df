"""Values that people type as they are, though Hydra's grammar would read them as something else."""

# Keys whose values are paths, addresses or queries: `my file (1).csv`, `a,b.csv`, `?x=1`.
FREE_TEXT = ("input", "output", "data.path", "tracking.uri", "tracking.folder", "tracking.experiment")


def quoted(arguments: list[str]) -> list[str]:
    """The same arguments with the values of free-text keys quoted.

    >>> quoted(["input=my file (1).csv", "k=3,4"])
    ["input='my file (1).csv'", 'k=3,4']
    """
    return [_quote(argument) for argument in arguments]


def _quote(argument: str) -> str:
    key, equals, value = argument.partition("=")
    if not equals or key.lstrip("+") not in FREE_TEXT or value[:1] in ("'", '"') or value in ("", "null", "???"):
        return argument
    escaped = value.replace("\\", "\\\\").replace("'", "\\'") if value.endswith("\\") else value.replace("'", "\\'")
    return f"{key}='{escaped}'"
