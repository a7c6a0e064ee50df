"""What a worker needs for any job, imported once: workers are forked from a process that has imported this."""

import gc
import os
import signal
from contextlib import suppress
from importlib import import_module

from hydra.core.plugins import Plugins

from hydra_plugins.segkit_sweeper._workers import ALWAYS
from segkit.worker import end_with_launcher, set_aside

gc.disable()
for _module in ALWAYS:
    with suppress(Exception):  # what cannot be imported is told by the job that needs it
        import_module(_module)
Plugins.instance()
set_aside()
gc.enable()
signal.signal(signal.SIGINT, signal.default_int_handler)  # what workers do is interrupted, this process is not
os.register_at_fork(after_in_child=end_with_launcher)  # at once: it may be killed before there is a first job
