"""Passwords that nobody chose."""

from segkit.server.passwords import secret_in


def test_a_secret_is_kept_where_only_its_owner_can_read_it(tmp_path):
    first = secret_in(tmp_path / "one")
    assert len(first) >= 32
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600
    assert secret_in(tmp_path / "one") == first
    assert secret_in(tmp_path / "two") != first


def test_a_secret_that_was_half_written_is_made_anew(tmp_path):
    (tmp_path / "one.unfinished").write_text("ha")
    assert len(secret_in(tmp_path / "one")) >= 32
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
