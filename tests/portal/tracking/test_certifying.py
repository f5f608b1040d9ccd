"""A certificate proves the writer's own steps without the portal, and proves nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.db import Database
from portal.vault import Ring
from portal.vocabulary import Status
from tests.clocks import StandingClock
from tests.portal.courses import Course
from tests.portal.logs import grow_log
from tests.portal.residents import Resident

PROGRAM = Path(__file__).resolve().parents[3] / "docs" / "verify_receipt.py"
Check = Callable[..., "subprocess.CompletedProcess[str]"]
File = dict[str, Any]


@pytest.fixture
def course(
    resident: Resident, database: Database, ring_public: Ring, clock: StandingClock
) -> Course:
    """A comment that was sent and eligible."""
    course = Course(database, ring_public, clock, resident.send())
    clock.forward(hours=1)
    course.step("verify", Status.ELIGIBLE, note="Thư đủ rõ để chuyển đi.")
    course.step("propose", Status.ELIGIBLE, shown=False)
    return course


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Run the program on a file, alone and without our modules."""

    def run(file: File | str, *more: str) -> subprocess.CompletedProcess[str]:
        path = tmp_path / "file.json"
        path.write_text(file if isinstance(file, str) else json.dumps(file), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-I", str(PROGRAM), str(path), *more],
            capture_output=True,
            encoding="utf-8",
            env={"PYTHONIOENCODING": "utf-8"},
        )

    return run


def download(resident: Resident, code: str) -> File:
    token = resident.open("/tra-cuu").fields["csrf_token"]
    answer = resident.browser.post(
        "/tra-cuu", data={"csrf_token": token, "code": code, "step": "certificate"}
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=chung-nhan-so-cai.json"
    plain = code.replace("-", "")
    assert not any(plain in value.replace("-", "") for _name, value in answer.headers)
    assert plain not in answer.text.replace("-", "").replace(" ", "")
    found: File = json.loads(answer.text)
    return found


def test_a_downloaded_file_is_checked_without_the_portal(
    resident: Resident, course: Course, ring_worker: Ring, clock: StandingClock, check: Check
) -> None:
    grow_log(course.database, ring_worker, at=clock(), more=21)
    course.step("route", Status.ROUTED)
    file = download(resident, course.code)
    assert [json.loads(step["event"])["action"] for step in file["events"]] == ["receive", "verify"]
    assert [json.loads(step["event"])["action"] for step in file["waiting"]] == ["route"]
    for step in (*file["events"], *file["waiting"]):
        told = json.loads(step["event"])
        assert len(told["on"]) == len("2026-11-23")
        assert not {"at", "actor", "from"} & set(told)
    key = ring_worker.log_public[1].public_bytes_raw().hex()
    for more in ((), (key,)):
        done = check(file, *more)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("CÓ / IN") == 2
        assert "CHƯA GHI SỔ" in done.stdout
    assert check(file, "00" * 32).returncode == 1


def test_before_the_first_head_every_step_waits(
    resident: Resident, course: Course, check: Check
) -> None:
    file = download(resident, course.code)
    assert (file["head"], file["events"], len(file["waiting"])) == (None, [], 2)
    done = check(file)
    assert done.returncode == 0
    assert "NOTHING IN THE LOG YET" in done.stdout
    assert "GOOD" not in done.stdout


def test_no_key_of_the_file_opens_anything(
    resident: Resident, course: Course, ring_worker: Ring, clock: StandingClock
) -> None:
    grow_log(course.database, ring_worker, at=clock(), more=5)
    tracked, told = course.tracked, json.dumps(download(resident, course.code))
    for secret in (tracked.key, tracked.public_key):
        assert secret.hex() not in told


def test_whatever_is_changed_in_the_file_is_noticed(
    resident: Resident, course: Course, ring_worker: Ring, clock: StandingClock, check: Check
) -> None:
    grow_log(course.database, ring_worker, at=clock(), more=21)
    file = download(resident, course.code)

    def changed(change: Callable[[File], None]) -> File:
        copy: File = json.loads(json.dumps(file))
        change(copy)
        return copy

    def other_word(copy: File) -> None:
        copy["events"][1]["event"] = copy["events"][1]["event"].replace("đủ rõ", "chưa rõ")

    def other_place(copy: File) -> None:
        copy["events"][0]["number"] = copy["events"][1]["number"]

    def other_way(copy: File) -> None:
        copy["events"][0]["path"].reverse()

    def other_size(copy: File) -> None:
        copy["head"]["text"] = copy["head"]["text"].replace("size 2", "size 3")

    def other_signature(copy: File) -> None:
        copy["head"]["signature"] = "00" * 64

    def no_head(copy: File) -> None:
        copy["head"] = None

    for change in (other_word, other_place, other_way, other_size, other_signature, no_head):
        assert check(changed(change)).returncode == 1, change
    for nothing in ("", "[]", "{}", '{"head": 3}'):
        done = check(nothing)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def test_no_step_of_a_file_writes_over_what_the_check_says(
    resident: Resident, course: Course, ring_worker: Ring, clock: StandingClock, check: Check
) -> None:
    grow_log(course.database, ring_worker, at=clock(), more=21)
    file = download(resident, course.code)
    event = json.loads(file["events"][0]["event"])
    file["events"][0]["event"] = json.dumps(event | {"on": "\x1b[2J\r\nCÓ / IN | a"})
    done = check(file)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert [line for line in done.stdout.splitlines() if line.startswith("CÓ / IN | a")] == []
