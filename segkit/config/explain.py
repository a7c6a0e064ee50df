"""Hydra's and OmegaConf's errors in the user's words: which key or value, and how to mend it."""

import errno
import re
from collections.abc import Callable, Iterator

from hydra.errors import HydraException, InstantiationException, MissingConfigException, OverrideParseException
from omegaconf.errors import (
    ConfigAttributeError,
    ConfigKeyError,
    InterpolationResolutionError,
    MissingMandatoryValue,
    OmegaConfBaseException,
    ValidationError,
)
from yaml import YAMLError

from segkit.errors import UserError, did_you_mean

HELP = "`segkit <command> --help` lists the keys and their defaults"

# What the system says of a path that is wrong, or closed to whoever asks.
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}
_REFUSED |= {errno.ELOOP, errno.EEXIST}

_TYPES = {
    "Integer": "a whole number",
    "Float": "a number",
    "Boolean": "true or false",
    "bool": "true or false",
    "ListConfig": "a list, written [a,b,c]",
    "DictConfig": "keys with values, written {a: 1}",
}


def explain(error: BaseException) -> UserError | None:
    """The mistake behind an error, or None if it is not the user's."""
    chain = list(_causes(error))
    for kind, words in _EXPLANATIONS:
        found = next((cause for cause in chain if isinstance(cause, kind)), None)
        if found is not None:
            return words(found, chain)
    if any(str(cause).startswith("Config group override must be a string") for cause in chain):
        return UserError("these arguments cannot be read", "arguments are written key=value")
    refused = next(filter(_is_refused, chain), None)
    if refused is not None:
        return _closed(refused, chain)
    bad_value = next((cause for cause in chain if type(cause).__name__ == "InvalidParameterError"), None)
    return UserError(_first_line(bad_value)) if bad_value else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _as_it_is(error: BaseException, chain: list[BaseException]) -> UserError:
    assert isinstance(error, UserError)
    return error


def _unreadable(error: BaseException, chain: list[BaseException]) -> UserError:
    override = getattr(error, "override", "")
    if "=" not in override:
        return UserError(f"cannot read the argument {override}", "arguments are written key=value")
    return UserError(
        f"cannot read the argument {override}", "quote a value with spaces, commas or brackets: key='\"a, b\"'"
    )


def _missing_choice(error: BaseException, chain: list[BaseException]) -> UserError:
    assert isinstance(error, MissingConfigException)
    group, _, name = (error.missing_cfg_file or "").rpartition("/")
    if not group:
        return UserError(_first_line(error))
    return UserError(f"{group}={name} is not known", did_you_mean(name, error.options or []))


def _unknown_key(error: BaseException, chain: list[BaseException]) -> UserError:
    assert isinstance(error, OmegaConfBaseException)
    key = error.full_key or str(error.key)
    parent = error.parent_node
    known = [str(name) for name in parent] if parent is not None and hasattr(parent, "__iter__") else []
    return UserError(f"unknown key {key}", did_you_mean(key.rpartition(".")[2], known) or HELP)


def _missing_value(error: BaseException, chain: list[BaseException]) -> UserError:
    key = getattr(error, "full_key", None) or _quoted_in(error) or "a value"
    return UserError(f"{key} is needed", f"give it on the command line: {key}=...")


def _wrong_type(error: BaseException, chain: list[BaseException]) -> UserError:
    override = next((found[1] for cause in chain if (found := re.search(r"merging override (\S.*)", str(cause)))), None)
    wanted = re.search(r"converted to (\w+)|not a valid (bool)|is not a (ListConfig)", str(error))
    what = _TYPES.get(wanted[wanted.lastindex or 1]) if wanted else None
    value = re.search(r"Value '([^']*)'", str(error))
    key = getattr(error, "full_key", None) or ""
    place = override or (f"{key}={value[1]}" if value else key) or _first_line(error)
    return UserError(f"{place}: the value must be {what}" if what else f"{place}: {_first_line(error)}", HELP)


def _composition(error: BaseException, chain: list[BaseException]) -> UserError:
    unknown = re.search(r"Could not override '([^']+)'", str(error))
    if unknown:
        return UserError(f"unknown key {unknown[1]}", HELP)
    several = re.search(r"Ambiguous value for argument '([^']+)'", str(error))
    if several:
        return UserError(f"{several[1]} gives several values to one run", f"try them all: segkit sweep {several[1]}")
    return UserError(_first_line(error))


def _reference(error: BaseException, chain: list[BaseException]) -> UserError:
    """A ${reference} that leads nowhere, or back to itself."""
    unset = re.search(r"Environment variable '([^']+)' not found", str(error))
    if unset:
        return UserError(f"the environment has no variable {unset[1]}", f"export {unset[1]}=...")
    key, what = getattr(error, "full_key", None), _first_line(error)
    return UserError(f"{key}: {what}" if key else what, "a value may name another key: ${k}, or be written out")


def _closed(error: BaseException, chain: list[BaseException]) -> UserError:
    """A file or folder that the system refuses."""
    assert isinstance(error, OSError)
    return UserError(f"{error.filename}: {error.strerror}", "check the path, and who may read and write there")


def _is_refused(error: BaseException) -> bool:
    return isinstance(error, OSError) and bool(error.filename) and error.errno in _REFUSED


def _no_yaml(error: BaseException, chain: list[BaseException]) -> UserError:
    """A page of the user's own: where it cannot be read, and why."""
    mark = getattr(error, "problem_mark", None)
    place = f"{mark.name}, line {mark.line + 1}," if mark else "a page"
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or _first_line(error)
    return UserError(f"{place} is no YAML: {what}", "mend that line, or look how the pages that come along are written")


def _no_text(error: BaseException, chain: list[BaseException]) -> UserError:
    """A file that is read by name, such as what a store keeps beside its runs, says so itself; this is any other."""
    assert isinstance(error, UnicodeDecodeError)
    return UserError(f"what was read is not in UTF-8: {error.object[:20]!r}", "save it as UTF-8")


def _instantiation(error: BaseException, chain: list[BaseException]) -> UserError:
    """An estimator that refuses its settings: its own words name the parameter."""
    said, called = _first_line(error.__cause__ or error).rstrip(":"), re.search(r"target '([^']+)'", str(error))
    return UserError(f"{called[1]}: {said}" if called and called[1].rpartition(".")[2] not in said else said, HELP)


# In this order: the first kind found anywhere in the chain of causes says most about what the user typed.
_EXPLANATIONS: tuple[tuple[type | tuple[type, ...], Callable[[BaseException, list[BaseException]], UserError]], ...] = (
    (UserError, _as_it_is),
    (OverrideParseException, _unreadable),
    (MissingConfigException, _missing_choice),
    (InstantiationException, _instantiation),
    (YAMLError, _no_yaml),
    (UnicodeDecodeError, _no_text),
    (MissingMandatoryValue, _missing_value),
    ((ConfigKeyError, ConfigAttributeError), _unknown_key),
    (InterpolationResolutionError, _reference),
    (ValidationError, _wrong_type),
    ((HydraException, OmegaConfBaseException), _composition),
)


def _quoted_in(error: BaseException) -> str:
    found = re.search(r"Missing mandatory value: (\S+)", str(error))
    return found[1] if found else ""


def _first_line(error: BaseException | None) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
