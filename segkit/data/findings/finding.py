"""One thing worth knowing about a table, and the words that say it."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap

import pandas as pd


@dataclass(frozen=True)
class Finding:
    """What is worth knowing: its topic, the columns it is about, one plain sentence, and how to mend it.

    `mend` is what to paste behind the command: one argument or several, each fit for a shell; "" if there is none.
    """

    topic: str
    columns: tuple[str, ...]
    text: str
    mend: str = ""


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding."""
    rows = [asdict(finding) | {"columns": " ".join(finding.columns)} for finding in findings]
    return pd.DataFrame(rows, columns=["topic", "columns", "text", "mend"])


def findings_text(findings: Sequence[Finding], most: int = 5, width: int = 112) -> str:
    """The first findings for a terminal, each with its mend."""
    lines = [f"  worth knowing ({counted(len(findings), 'finding')}; `segkit explore` shows them all)"]
    for finding in findings[:most]:
        lines += wrap(finding.text, width, initial_indent="  - ", subsequent_indent="    ")
        lines += [f"      {finding.mend}"] if finding.mend else []
    return "\n".join(lines)


def share(part: float, whole: float = 1.0) -> str:
    """A share as people read it.

    >>> share(0.0004), share(0.0906), share(0.8174), share(9964, 10000), share(1)
    ('under 0.1 %', '9.1 %', '82 %', '99.6 %', '100 %')
    """
    found = part / whole if whole else 0.0
    if 0 < found < 0.001:
        return "under 0.1 %"
    # 99.6 % is not 100 %, and 0.6 % is not 1 %.
    coarse = found in (0, 1) or 0.1 <= found < 0.985
    return f"{100 * found:.0f} %" if coarse else f"{100 * min(found, 0.999):.1f} %"


def counted(number: int, thing: str) -> str:
    """A number with its thing in the right number.

    >>> counted(1, "row"), counted(2240, "row")
    ('1 row', '2,240 rows')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def listed(names: Iterable[object], most: int = 8) -> str:
    """Names in a row, and how many more there are.

    >>> listed("abc"), listed("abcde", most=3)
    ('a, b and c', 'a, b, c and 2 more')
    """
    words = [str(name) for name in names]
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plain(value: object) -> str:
    """A value as the table's own text has it: whole numbers without a decimal point."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.12g}"
    return str(value)


def pattern(text: str, most: int = 30) -> str:
    """How a cell is written, without what it says: digits as 9, letters as a.

    >>> pattern("12/31/1980"), pattern("ann@example.com")
    ('99/99/9999', 'aaa@aaaaaaa.aaa')
    """
    blind = "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in text)
    return blind if len(blind) <= most else f"{blind[:most]}..."


def argument(key: str, value: str, quoted: bool = False) -> str:
    """An argument that a shell hands on unbroken, whatever the name of the column in it; its value in quotes on demand.

    >>> argument("data.use.Annual Income (k$)", "leave_out")
    "'data.use.Annual Income (k$)=leave_out'"
    >>> argument("data.missing.pdays", as_list([-1]))
    'data.missing.pdays=[-1]'
    """
    if not re.fullmatch(r"[\w@%+=:,./\[\]-]+", key if quoted else f"{key}={value}"):
        return shlex.quote(f"{key}={value}")
    return f"{key}='{value}'" if quoted else f"{key}={value}"


def as_list(items: Iterable[object]) -> str:
    """A list as an argument takes it; what YAML or Hydra would read as something else stands in quotes.

    >>> as_list([1893, 1900]), as_list(["unknown", "?", "null"])
    ('[1893,1900]', '[unknown,"?","null"]')
    """
    return f"[{','.join(_item(plain(item)) for item in items)}]"


def _item(text: str) -> str:
    is_plain = re.fullmatch(r"-?\d+(\.\d+)?|[A-Za-z_]\w*( \w+)*", text, flags=re.ASCII)
    if is_plain and text.lower() not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
