"""Starts the measured programs, each as two gunicorn processes, and looks at them from outside.

Every target gets the same server with the same settings. The socket is opened here and handed
over, so that no port can be taken by another program in between.
"""

import os
import socket

# A bench starts the servers it measures.
import subprocess  # nosec B404
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Broken, Browser

WORKERS = 2
THREADS = 4
PATIENCE = 60
SERVER = [
    *("--worker-class", "gthread", "--threads", str(THREADS)),
    *("--keep-alive", "75", "--no-control-socket", "--log-level", "warning"),
]


class DidNotStart(Exception):
    """A target could not be started; what it wrote is in the message."""


@dataclass(frozen=True)
class Server:
    """A running target: its port, its process, and how long its first page took, in seconds."""

    port: int
    pid: int
    cold_start: float

    def memory(self) -> float:
        """Return the resident memory of the largest web worker, in megabytes of 1,000,000 bytes.

        It needs Linux's /proc.
        """
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(resident(int(child)) for child in children)


def resident(pid: int) -> float:
    """Return one process's resident memory in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def running(
    app: str, first: str, environment: Mapping[str, str], folder: Path, *, workers: int = WORKERS
) -> Iterator[Server]:
    """Serve ``app`` (module:call) until the block ends; ``first`` is the page it must answer.

    What the server writes goes into a file in ``folder``. Raises DidNotStart.
    """
    written = folder / f"{app.partition(':')[2].strip('()')}.log"
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening, written.open("w") as log:
        bound = ("--bind", f"fd://{listening.fileno()}")
        start = time.perf_counter()
        # The command is our own interpreter and names from this folder; no shell reads it.
        process = subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "gunicorn", *SERVER, "--workers", str(workers), *bound, app],
            cwd=Path(__file__).parents[1],
            env={**os.environ, **environment},
            pass_fds=[listening.fileno()],
            stdout=log,
            stderr=log,
        )
        port = listening.getsockname()[1]
        # With our own copy closed, a program that ends takes the socket with it, and we notice.
        listening.close()
        try:
            wait_for(process, port, first, written)
            yield Server(port, process.pid, time.perf_counter() - start)
        finally:
            stop(process)


def wait_for(process: subprocess.Popen[bytes], port: int, first: str, written: Path) -> None:
    """Return when the first page has been answered."""
    with Browser(port, wait=PATIENCE) as browser:
        try:
            answer = browser.get(first)
        except (OSError, Broken) as error:
            raise DidNotStart(f"no answer in {PATIENCE} s: {written.read_text()}") from error
    if answer.status != 200 or process.poll() is not None:
        raise DidNotStart(f"{first} answered {answer.status}: {written.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that was started here, and wait until it is gone."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
