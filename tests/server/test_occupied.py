"""One server at a time in a folder."""

import os
import subprocess
import sys

import pytest

from segkit.errors import UserError
from segkit.server.occupied import occupied


def test_a_living_server_has_its_folder_for_itself(tmp_path):
    with occupied(tmp_path), pytest.raises(UserError, match="runs in"), occupied(tmp_path):
        pass
    with occupied(tmp_path):
        pass


def test_programs_of_a_killed_server_that_are_about_to_end_are_waited_for(tmp_path):
    code = (
        "import os, subprocess; from pathlib import Path; from segkit.server.occupied import occupied\n"
        "with occupied(Path('.')) as lock:\n"
        "    subprocess.Popen(['sleep', '1'], pass_fds=[lock])\n"
        "    os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    with occupied(tmp_path) as lock:
        assert os.pread(lock, 20, 0) == str(os.getpid()).encode()
