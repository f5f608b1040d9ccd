"""``make bench``: measures, prints two tables, and fails when a budget is missed.

Three rounds, in each of which the programs take turns at every act; figures are medians over the
rounds. The floors are bounded too, so that no ratio is won by a slow floor.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import budgets, targets
from bench.browser import Browser
from bench.budgets import Line, Rounds
from bench.conversation import FORM, Act, page, send, submission, tracking, words
from bench.desk import desk_lines
from bench.doors import door_lines
from bench.figures import figure_lines
from bench.files import file_lines
from bench.importing import import_lines
from bench.lists import list_lines
from bench.measuring import Run, drive, median
from bench.placing import placing_lines
from bench.servers import DidNotStart, Server
from bench.visit import first_visit

ROUNDS = 3
REQUESTS_OF_A_SUBMISSION = 3


@dataclass(frozen=True)
class Counts:
    """How often each act is repeated, and the requests over which memory may grow."""

    page: int
    send: int
    track: int
    growth: int
    desk: int
    flood: int
    files: int
    #: Among how many cases the lists of the staff are asked for.
    cases: int
    #: How many rows are brought into the register.
    rows: int


FULL = Counts(
    page=4000,
    send=600,
    track=2000,
    growth=100_000,
    desk=200,
    flood=5_000,
    files=20,
    cases=100_000,
    rows=100_000,
)
QUICK = Counts(
    page=400, send=80, track=200, growth=1200, desk=20, flood=200, files=3, cases=3_000, rows=2_000
)


def main() -> int:
    """Measure, print, and return 0 when every budget is held, else 1."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions: tries the bench")
    counts = QUICK if parser.parse_args().quick else FULL
    # Durable writes are measured, and a temporary folder may lie in memory: stay on this disk.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path(__file__).parents[1]) as folder:
        try:
            rounds, lines = measured(Path(folder), counts)
            lines += desk_lines(Path(folder) / "desk", counts.desk)
            lines += list_lines(Path(folder) / "lists", counts.desk, counts.cases)
            lines += door_lines(Path(folder) / "doors", counts.flood)
            lines += file_lines(Path(folder) / "files", counts.files)
            lines += figure_lines(Path(folder) / "figures", counts.desk, counts.cases)
            lines += placing_lines(Path(folder) / "placing", counts.desk)
            lines += import_lines(Path(folder) / "importing", counts.rows)
        except DidNotStart as error:
            print(f"A program to be measured did not start: {error}", file=sys.stderr)
            return 1
    show_runs(rounds)
    show_budgets(lines)
    return 0 if all(line.held for line in lines) else 1


def measured(folder: Path, counts: Counts) -> tuple[Rounds, list[Line]]:
    """Return every run and every budget."""
    portal = targets.portal(folder)
    starts = [cold_start(portal, folder) for _ in range(ROUNDS)]
    with targets.side_by_side(folder, portal) as trio:
        visit = first_visit(trio.portal.port, FORM)
        rounds = take_turns(trio, counts)
        memory = trio.portal.memory()
        drive(trio.portal.port, submission, 8, counts.growth // REQUESTS_OF_A_SUBMISSION)
        growth = trio.portal.memory() - memory
    weight = budgets.of_weight(visit, statistics.median(starts), memory)
    return rounds, [*budgets.of_speed(rounds), *weight, budgets.of_growth(counts.growth, growth)]


def cold_start(target: targets.Target, folder: Path) -> float:
    """Return the seconds from starting a program to its first page."""
    with target.started(folder) as server:
        return server.cold_start


def take_turns(trio: targets.Trio, counts: Counts) -> Rounds:
    """Return three rounds of every act, after one that only warms up."""
    plan = turns(trio, counts)
    for turn in plan:
        turn.run(share=4)
    rounds: dict[tuple[str, str], list[Run]] = {(turn.target, turn.act): [] for turn in plan}
    for _ in range(ROUNDS):
        for turn in plan:
            rounds[turn.target, turn.act].append(turn.run())
    return rounds


@dataclass(frozen=True)
class Turn:
    """One act at one program."""

    target: str
    act: str
    server: Server
    prepare: Callable[[Browser], Act]
    connections: int
    count: int

    def run(self, share: int = 1) -> Run:
        """Do it; ``share`` divides how often."""
        return drive(self.server.port, self.prepare, self.connections, self.count // share)


def turns(trio: targets.Trio, counts: Counts) -> list[Turn]:
    """Return what one round does, the programs alternating at each act."""
    both = (("floor", trio.floor), ("portal", trio.portal))
    pages = (("hello", trio.hello), *both)
    codes = {name: new_code(server) for name, server in both}
    return [
        *(Turn(name, "page, 8", server, page, 8, counts.page) for name, server in pages),
        *(Turn(name, "send, 1", server, submission, 1, counts.send // 3) for name, server in both),
        *(Turn(name, "send, 8", server, submission, 8, counts.send) for name, server in both),
        *(
            Turn(name, "track, 8", server, tracking(codes[name]), 8, counts.track)
            for name, server in both
        ),
    ]


def new_code(server: Server) -> str:
    """Send one comment and return its code."""
    with Browser(server.port) as browser:
        return send(browser, words())


def show_runs(rounds: Rounds) -> None:
    """Print how fast each program did each act."""
    print(f"\n{'act, at once':<14}{'program':<10}{'a second':>10}{'p50 ms':>10}{'p99 ms':>10}")
    for (target, act), runs in rounds.items():
        middle = median(runs)
        print(f"{act:<14}{target:<10}{middle.rate:>10.0f}{middle.p50:>10.2f}{middle.p99:>10.2f}")


def show_budgets(lines: list[Line]) -> None:
    """Print every budget beside what was measured."""
    print(f"\n{'budget':<42}{'measured':>12}   asked")
    for line in lines:
        verdict = "" if line.held else "   MISSED"
        print(f"{line.what:<42}{line.measured:>12,.2f}   {line.asked}{verdict}")


if __name__ == "__main__":
    sys.exit(main())
