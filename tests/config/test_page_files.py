"""Pages of one's own that cannot be read."""

import pytest


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\x80\xff", "is not written in UTF-8"), (b"- kmeans\n", "holds no keys"), (b"3\n", "holds no keys")],
)
def test_a_page_that_cannot_be_read_is_named(segkit, own_place, content, said):
    (own_place / "conf" / "algorithm").mkdir(parents=True)
    (own_place / "conf" / "algorithm" / "own.yaml").write_bytes(content)
    found = segkit("run", "--config-dir=conf", "algorithm=own")
    assert (found.code, "algorithm/own" in found.err, said in found.err) == (2, True, True)
    assert not (own_place / "mlruns" / "mlflow.db").exists()
