"""A scorer as a file: written, and read back without running code."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import skops.io

from segkit.data.transactions import LogColumns
from segkit.errors import UserError
from segkit.scoring import baseline
from segkit.scoring.edits import Divided, Edit, Locked, Renumbered
from segkit.scoring.outliers import UsualRange
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE
from segkit.trusted import TRUSTED_TYPES


def save_scorer(scorer: Scorer, path: Path) -> None:
    """Write the scorer as a skops file, which is read back without running code."""
    skops.io.dump(_content(scorer), path, compression=zipfile.ZIP_DEFLATED, compresslevel=6)
    foreign = _foreign_types(path)
    if foreign:  # said now, not when the model is to be promoted
        raise UserError(
            f"a model with {', '.join(foreign)} cannot be stored safely", "use scikit-learn's own estimators"
        )


def _content(scorer: Scorer) -> dict[str, Any]:
    content = {
        "preprocessing": scorer.preprocessing,
        "assigner": scorer.assigner,
        "names": {str(segment): name for segment, name in scorer.names.items()},
        "id_column": scorer.id_column,
        "log": asdict(scorer.log) if scorer.log else None,
        "edits": [_edit_content(edit) for edit in scorer.edits],
        "usual_range": asdict(scorer.usual_range) if scorer.usual_range else None,
        "usual": dict(scorer.usual),
        "baseline": baseline.as_text(scorer.baseline) if scorer.baseline else "",
    }
    return content | ({"outer": _content(scorer.outer), "segment": scorer.segment} if scorer.outer else {})


def _edit_content(edit: Edit) -> dict[str, Any]:
    if isinstance(edit, Renumbered):
        return {"numbers": _as_text(edit.numbers)}
    if isinstance(edit, Locked):
        return {"scorer": _content(edit.scorer), "segments": list(edit.segments)}
    return {"scorer": _content(edit.scorer), "segment": edit.segment, "numbers": _as_text(edit.numbers)}


def _as_text(numbers: Mapping[int, int]) -> dict[str, int]:
    return {str(before): number for before, number in numbers.items()}


def load_scorer(path: Path) -> Scorer:
    """Read a scorer; refuses a file that is damaged, of something else, or holds types beyond the trusted ones."""
    foreign: list[str] = _read(path, _foreign_types)
    if foreign:
        raise UserError(
            f"{path} holds types that segkit does not trust: {', '.join(foreign)[:300]}",
            "it was not written by segkit; do not use it",
        )
    scorer: Scorer = _read(path, _known_to_score)
    return scorer


def _known_to_score(path: Path) -> Scorer:
    """The scorer in a file, which knows its columns: anything may call itself one."""
    scorer = _scorer(skops.io.load(path, trusted=list(TRUSTED_TYPES)))
    if not (scorer.needed and hasattr(scorer.assigner, "predict_proba")):
        raise ValueError("it holds nothing that scores")
    return scorer


def _read(path: Path, how: Callable[[Path], Any]) -> Any:
    """What is read of a file of unknown origin: what skops stumbles over in a damaged one may be of any type."""
    try:
        return how(path)
    except (FileNotFoundError, PermissionError):  # of other kinds are places in a damaged file that there are not
        raise
    except Exception as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:150]
        problem = f"{path} is not a model file of segkit, or damaged: {said}"
        raise UserError(problem, "fetch it again, or promote another run") from error


def _scorer(content: Mapping[str, Any]) -> Scorer:
    names = {int(segment): name for segment, name in content["names"].items()}
    log = LogColumns(**content["log"]) if content["log"] else None
    outer = _scorer(content["outer"]) if "outer" in content else None
    own = (content["preprocessing"], content["assigner"], names, content["id_column"], log)
    edits = tuple(_edit(edit) for edit in content.get("edits", ()))
    known = content.get("usual_range")
    text = content.get("baseline")
    return Scorer(
        *own,
        outer,
        content.get("segment", NOISE),
        edits,
        usual_range=UsualRange(**known) if known else None,
        usual=content.get("usual", {}),
        baseline=baseline.from_text(text) if text else None,
    )


def _edit(content: Mapping[str, Any]) -> Edit:
    numbers = {int(before): number for before, number in content.get("numbers", {}).items()}
    if "scorer" not in content:
        return Renumbered(numbers)
    scorer = _scorer(content["scorer"])
    if "segments" in content:
        return Locked(scorer, tuple(content["segments"]))
    return Divided(content["segment"], scorer, numbers)


def _foreign_types(path: Path) -> list[str]:
    return sorted(set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED_TYPES))
