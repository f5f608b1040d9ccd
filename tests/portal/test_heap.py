"""One heap for all threads: seen from outside in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Each heap beyond the first reserves sixty-four megabytes of addresses, none of which is used.
THREADS = """
import re, sys, threading
from portal.heap import give_back, share_one_heap
if sys.argv[1] == "shared":
    share_one_heap()
together = threading.Barrier(4)
def fill():
    together.wait()
    kept = [bytes(50_000) for _ in range(20)]
    together.wait()
started = [threading.Thread(target=fill) for _ in range(4)]
for each in started: each.start()
for each in started: each.join()
give_back()
spans = re.findall(r"(?m)^(\\w+)-(\\w+) ---p \\S+ 00:00 0", open("/proc/self/maps").read())
print(sum(int(end, 16) - int(start, 16) > 32 << 20 for start, end in spans))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only here heaps can be counted")
def test_threads_share_one_heap() -> None:
    own, shared = (
        int(subprocess.check_output([sys.executable, "-c", THREADS, how])) for how in ("", "shared")
    )
    assert own > shared == 0
