"""A port that cannot be served on is refused in words."""

import socket

import pytest

from segkit.errors import UserError
from segkit.listening import check_port


def test_a_taken_port_is_named_with_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match="is taken"):
            check_port(taken.getsockname()[1])


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(UserError, match="is not a port"):
        check_port(port)
