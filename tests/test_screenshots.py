"""The pictures of the documents: each is made by the script, small, and shown somewhere."""

import importlib.util
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def screenshots():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    spec = importlib.util.spec_from_file_location("screenshots", DOCS / "screenshots.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_is_there_small_and_shown(screenshots):
    shown = "".join(page.read_text() for page in DOCS.glob("*.md"))
    for name in screenshots.PICTURES:
        assert (DOCS / "images" / f"{name}.png").stat().st_size < 150_000
        assert f"(images/{name}.png)" in shown


def test_an_unknown_picture_is_said_before_anything_is_started(screenshots):
    with pytest.raises(SystemExit, match="no picture is called mlflow_rums"):
        screenshots.main(["mlflow_rums"])


def test_few_colours_keep_the_common_ones(screenshots):
    drawn = Image.radial_gradient("L").convert("RGB")
    drawn.paste((246, 247, 249), (0, 0, 200, 200))
    raw = BytesIO()
    drawn.save(raw, "png")
    kept = Image.open(BytesIO(screenshots.few_colours(raw.getvalue())))
    assert kept.mode == "P"
    assert kept.convert("RGB").getpixel((10, 10)) == pytest.approx((246, 247, 249), abs=5)
