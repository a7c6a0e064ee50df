"""A line that is slow and loses packets: `python -m benchmarks.hosts.slow_line SPACE SPACE SECONDS SHARE`.

Its ends are devices `slow0` in two network namespaces. What `tc qdisc ... netem` does, on kernels that have it not.
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

_NEW_NET, _SET_NAME, _TAP_WITHOUT_HEADER = 0x40000000, 0x400454CA, 0x1002
_FRAME = 65536


def main(one: str, other: str, delay: float, loss: float) -> None:
    """Hand frames from one end to the other, late, and not all, until ended."""
    ends = [_end(one), _end(other)]
    print("ready", flush=True)
    dice, waiting, number = random.Random(0), [], 0
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for end in select.select(ends, [], [], pause)[0]:
            frame = os.read(end, _FRAME)
            number += 1
            if dice.random() >= loss:
                heapq.heappush(waiting, (time.monotonic() + delay, number, ends[end == ends[0]], frame))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, end, frame = heapq.heappop(waiting)
            _hand_on(end, frame)


def _hand_on(end: int, frame: bytes) -> None:
    try:
        os.write(end, frame)
    except OSError:  # nobody has switched that end on
        return


def _end(space: str) -> int:
    """A device in a namespace; what is written to it arrives there."""
    with open(f"/run/netns/{space}") as entry:
        if ctypes.CDLL(None, use_errno=True).setns(entry.fileno(), _NEW_NET):
            raise OSError(ctypes.get_errno(), f"no way into {space}")
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, _SET_NAME, struct.pack("16sH", b"slow0", _TAP_WITHOUT_HEADER))
    return device


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
