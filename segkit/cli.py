"""`segkit <command> [key=value ...]`: finds the command and hands the rest of the line to it."""

import ast
import os
import sys
from importlib import import_module
from pathlib import Path

import segkit
from segkit.errors import UserError, did_you_mean


def main() -> None:
    """The console script."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
    elif arguments[0] in ("-V", "--version"):
        print(f"segkit {segkit.__version__}")
    elif arguments[0] not in commands():
        print(f"error: {unknown(arguments[0])}", file=sys.stderr)
        sys.exit(2)
    else:
        sys.argv = [f"segkit {arguments[0]}", *arguments[1:]]
        import_module(f"{_package()}.{arguments[0]}").main()


def commands() -> dict[str, str]:
    """Every command and what it does: one file each, the first line of its docstring."""
    files = sorted(_folder().glob("[a-z]*.py"))
    return {path.stem: (ast.get_docstring(ast.parse(path.read_text())) or "").splitlines()[0] for path in files}


def usage() -> str:
    """What `segkit --help` prints."""
    rows = [f"  {name:<9} {purpose}" for name, purpose in commands().items()]
    return "\n".join(
        [
            "usage: segkit <command> [key=value ...]",
            "",
            *rows,
            "",
            "`segkit <command> --help` explains a command's keys, `segkit run --cfg job` shows all values.",
            "Start with `segkit sweep`, then `segkit promote` and `segkit score input=new.csv output=scored.csv`.",
        ]
    )


def unknown(name: str) -> UserError:
    """The answer to a misspelt command."""
    return UserError(f"there is no command {name}", did_you_mean(name, commands()))


def _folder() -> Path:
    """The commands lie inside an installed package and beside it in a checkout, as the configuration does."""
    package = Path(segkit.__file__).parent
    inside = package / "experiments"
    return inside if inside.is_dir() else package.parent / "experiments"


def _package() -> str:
    return (
        "segkit.experiments"
        if _folder().parent.name == "segkit" and (_folder().parent / "cli.py").exists()
        else "experiments"
    )
