"""How pictures are written."""

import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image

from segkit.plots.style import PALETTE, legend, panel, save_png


def test_a_written_picture_keeps_its_colours_in_few_bytes(tmp_path):
    figure, axes = panel()
    rows = np.random.default_rng(0).standard_normal((400, 2))
    axes.scatter(*rows.T, c=[PALETTE[row % 5] for row in range(400)], s=8)
    axes.axvspan(3, 4, color=PALETTE[0])
    legend(axes, range(5))
    save_png(figure, tmp_path / "picture.png")
    picture = Image.open(tmp_path / "picture.png")
    pixels = np.asarray(picture.convert("RGB"), dtype=int)
    assert np.abs(picture.size - figure.get_size_inches() * figure.dpi).max() <= 1
    assert (pixels[0, 0] == 255).all()
    wanted = np.rint(255 * np.array(to_rgb(PALETTE[0])))
    painted = (np.abs(pixels - wanted).max(axis=2) <= 8).sum()
    assert painted > 0.05 * pixels.shape[0] * pixels.shape[1]
    assert (tmp_path / "picture.png").stat().st_size < 60_000
