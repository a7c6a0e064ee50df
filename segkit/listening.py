"""Where a command that serves pages on this machine may listen."""

import errno
import socket

from segkit.errors import UserError


def check_port(port: int, host: str = "127.0.0.1") -> None:
    """Raises UserError if the port cannot be served on."""
    if not 0 < port < 65536:
        raise UserError(f"port={port} is not a port", "choose one from 1024 to 65535")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = error.strerror or str(error)
                raise UserError(f"{host}, port {port} cannot be listened on: {reason}", "choose others") from None
            raise UserError(f"port {port} is taken", f"choose another: port={port + 1}") from None
