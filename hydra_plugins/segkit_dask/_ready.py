"""What a Dask worker of this machine needs for any job, imported once: workers are forked from a process that has."""

import signal
from contextlib import suppress
from importlib import import_module

import_module("hydra_plugins.segkit_sweeper._ready")
with suppress(Exception):  # told where it is needed
    import_module("hydra_plugins.segkit_dask._worker")
# Ctrl-C is the launcher's, which then ends its workers; by themselves they would print where they were.
signal.signal(signal.SIGINT, signal.SIG_IGN)
