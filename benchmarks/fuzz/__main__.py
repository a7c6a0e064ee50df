"""Inputs tried until the time is over: `python -m benchmarks.fuzz minutes=20 [seed=0] [found=folder]`.

Good files are flipped, cut, doubled and swapped, and given to what reads them; command lines are made of known words
and odd values; of every hundred inputs some thirty are tables and lines that hypothesis makes up. An input is answered
well if it is read, or refused with a short UserError, in 10 processor seconds and 1 GB. One of each way in which some
are not is kept in the folder `found`. Exit code 1 if there is any.
"""

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.bad_input.__main__ import import_everything, make_template
from benchmarks.fuzz.found import Found
from benchmarks.fuzz.made import made_round
from benchmarks.fuzz.rounds import rounds
from benchmarks.fuzz.trial import Input, tried

_DAMAGED_A_ROUND = 70


def main(minutes: float, seed: int, folder: Path) -> int:
    """Try inputs, tell what was found, count."""
    import_everything()
    rng, found = Random(seed), Found(folder.absolute())
    with tempfile.TemporaryDirectory() as place:
        here, template = Path(place) / "fuzzed", Path(place) / "template"
        make_template(here, template)
        damaged, began = rounds(rng, template / "mlruns"), time.monotonic()

        def is_news(given: Input) -> bool:
            return found.note(given, tried(given, here))

        while time.monotonic() < began + 60 * minutes:
            for given in islice(damaged, _DAMAGED_A_ROUND):
                is_news(given)
            made_round(rng.randrange(2**32), lambda given: not is_news(given))
            print(f"{found.tried.total()} inputs after {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
    print(found.summary((time.monotonic() - began) / 60))
    return 1 if found.bad else 0


if __name__ == "__main__":
    said = dict(word.split("=", 1) for word in sys.argv[1:])
    sys.exit(main(float(said.get("minutes", 20)), int(said.get("seed", 0)), Path(said.get("found", "fuzzed"))))
