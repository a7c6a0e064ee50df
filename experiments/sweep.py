"""many runs: every combination of the values given, ranked at the end"""

import sys

from hydra.core.override_parser.overrides_parser import OverridesParser

from segkit.config.arguments import hydra_arguments

from .run import main as run_main


def main() -> None:
    """`run -m`; with nothing swept on the line, the default experiment."""
    arguments = sys.argv[1:]
    if not _names_a_sweep(arguments):
        arguments = ["experiment=default", *arguments]
    sys.argv[1:] = ["--multirun", *arguments]
    run_main()


def _names_a_sweep(arguments: list[str]) -> bool:
    overrides = [argument for argument in hydra_arguments(arguments) if not argument.startswith("-")]
    if any(override.lstrip("+").startswith("experiment=") for override in overrides):
        return True
    try:
        return any(o.is_sweep_override() for o in OverridesParser.create().parse_overrides(overrides))
    except Exception:  # what cannot be read is answered where every command answers it
        return True


if __name__ == "__main__":
    main()
