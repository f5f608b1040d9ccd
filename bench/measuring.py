"""Repeats an act over several connections at once and says how fast and how evenly it went."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from bench.browser import Browser

Act = Callable[[], object]
#: Connections that stay open for a whole run may all fall to one of the two processes and halve
#: the rate by chance; opened anew after this many acts, they are shared out evenly.
KEPT_FOR = 20


@dataclass(frozen=True)
class Run:
    """One run: acts in a second, and the times of its acts, in milliseconds."""

    rate: float
    p50: float
    p99: float


def drive(port: int, prepare: Callable[[Browser], Act], connections: int, count: int) -> Run:
    """Do the act ``count`` times over ``connections`` connections, each kept for many acts.

    ``prepare`` makes the act for one connection, before the clock starts. What an act raises
    ends the run.
    """
    share = max(1, count // connections)
    together = threading.Barrier(connections)

    def one_connection(browser: Browser, act: Act) -> tuple[float, list[float]]:
        together.wait()
        return time.perf_counter(), list(repeated(browser, act, share))

    with ExitStack() as stack, ThreadPoolExecutor(connections) as pool:
        browsers = [stack.enter_context(Browser(port)) for _ in range(connections)]
        acts = [prepare(browser) for browser in browsers]
        runs = list(pool.map(one_connection, browsers, acts))
    longest = max(start + sum(times) for start, times in runs) - min(start for start, _ in runs)
    every = sorted(duration * 1000 for _, times in runs for duration in times)
    return Run(len(every) / longest, percentile(every, 50), percentile(every, 99))


def repeated(browser: Browser, act: Act, count: int) -> Iterator[float]:
    """Yield the seconds of each act; opening a connection anew counts in the act it is for."""
    for number in range(count):
        if number % KEPT_FOR == 0:
            browser.close()
        yield timed(act)


def timed(act: Act) -> float:
    """Return the seconds that one act took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def percentile(ordered: Sequence[float], share: int) -> float:
    """Return the nearest-rank percentile of ordered values: one that was really seen."""
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure over the rounds."""
    return Run(
        statistics.median(run.rate for run in runs),
        statistics.median(run.p50 for run in runs),
        statistics.median(run.p99 for run in runs),
    )


def ratio(ours: Sequence[Run], floors: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Return the median, over the rounds, of our figure divided by the floor's in that round."""
    pairs = zip(ours, floors, strict=True)
    return statistics.median(figure(one) / figure(other) for one, other in pairs)
