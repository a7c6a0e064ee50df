"""How rules are learnt: of parts withheld alike, and of stand-ins that are made once for lists of any length."""

import numpy as np
import pandas as pd

from segkit.activation.learning import FOLDS, Learner, best_way, withheld_parts


def test_every_part_withholds_its_share_of_each_segment():
    labels = np.repeat([0, 1], [400, 100])
    parts = withheld_parts(labels)
    assert np.bincount(parts[labels == 1]).tolist() == [20] * 5


def test_the_model_is_asked_once_for_each_part_however_long_the_lists():
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(120, 2)), columns=["a", "b"])
    asked = []

    def assign(rows: pd.DataFrame) -> np.ndarray:
        asked.append(len(rows))
        return (rows["a"] + rows["b"] > 0).to_numpy().astype(int)

    learner = Learner(assign)
    found, leaves, share = best_way(frame, assign(frame), [learner])
    assert (found, leaves in (2, 4, 6, 8), share > 0.85) == (learner, True, True)
    assert len(asked) == 1 + FOLDS
