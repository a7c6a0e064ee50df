"""The one way into a command: Hydra composes its page, and whatever goes wrong is answered in plain words."""

import os
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

import hydra
from hydra._internal.utils import get_args_parser
from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode

from segkit.config import commands, schema
from segkit.config.arguments import AUTO, hydra_arguments
from segkit.config.explain import explain
from segkit.config.page_files import name_pages
from segkit.config.quick import spare_hydra
from segkit.errors import UserError, WorkFailed, did_you_mean
from segkit.places import conf_folder
from segkit.scarce import lacking
from segkit.secrets import masked

Task = Callable[[Any], Any]
_MULTIRUN = {"-m", "--multirun"}
# Ask to see a configuration; a sweep has none of its own.
_SHOWING = {"-c", "--cfg", "-i", "--info"}
_STOPPED = 130


def entry(page: str, task: Task) -> Callable[[], None]:
    """A command: `task` called with the composed page `conf/<page>.yaml`; exits with the code of the outcome.

    A task that is done may say another code than 0, such as that of an answer which a script is to act on.
    """

    def main() -> None:
        again = typed(page, sys.argv[1:])
        sys.argv[1:] = _sweeping(hydra_arguments(sys.argv[1:]))
        commands.register()
        spare_hydra()
        name_pages()
        code = guarded(lambda: _checked_and_called(page, task), debug="debug=true" in map(str.lower, sys.argv))
        if code == _STOPPED:
            print(f"stopped; to go on: {masked(again)}", file=sys.stderr)
        sys.exit(code)

    return main


def typed(page: str, arguments: list[str]) -> str:
    """The command as it can be typed again.

    >>> typed("run", ["--multirun", "k=3,4", "data.path=my file.csv"])
    "segkit sweep k=3,4 'data.path=my file.csv'"
    """
    words = [word for word in arguments if word not in _MULTIRUN]
    return shlex.join(["segkit", page if words == arguments else "sweep", *words])


def guarded(command: Callable[[], Any], debug: bool = False) -> int:
    """Run the command: exit code 0 done, or what it returns; 1 work failed, 2 the input is wrong, 130 stopped.

    Errors go to stderr.
    """
    os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra would print and exit by itself before we could explain
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)  # being told to end is ended as cleanly as Ctrl-C
    try:
        said = command()
    except (KeyboardInterrupt, BrokenPipeError):
        return _STOPPED
    except Exception as error:
        return _answer(error, debug)
    return said if isinstance(said, int) else 0


def _checked_and_called(page: str, task: Task) -> Any:
    parser = get_args_parser()
    parser.error = _refuse  # type: ignore[method-assign]  # it would print all that Hydra takes, and exit
    _check_choices(parser.parse_args().overrides)
    return _compose_and_call(page, task)


def _check_choices(arguments: list[str]) -> None:
    """Hydra takes a list of pages for one choice, or none, and then stumbles over what is in it."""
    groups = {path.name for path in conf_folder().iterdir() if path.is_dir()} - {"experiment"}
    for argument in arguments:
        name, _, value = argument.lstrip("+").partition("=")
        if name in groups and (value.startswith("[") or value == "null"):
            raise UserError(f"{argument} chooses no page", f"name one, or several without brackets: {name}=a,b")


def _refuse(message: str) -> NoReturn:
    raise UserError(message, "arguments are written key=value, `segkit <command> --help` lists the keys")


def _compose_and_call(page: str, task: Task) -> Any:
    caught: list[Exception] = []
    said: Any = None
    started = False

    def job(config: Any) -> None:
        nonlocal started, said
        started = True
        try:
            _check_keys(config)
            said = task(config)
        except Exception as error:
            if HydraConfig.get().mode == RunMode.MULTIRUN:
                raise
            caught.append(error)  # raised through Hydra it would be announced twice

    if _MULTIRUN & set(sys.argv) and _SHOWING & {word.partition("=")[0] for word in sys.argv}:
        raise UserError("a sweep has many configurations", "to see that of one run: segkit run --cfg job")
    try:
        hydra.main(version_base="1.3", config_path=str(conf_folder()), config_name=page)(job)()
    except (AssertionError, AttributeError, TypeError, ValueError) as error:
        if started or _MULTIRUN & set(sys.argv) or explain(error):
            raise
        raise UserError("these arguments cannot be read", "arguments are written key=value") from error
    if caught:
        raise caught[0]
    return said


def _check_keys(config: Any) -> None:
    """Hydra lets `+key=value` add anything; a key that no page knows would be silently without effect."""
    known = schema.keys_of(config)
    for key in config:
        if key not in known:
            raise UserError(f"unknown key {key}", did_you_mean(key, known))


def _sweeping(arguments: list[str]) -> list[str]:
    """The arguments, of a sweep where `k=auto` asks for one."""
    asks = f"k=choice({AUTO})" in arguments and not _MULTIRUN & set(arguments)
    return ["--multirun", *arguments] if asks else arguments


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _answer(error: Exception, debug: bool) -> int:
    if debug:
        print(masked("".join(traceback.format_exception(error))), file=sys.stderr, end="")
    if isinstance(error, WorkFailed):
        print(masked(str(error)), file=sys.stderr)
        return 1
    mistake = explain(error)
    if mistake is None and (told := lacking(error)):
        print(masked("error: {}\n  {}".format(*told)), file=sys.stderr)
        return 1
    mistake = mistake or _store_trouble(error)
    if mistake is None:
        print(f"error: {type(error).__name__}: {masked(str(error))}\n  debug=true shows where", file=sys.stderr)
        return 1
    print(f"error: {mistake}", file=sys.stderr)
    return 2


def _store_trouble(error: Exception) -> UserError | None:
    """What is wrong with the store, if that is what stopped the command; without one MLflow was never imported."""
    if "mlflow" not in sys.modules:
        return None
    from segkit.tracking.store import store_trouble

    return store_trouble(error)
