"""What the app is started with is the same for the commands that it starts."""

from segkit.app.settings import settings_of
from segkit.config.asked import composed


def test_another_store_is_named_to_the_commands(tmp_path):
    assert settings_of(composed("app", [])).said == ()
    settings = settings_of(composed("app", [f"tracking.folder={tmp_path / 'elsewhere'}", "largest_mb=2"]))
    assert settings.said == (f"tracking.folder={tmp_path / 'elsewhere'}",)
    assert settings.folder == tmp_path / "elsewhere" / "app"
    assert settings.largest == 2_000_000


def test_a_password_is_in_no_argument_and_reaches_the_command_all_the_same(monkeypatch):
    for name in ("SEGKIT_SECRET_URI", "SEGKIT_SECRET_CACHE"):
        monkeypatch.setenv(name, "")
    uri, cache = "postgresql://ann:hush-1@db/mlflow", "s3://AKIA:hush-2@bucket/stages"
    said = settings_of(composed("app", [f"tracking.uri={uri}", f"tracking.cache={cache}"])).said
    assert "hush" not in " ".join(said)
    tracking = composed("compare", said).tracking
    assert (tracking.uri, tracking.cache) == (uri, cache)
