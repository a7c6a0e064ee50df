"""What the app is started with is the same for the commands that it starts."""

from segkit.app.settings import settings_of
from segkit.config.asked import composed


def test_another_store_is_named_to_the_commands(tmp_path):
    assert settings_of(composed("app", [])).said == ()
    settings = settings_of(composed("app", [f"tracking.folder={tmp_path / 'elsewhere'}", "largest_mb=2"]))
    assert settings.said == (f"tracking.folder={tmp_path / 'elsewhere'}",)
    assert settings.folder == tmp_path / "elsewhere" / "app"
    assert settings.largest == 2_000_000
