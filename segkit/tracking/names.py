"""What runs carry in the store, under which name: tags, and the metric that holds the rank."""

from collections.abc import Mapping

from segkit.records import Inside

PARENT = "mlflow.parentRunId"
FINGERPRINT = "segkit.fingerprint"
REASON = "segkit.reason"
# Where a run is computed, and while it lasts what changes from time to time as a sign that it lives.
HOST = "segkit.host"
ALIVE = "segkit.alive"
SOURCE_RUN = "segkit.source_run"
DATA = "segkit.data"
KIND = "segkit.kind"
NOTE = "mlflow.note.content"
RANK = "rank"
GUARDS = "segkit.guards"
EVIDENCE = "segkit.evidence"
REPEATS = "segkit.repeats"
# Of a sweep: its id, its best run by name, and its answer in a sentence.
SWEEP = "segkit.sweep"
BEST = "segkit.best"
ANSWER = "segkit.answer"
# Marks that only say what is there already, or by which a run is found whose making was not heard of: the UI hides
# tags that begin with mlflow.
RIVALS = "mlflow.segkit.rivals"
CHOOSING = "mlflow.segkit.choosing"
MADE = "mlflow.segkit.made"
CONCLUDED = "mlflow.segkit.concluded"
# Of what is about the customers of one segment of another run: that run, its name, the segment, what that is called.
WITHIN = "segkit.within"
WITHIN_NAME = "segkit.within_name"
WITHIN_SEGMENT = "segkit.within_segment"
WITHIN_CALLED = "segkit.within_called"
# The segmentation's version, where people had changed it.
WITHIN_VERSION = "segkit.within_version"


def inside_tags(inside: Inside | None) -> dict[str, str]:
    """The tags that say whose customers a run or sweep is about; none if it is about all."""
    if inside is None:
        return {}
    said = {WITHIN: inside.run, WITHIN_NAME: inside.run_name}
    said |= {WITHIN_SEGMENT: str(inside.segment), WITHIN_CALLED: inside.called}
    return said | ({WITHIN_VERSION: inside.version} if inside.version else {})


def inside_of(tags: Mapping[str, str]) -> Inside | None:
    """What such tags say."""
    if WITHIN not in tags:
        return None
    segment, version = int(tags[WITHIN_SEGMENT]), tags.get(WITHIN_VERSION, "")
    return Inside(tags[WITHIN], tags[WITHIN_NAME], segment, tags[WITHIN_CALLED], version)
