"""Passwords that nobody chose, each in a file that only its owner can read."""

import os
import secrets
from pathlib import Path


def secret_in(path: Path) -> str:
    """What stands in the file; a new secret is written there if there is none."""
    if not path.exists():
        write_privately(path, f"{secrets.token_urlsafe(24)}\n")
    return path.read_text().strip()


def write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    os.replace(unfinished, path)
