"""What a sweep keeps of its jobs, and what others are told of them."""

import pickle
from types import SimpleNamespace

from hydra._internal.callbacks import Callbacks
from hydra.core.utils import JobReturn, JobStatus
from hydra.experimental.callback import Callback
from hydra.types import HydraContext

from hydra_plugins.segkit_sweeper import _launching
from hydra_plugins.segkit_sweeper._outcome import keep_only_outcomes


class Listens(Callback):
    def on_job_end(self, config, job_return, **kwargs) -> None:
        self.heard = job_return.cfg


def test_who_listens_still_sees_the_configuration() -> None:
    callbacks, listens = Callbacks(), Listens()
    callbacks.callbacks.append(listens)
    keep_only_outcomes(HydraContext(SimpleNamespace(), callbacks))
    outcome = JobReturn(overrides=["k=3"], cfg={"k": 3}, hydra_cfg={"job": 1}, status=JobStatus.COMPLETED)
    callbacks.on_job_end(config=None, job_return=outcome)
    kept = pickle.loads(pickle.dumps(outcome))
    assert (kept.cfg, kept.hydra_cfg, kept.overrides, listens.heard) == (None, None, ["k=3"], {"k": 3})


def test_a_sweep_keeps_no_configurations(segkit, monkeypatch) -> None:
    seen: list[JobReturn] = []
    monkeypatch.setattr(_launching, "_record_failures", lambda store, parent, jobs, returns: seen.extend(returns))
    done = segkit("sweep", "k=3,4", "data.generate.rows=80", "evidence=false", "hydra/launcher=basic")
    assert done.code == 0, done.err
    assert [(outcome.cfg, outcome.hydra_cfg) for outcome in seen] == [(None, None)] * 2
