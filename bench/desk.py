"""The staff rows: the desk with few and with many cases, signed in as a moderator.

The time is the server's own as a browser on the same machine sees it, one request at a time:
opening the session, finding, opening thirty seals, drawing the page.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import seeding
from bench.browser import Browser
from bench.budgets import Line
from bench.seeding import fill, installation
from bench.servers import running
from moderation import sample
from portal.clock import now
from portal.db import Database
from portal.vault import load_ring

MODERATOR = "hoa.luong"
SIGN_IN, SECOND = "/sign-in", "/sign-in/second"
FEW, MANY = 1_000, 10_000
#: What is asked for: the list, a list narrowed by a common and by a rarer word, the late ones.
PAGES = {
    "desk": "/desk/",
    "desk by kind": "/desk/?kind=report",
    "desk by topic": "/desk/?topic=family",
    "desk, overdue": "/desk/?list=overdue",
}
#: What is looked for in what was written: a word of few cases, one of most, and three together.
SEARCH = "/desk/search"
SEARCHES = {
    "search, rare word": seeding.RARE,
    "search, common word": "via he",
    "search, three words": "xi mang vỉa hè giờ cao điểm",
}
P95_MS, GROWTH = 20.0, 1.5


def desk_lines(folder: Path, count: int) -> list[Line]:
    """Measure every page with few and with many cases, in turn; return a budget for each."""
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(_desk(folder / str(amount), amount)) for amount in (FEW, MANY)
        )
        for turn in range(-count // 10, count):
            for name in (*PAGES, *SEARCHES):
                for desk in (few, many):
                    desk.take(name, counted=turn >= 0)
    lines = []
    for name in (*PAGES, *SEARCHES):
        p95 = statistics.quantiles(many.times[name], n=20)[-1]
        growth = statistics.median(many.times[name]) / statistics.median(few.times[name])
        lines.append(Line(f"{name}, {MANY:,} cases, p95", p95, "ms", most=P95_MS))
        lines.append(Line(f"{name}, {MANY:,} beside {FEW:,}", growth, "× few", most=GROWTH))
    return lines


@dataclass
class Desk:
    """A running staff site with somebody signed in, and the milliseconds its pages took."""

    browser: Browser
    addresses: dict[str, str]
    times: dict[str, list[float]]

    def take(self, name: str, *, counted: bool) -> None:
        """Ask for a page once. Raises LookupError for a page without a case."""
        address = self.addresses[name]
        start = time.perf_counter()
        answer = self.browser.get(address)
        taken = (time.perf_counter() - start) * 1000
        if answer.status != 200 or "PA-" not in answer.text:
            raise LookupError(f"{address} answered {answer.status} without a case")
        if counted:
            self.times[name].append(taken)


@contextmanager
def _desk(folder: Path, amount: int) -> Iterator[Desk]:
    """Fill a database with so many cases, serve it, and sign in."""
    folder.mkdir(parents=True)
    database = installation(folder)
    fill(database, load_ring(folder / "keys" / "worker"), start=0, stop=amount)
    database.engine.dispose()
    environment = {
        "PORTAL_DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
        "PORTAL_KEYS": str(folder / "keys" / "staff"),
    }
    with (
        running("wsgi:create_staff_app()", SIGN_IN, environment, folder) as server,
        Browser(server.port) as browser,
    ):
        _sign_in(browser, folder)
        addresses = PAGES | {name: _ask(browser, typed) for name, typed in SEARCHES.items()}
        yield Desk(browser, addresses, {name: [] for name in addresses})


def _ask(browser: Browser, typed: str) -> str:
    """Look for something; return the address of what is found, in which the words are sealed."""
    answer = browser.post(SEARCH, {**browser.get(SEARCH).hidden(), "words": typed})
    if answer.status not in {302, 303}:
        raise LookupError(f"searching answered {answer.status}")
    return answer.headers["location"]


def _sign_in(browser: Browser, folder: Path) -> None:
    """Sign in as a moderator of the ward, in two steps."""
    form = browser.get(SIGN_IN).hidden()
    browser.post(SIGN_IN, {**form, "login": MODERATOR, "password": sample.PASSWORD})
    database = Database(f"sqlite:///{folder / 'portal.db'}")
    search = load_ring(folder / "keys" / "staff").search
    with database.reading() as session:
        code = sample.one_time_code(session, search=search, login=MODERATOR, at=now())
    database.engine.dispose()
    answer = browser.post(SECOND, {**browser.get(SECOND).hidden(), "code": code})
    if answer.status not in {302, 303}:
        raise LookupError(f"signing in answered {answer.status}")
