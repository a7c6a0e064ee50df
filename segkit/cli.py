"""`segkit <command> [key=value ...]`: finds the command and hands the rest of the line to it."""

import ast
import atexit
import gc
import os
import re
import sys
from importlib import import_module

import segkit
from segkit.errors import UserError, did_you_mean
from segkit.places import commands_folder, commands_package, conf_folder
from segkit.scarce import too_little_memory

_HELP = ("-h", "--help")
# The page that describes a command's keys, where it is not called like the command.
_PAGES = {"sweep": "run"}
# A choice that the environment can make: its variable, and what is chosen without.
_FROM_ENVIRONMENT = re.compile(r"\$\{oc\.env:(\w+),(\w+)\}")


def main() -> None:
    """The console script."""
    os.environ["MPLBACKEND"] = "Agg"  # pictures go into files, whatever draws them elsewhere
    _spare_imports_from_garbage_collection()
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in (*_HELP, "help"):
        print(usage())
    elif name in ("-V", "--version"):
        print(f"segkit {segkit.__version__}")
    elif name not in commands():
        print(f"error: {UserError(f'there is no command {name}', did_you_mean(name, commands()))}", file=sys.stderr)
        sys.exit(2)
    elif set(arguments) & set(_HELP):
        print(explained(name))
    elif short := too_little_memory():
        print(f"error: {short}", file=sys.stderr)
        sys.exit(2)
    else:
        sys.argv = [f"segkit {name}", *arguments]
        import_module(f"{commands_package()}.{name}").main()


def _spare_imports_from_garbage_collection() -> None:
    """Half a million imported things are looked through often while they are imported and thrice at the end.

    With less of it a command starts a fifth sooner and ends a second sooner.
    """
    gc.set_threshold(50_000, 20, 100)
    atexit.register(_freeze_at_the_end)


def _freeze_at_the_end() -> None:
    if "_duckdb" not in sys.modules:  # it would complain on stderr of what is left
        gc.freeze()


def commands() -> dict[str, str]:
    """Every command and what it does: one file each, the first line of its docstring."""
    files = sorted(commands_folder().glob("[a-z]*.py"))
    return {path.stem: (ast.get_docstring(ast.parse(path.read_text())) or "").splitlines()[0] for path in files}


def usage() -> str:
    """What `segkit --help` prints."""
    rows = [f"  {name:<9} {purpose}" for name, purpose in commands().items()]
    start = "Start with `segkit sweep`, then `segkit promote` and `segkit score input=new.csv output=scored.csv`."
    more = "`segkit <command> --help` explains a command's keys, `segkit run --cfg job` shows all values."
    return "\n".join(["usage: segkit <command> [key=value ...]", "", *rows, "", start, more])


def explained(name: str) -> str:
    """What `segkit <command> --help` prints: the command's page as it stands, and what can be chosen."""
    page = (conf_folder() / f"{_PAGES.get(name, name)}.yaml").read_text()
    page = _FROM_ENVIRONMENT.sub(lambda found: os.environ.get(found[1], found[2]), page)
    shown = [line.replace("  - ", "", 1) for line in page.splitlines() if not _is_internal(line)]
    groups = sorted(path for path in conf_folder().iterdir() if path.is_dir() and f"- {path.name}:" in page)
    choices = [f"  {path.name:<14} {', '.join(sorted(file.stem for file in path.glob('*.yaml')))}" for path in groups]
    told = ["", "choices:", *choices] if choices else []
    return "\n".join([f"usage: segkit {name} [key=value ...]   {commands()[name]}", "", *shown, *told])


def _is_internal(line: str) -> bool:
    return line.strip().startswith(("- quiet", "- _self_", "- override", "defaults:")) or "_schema" in line
