"""Where a command that serves pages on this machine may listen."""

import socket

from segkit.errors import UserError


def check_port(port: int) -> None:
    """Raises UserError if the port cannot be served on."""
    if not 0 < port < 65536:
        raise UserError(f"port={port} is not a port", "choose one from 1024 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UserError(f"port {port} is taken", f"choose another: port={port + 1}") from None
