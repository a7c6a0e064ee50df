"""What registered models and their versions carry, under which name."""

import getpass
from collections.abc import Mapping
from datetime import datetime

from segkit.tracking.tag_values import tag_value

# Of a version: its segments' names by number (JSON), so that all numbers ever used are known.
SEGMENTS = "segkit.segments"
# Numbers of segments (JSON) that following champions take over as they are.
LOCKED = "segkit.locked"
# Of what people made of another version: that one's number, what they changed (JSON), how many customers each segment
# holds (JSON), and the version whose segments the evidence is about.
PARENT_VERSION = "segkit.parent"
EDIT = "segkit.edit"
SIZES = "segkit.customers"
EVIDENCE_OF = "segkit.evidence_of"
# Who made the version, and when.
BY = "segkit.by"
AT = "segkit.at"
# Of a version that was rolled back: when, by whom, and which one came back (JSON).
ROLLED_BACK = "segkit.rolled_back"
RUN_NAME = "segkit.run_name"
VERDICT = "segkit.verdict"
DATA_HASH = "segkit.data_hash"
COLUMNS = "segkit.columns"
# The version that its customers were compared with, the share of them who changed segment, and what is said of many.
COMPARED = "segkit.compared_with"
MOVED = "segkit.moved_share"
WARNING = "segkit.warning"
# What tells versions of one run apart that differ in the names of their segments.
NAMES = "segkit.names"
# Where its files lie among those of its run.
FILES = "segkit.files"
# The file among them that says who is in which segment.
LABELS = "labels.csv"
# Of a model: the highest number that any version gave a segment.
HIGHEST = "segkit.highest_number"


def who() -> str:
    """The name that the user has on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may know its user by number only
        return "unknown"


def now() -> str:
    """This moment, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def segment_names(tags: Mapping[str, str]) -> dict[int, str]:
    """What a version's segments are called, by number."""
    return {int(number): name for number, name in tag_value(tags, SEGMENTS, {}).items()}
