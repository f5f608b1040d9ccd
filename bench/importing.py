"""The row of imports: a province brought in from one file, while somebody writes to the portal.

It runs in a process of its own, so that its memory is its own, and is told the folder and how many
rows. What it prints are seconds and megabytes; ``import_lines`` makes budgets of them.
"""

import json
import resource
import subprocess  # nosec B404
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select

from bench.budgets import Line
from moderation.access import identify
from moderation.importing import arriving, choosing, confirming, running
from moderation.importing.about import about_of
from moderation.opening import open_office
from portal import schema
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Account, Grant, Organisation, RegisterImport, Setting
from portal.models.register_import import ImportKind, ImportState
from portal.text import fold
from portal.vault import Ring, load_ring
from portal.vault.minting import mint
from portal.vocabulary import OrganisationKind, Role, UnitKind

#: What is asked of a hundred thousand rows. Two runs on a busy machine with two processors measured
#: 59 seconds of a processor, 148 and 156 MB at most, and waits of 5.4 and 1.8 seconds.
MOST_SECONDS, MOST_WAIT, MOST_GROWTH = 90, 8, 60
CELLS = 4000
_SINCE = date(2025, 7, 1)
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Lý", "Vi", "Triệu", "Lương", "Lộc", "Bế")
_MIDDLES = ("Văn", "Thị", "Đức", "Hữu", "Minh", "Thu", "Ngọc", "Quốc")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Hùng", "Lan", "Mai", "Nam", "Oanh", "Phúc")
_HEAD = "Mã nguồn,Họ và tên,Năm sinh,Chi bộ,Từ ngày,Chi bộ nơi cư trú,Cư trú từ ngày,Chức vụ\n"


def import_lines(folder: Path, rows: int) -> list[Line]:
    """Bring in a tenth of the rows and all of them; return the budgets."""
    few, many = (_measured(folder / str(count), count) for count in (rows // 10, rows))
    growth = many["megabytes"] - few["megabytes"]
    return [
        Line(f"import of {rows:,} rows, processor", many["processor"], "s", most=MOST_SECONDS),
        Line("its memory beside that of a tenth", growth, "MB", most=MOST_GROWTH),
        Line("longest wait of a writer meanwhile", many["wait"], "s", most=MOST_WAIT),
    ]


def _measured(folder: Path, rows: int) -> dict[str, float]:
    """What a process of its own measures."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "bench.importing", str(folder), str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # nosec B603
    found: dict[str, float] = json.loads(done.stdout)
    return found


def bring(folder: Path, rows: int) -> dict[str, float]:
    """Bring a file of so many rows in, and measure it."""
    database, ring = _prepared(folder)
    store = FileStore(str(folder / "files"))
    path = folder / "members.csv"
    path.write_text("".join(_file(rows)), encoding="utf-8-sig")
    begun = time.monotonic()
    number = _entered(database, ring, store, path)
    with _writer(database) as longest:
        running.work_once(database, ring, store)
        with database.writing() as session:
            confirming.confirm(session.get_one(RegisterImport, number))
        compared = time.monotonic()
        running.work_once(database, ring, store)
        waited = longest()
    done = time.monotonic()
    with database.reading() as session:
        if session.get_one(RegisterImport, number).state is not ImportState.DONE:
            raise RuntimeError("the import was not carried out")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = {"compared": compared - begun, "written": done - compared, "processor": _processor()}
    return {"seconds": done - begun, "wait": waited, "megabytes": peak, **parts}


def _processor() -> float:
    """The seconds of a processor that were used, also by the process that read the file."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return sum(used.ru_utime + used.ru_stime for used in (own, children))


@contextmanager
def _writer(database: Database) -> Iterator[Callable[[], float]]:
    """Somebody who writes all the time; how long they waited at most."""
    stop, waits = threading.Event(), [0.0]

    def write() -> None:
        count = 0
        while not stop.wait(0.02):
            begun, count = time.monotonic(), count + 1
            with database.writing() as session:
                session.execute(insert(Setting).values(name=f"bench {count}", value=""))
            waits.append(time.monotonic() - begun)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield lambda: max(waits)
    finally:
        stop.set()
        thread.join()


def _entered(database: Database, ring: Ring, store: FileStore, path: Path) -> int:
    """Take the file in, with the columns as their heads say."""
    with path.open("rb") as given:
        arrived = arriving.arrive(store, given=given, name=path.name, kind=ImportKind.MEMBERS)
    with database.writing() as session:
        office = open_office(session, ring=ring)
        account = session.scalars(select(Account)).one()
        by = identify(session, search=ring.search, account=account, today=office.today)
        row = arriving.enter(
            session, office=office, by=by, kind=ImportKind.MEMBERS, arrived=arrived
        )
        chosen = {place: name for name, place in row.plan["columns"].items()}
        choosing.choose_columns(row, about=about_of(office, row), chosen=chosen)
        return row.id


def _prepared(folder: Path) -> tuple[Database, Ring]:
    """A province of cells, and its registrar."""
    database = Database(f"sqlite:///{folder / 'portal.db'}")
    schema.upgrade(database)
    mint(folder / "keys")
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    top = _organisation(1, OrganisationKind.PROVINCE, "Đảng bộ tỉnh", None)
    cells = [
        _organisation(number + 2, OrganisationKind.CELL, f"Chi bộ số {number}", 1)
        for number in range(CELLS)
    ]
    with database.writing() as session:
        session.execute(insert(Organisation), [top, *cells])
        # Nobody signs in here.
        account = Account(login="bench", name="Lý Đo", password_hash="", created_at=at)  # nosec B106
        session.add(account)
        session.flush()
        grant = Grant(account_id=account.id, role=Role.REGISTRAR, organisation_id=1)
        grant.valid_from = _SINCE
        session.add(grant)
    return database, load_ring(folder / "keys" / "worker")


def _organisation(
    number: int, kind: OrganisationKind, name: str, parent: int | None
) -> dict[str, object]:
    return {
        "id": number,
        "kind": kind,
        "unit_kind": UnitKind.RESIDENTIAL if parent else None,
        "name": name,
        "short_name": name,
        "folded": fold(name),
        "parent_id": parent,
        "path": f"{parent}.{number}." if parent else f"{number}.",
        "valid_from": _SINCE,
        "version": 1,
    }


def _file(rows: int) -> Iterator[str]:
    """The lines of a file: two cells each, and a post for every twenty-fifth."""
    yield _HEAD
    for row in range(rows):
        name = " ".join(each[row // step % len(each)] for each, step in _NAMES)
        post = "Bí thư" if row % 25 == 0 else ""
        home, residence = row % CELLS, row * 7 % CELLS
        yield (
            f"K-{row},{name},{1935 + row % 70},Chi bộ số {home},01/07/2025,"
            f"Chi bộ số {residence},03/02/2026,{post}\n"
        )


_NAMES = ((_FAMILIES, 88), (_MIDDLES, 11), (_GIVEN, 1))

if __name__ == "__main__":
    print(json.dumps(bring(Path(sys.argv[1]), int(sys.argv[2]))))
