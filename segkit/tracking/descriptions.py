"""What the MLflow UI shows as the description of a run or a sweep: Markdown with its links and pictures.

Addresses in it are relative, so that they lead wherever the UI is served.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from segkit.profiles.figures import tenths
from segkit.records import STEPS, RunRecord

# Pictures worth a place in a description, the first first, with what each shows. The UI draws them as large as they
# are, and what stands beside them leaves the screen: a sweep's are kept small for it, in a folder of their own.
SWEEP_PICTURES = {
    "against_stability": "Score against stability",
    "splits": "Splits from k to k",
    "rivals": "Beside simpler ways",
}
SMALL, SMALL_WIDTH = "small", 640
# Those of a run are linked: making them small would take longer than all else that a description costs.
RUN_PICTURES = {
    "projection": "the customers by segment",
    "profile": "what tells the segments apart",
    "silhouette": "how separate they are",
}


def without_tags(markdown: str) -> str:
    """The same in which a name like <b> is what it says, and no tag of a page.

    >>> without_tags("<b> spends < 10")
    '&lt;b> spends < 10'
    """
    return re.sub(r"<(?=[A-Za-z/!?])", "&lt;", markdown)


def spaced(markdown: str) -> str:
    """The same without tags, and with room between the columns of its tables, which the UI leaves out."""
    markdown = without_tags(markdown)
    return "\n".join(_roomy(line) if line.startswith("|") else line for line in markdown.split("\n"))


def segments_markdown(segments: pd.DataFrame) -> str:
    """Who a run's segments are, of its table of them."""
    rows = zip(segments["segment"], segments["name"], segments["share"], strict=True)
    table = [f"| {segment} | {name} | {tenths(share)} |" for segment, name, share in rows]
    return "\n".join(["| segment | who | customers |", "|---|---|---:|", *table])


def pictures_markdown(parent: str, drawn: Iterable[str]) -> str:
    """The small pictures of a sweep among those that were drawn, as the UI serves them."""
    there = set(drawn)
    shown = [(f"{SMALL}/{name}.png", title) for name, title in SWEEP_PICTURES.items() if name in there]
    return "\n\n".join(f"![{title}](get-artifact?path={path}&run_uuid={parent})" for path, title in shown)


def links_markdown(links: Mapping[str, str]) -> str:
    """Links by what they show, on one line."""
    return " \u00b7 ".join(f"[{title}]({link})" for title, link in links.items())


def sweep_description(
    answer: str, runs: Sequence[RunRecord], links: Mapping[str, str], segments: pd.DataFrame | None, pictures: str
) -> str:
    """A sweep's: the answer's first part, where to look, who the best run's segments are, the rest, what was tried."""
    first, _, rest = answer.partition("\n\n")
    who = "" if segments is None else segments_markdown(segments)
    parts = [first, links_markdown(links), who, rest, _tried(runs), pictures]
    return spaced("\n\n".join(part for part in parts if part))


def _tried(runs: Sequence[RunRecord]) -> str:
    """What runs differ in."""
    names = dict.fromkeys((*STEPS, "k", *(name for run in runs for name in run.params)))
    values = {name: sorted({run.params[name] for run in runs if name in run.params}, key=_as_number) for name in names}
    varied = [f"{name} {', '.join(found)}" for name, found in values.items() if len(found) > 1]
    return f"Tried in {len(runs)} runs: {'; '.join(varied)}." if varied else ""


def _as_number(text: str) -> tuple[float, str]:
    return (float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else 0.0, text)


def _roomy(line: str) -> str:
    return line if re.fullmatch(r"[|:\- ]+", line) else re.sub(r"(?<=\S) \|(?=.*\|)", " &emsp;|", line)
