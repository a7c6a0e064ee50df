"""What each column is for, in the four boxes; columns of one kind for one reason stand together."""

from dataclasses import dataclass

from segkit.data.boxes import BOXES, columns_table
from segkit.data.dataset import Dataset

_MADE = "made of others, see below"


@dataclass(frozen=True)
class Alike:
    """Columns of one kind that stand in their box for one reason; `names` with the weight where it is not 1."""

    kind: str
    reason: str
    names: tuple[str, ...]


def boxed(dataset: Dataset) -> dict[str, list[Alike]]:
    """Box -> its columns, those alike together, in the order of the table."""
    weights = {column.name: column.weight for column in dataset.columns}
    made = {column.name for column in dataset.columns if column.recipe}
    boxes: dict[str, dict[tuple[str, str], list[str]]] = {box: {} for box in BOXES}
    for row in columns_table(dataset).itertuples(index=False):
        name, box, kind, use, because = map(str, row)
        # What a box holds besides what it is called after has to be named: value, sensitive, truth, id.
        usual = use in (box.replace(" ", "_"), "leave_out", kind)
        reason = _MADE if name in made else because
        alike = boxes[box].setdefault((kind if usual else f"{kind}, {use}", reason), [])
        alike.append(name if weights[name] == 1 else f"{name} (weight {weights[name]:.2g})")
    return {box: [Alike(*key, tuple(names)) for key, names in found.items()] for box, found in boxes.items()}
