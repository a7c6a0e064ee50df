"""Which of this machine's addresses processes listen on, to see that it is the one that nobody else can reach."""

import pytest

HERE = {"127.0.0.1"}


def hosts_of(process: int) -> set[str]:
    """The addresses that a process and those that it has started listen on."""
    psutil = pytest.importorskip("psutil")
    family = psutil.Process(process)
    sockets = [socket for one in (family, *family.children(recursive=True)) for socket in one.net_connections("inet")]
    return {socket.laddr.ip for socket in sockets if socket.status == psutil.CONN_LISTEN}
