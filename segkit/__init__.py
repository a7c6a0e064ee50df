"""segkit: sweep customer segmentations, see which can be trusted, promote one, score with it.

The library works without Hydra and MLflow:

    from segkit import SegmentationModel
    model = SegmentationModel().fit(table)

Importing the package costs nothing; the heavy libraries come with the first name that is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segkit.model import SegmentationModel

__version__ = "0.1.0"
__all__ = ["SegmentationModel", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "SegmentationModel":
        return import_module("segkit.model").SegmentationModel
    raise AttributeError(f"module 'segkit' has no attribute {name!r}")
