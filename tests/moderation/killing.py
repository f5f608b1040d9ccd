"""Kills ``flask keys rotate`` for real, after each of its steps in turn, and looks at what is left.

Run as a program with the folder of an installation. A step is a commit, or a change in the folder
of the keys. After each kill every process must be able to start and to open all there is; running
the command again must bring the change to its end. Prints how many kills there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event, select

from moderation import resealing
from moderation.commands import app
from portal.db import Database
from portal.models import Seal
from portal.models.submission import SealHolder
from portal.recognising import recognise
from portal.vault import Ring, load_ring, open_box
from portal.vault.source import HOLDERS
from tests.children import in_child

#: How many seals are made anew in one transaction, so that some are and some are not.
BATCH = 6


def main(folder: Path) -> None:
    """Kill a copy of the installation after one step more each time, until one comes through."""
    resealing.BATCH = BATCH
    number = 0
    while True:
        copy = Path(shutil.copytree(folder, folder.with_name(f"killed-{number + 1}")))
        if not _killed(copy, number + 1):
            break
        number += 1
        _check(copy)
        in_child(lambda copy=copy: _change(copy))  # type: ignore[misc]
        _check(copy, done=True)
        shutil.rmtree(copy)
    sys.stdout.write(f"{number}\n")


def _killed(folder: Path, steps: int) -> bool:
    """Change the keys in a child that kills itself after so many steps; whether it did."""
    return in_child(lambda: _change(folder, steps)) == signal.SIGKILL


def _change(folder: Path, steps: int = 0) -> None:
    """Run the command until the old key lies with the retired ones, killed after some steps."""
    keys = folder / "keys"
    if steps:
        _kill_after(steps, str(keys))
    os.environ["PORTAL_DATABASE_URL"] = _address(folder)
    for _run in range(3):
        if (keys / "retired" / "staff.1.private").exists():
            return
        said = app.test_cli_runner().invoke(args=["keys", "rotate", "--root", str(keys)])
        assert said.exit_code == 0, said.output
    raise AssertionError("the old key was not put away")


def _kill_after(steps: int, keys: str) -> None:
    """Kill this process at a step: before a file is changed, or as a commit is made."""
    left = [steps]

    def step(*_what: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name in {"os.rename", "os.remove", "os.mkdir"} and str(arguments[0]).startswith(keys):
            step()
        if name == "open" and str(arguments[0]).startswith(keys) and arguments[1] is None:
            step()

    sys.addaudithook(watch)
    event.listen(Engine, "commit", step)


def _check(folder: Path, *, done: bool = False) -> None:
    """Every process starts, and staff and worker open every seal with the keys they hold."""
    database = Database(_address(folder))
    rings = {holder: load_ring(folder / "keys" / holder, holder=holder) for holder in HOLDERS}
    for ring in rings.values():
        recognise(database, ring)
    with database.reading() as session:
        seals = session.scalars(select(Seal).where(Seal.holder == SealHolder.STAFF)).all()
    for holder in ("staff", "worker"):
        assert all(_opens(rings[holder], seal) for seal in seals)
    put_away = (folder / "keys" / "retired" / "staff.1.private").exists()
    assert put_away is not (folder / "keys" / "worker" / "staff.1.private").exists()
    assert not put_away or {seal.key_version for seal in seals} == {2}
    assert put_away or not done
    database.engine.dispose()


def _opens(ring: Ring, seal: Seal) -> bool:
    """Whether a seal opens."""
    private = ring.private[seal.key_version]
    return bool(open_box(private, seal.box, seal.target.value, seal.target_id))


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'portal.db'}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
