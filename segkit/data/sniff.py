"""What a file really is, by its first bytes: its name may say something else."""

# Beginning of the file -> what it is. What is not listed is taken for text.
_MAGIC = (
    (b"PAR1", "Parquet"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"version https://git-lfs", "a Git-LFS pointer"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_PICKLE_PROTOCOLS = range(2, 6)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")

MENDS = {
    "a Git-LFS pointer": "the data itself was not fetched: run `git lfs pull`",
    "a pickle": "segkit never opens pickles, which can run code; save it as CSV or Parquet",
    "a web page": "download the file itself instead of the page about it",
    "a zip archive": "unpack it and name the table inside",
    "an SQLite database": "read it with data.path=sqlite:///FILE and a query: data.query='SELECT ...'",
    "an old Excel workbook (.xls)": "save it as .xlsx or CSV",
}


def what_is(start: bytes) -> str:
    """The kind of a file from its first few hundred bytes; "text" if nothing speaks against it.

    >>> what_is(b"version https://git-lfs.github.com/spec/v1")
    'a Git-LFS pointer'
    """
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return _workbook_or_zip(start) if kind == "a zip archive" else kind
    if start[:1] == b"\x80" and start[1:2] and start[1] in _PICKLE_PROTOCOLS:
        return "a pickle"
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return "a web page"
    if start[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" in start:
        return "binary"
    return "text"


def _workbook_or_zip(start: bytes) -> str:
    """An .xlsx is a zip whose first entries are always among these."""
    of_office = (b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/")
    return "an Excel workbook" if any(name in start for name in of_office) else "a zip archive"
