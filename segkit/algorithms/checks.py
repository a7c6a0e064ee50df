"""What the algorithms ask of their settings."""

from segkit.errors import UserError


def check_segments(n_clusters: int, rows: int) -> None:
    """Raise UserError unless so many rows can make so many segments."""
    if not 1 <= n_clusters <= rows:
        raise UserError(f"n_clusters={n_clusters} does not fit {rows} customers", f"choose 1 to {rows}")
