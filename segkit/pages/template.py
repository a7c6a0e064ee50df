"""Where the templates of pages are found, and what all of them know."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import segkit
from segkit.plots.style import INK, PALETTE

COLOURS = {"ink": INK, "blue": PALETTE[0], "orange": PALETTE[1], "red": PALETTE[5], "violet": PALETTE[6]}


def templates(folder: Path) -> Environment:
    """The templates of a folder, which may include `base.css`; what is put into them is escaped."""
    place = Environment(
        loader=FileSystemLoader([folder, Path(__file__).parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    place.globals.update(colours=COLOURS, version=segkit.__version__)
    return place
