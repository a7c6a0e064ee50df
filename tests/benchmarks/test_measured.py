"""What a command costs."""

import subprocess
import sys
from pathlib import Path

from benchmarks.measured import cost_of

BURN = "import time\nwhile time.process_time() < 0.5: pass"


def test_processes_that_outlive_who_started_them_count_too(tmp_path: Path) -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BURN!r}])"
    with subprocess.Popen(["sleep", "60"]) as another:  # which is not waited for
        assert cost_of([sys.executable, "-c", orphan], tmp_path).cpu >= 0.5
        another.kill()
