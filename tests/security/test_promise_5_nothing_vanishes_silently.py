"""Promise 5: nothing vanishes silently.

That every change of a row is named is tried in ``tests/moderation/verifying``, the tree in
``tests/portal/ledger``, and a resident's own proof in ``tests/portal/tracking/test_certifying.py``.
Here every step of a case leaves an event that reaches the public log, and no verb takes one away
but the one that deletes what was kept long enough, which leaves an event of its own.
"""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import func, select

from moderation import worker
from portal.models import Event, LogLeaf
from portal.proving import newest_head
from tests.house.source import ROOMS, ROOT
from tests.moderation.walking import STAGES, set_out
from tests.moderation.ward import Ward

#: What must stay: letters, steps, and what both logs are made of.
KEPT = frozenset(
    {
        *("Submission", "Case", "Seal", "Event", "ResidentAct", "Paper", "FollowUp", "StageClock"),
        *("LogLeaf", "LogNode", "LogHead", "JournalEntry"),
    }
)
#: Who might be meant is looked for again when it is missing: nobody has said it.
#: Who deletes whatever table something lies in: a whole case whose time is over, the sample, and
#: what belongs to an account that has ended; and by what look-alikes are found, after its time.
FROM_ANY_TABLE = {
    "moderation/resembling/placing.py",
    "moderation/retention/purging.py",
    "moderation/sample/loading/clearing.py",
    "moderation/administering/forgetting.py",
}
LOOKED_UP_AGAIN = {("moderation/papers.py", "Paper")}
#: What lies sealed to the staff for hours only: half an agreement, and an identity once opened. And
#: why somebody is excused, which is sealed anew with what was answered.
FOR_HOURS = {("moderation/sealing.py", "Seal")}
#: What staff did goes after five years, announced for thirty days; where it begins then is bound.
TRIMMED = {("moderation/retention/trimming.py", "JournalEntry")}
#: What opens a letter elsewhere from then on: by its slip, or at the case that it came from.
OPENED_ELSEWHERE = {("moderation/reading_out.py", "seal"), ("moderation/merging/moving.py", "Seal")}


def test_every_step_leaves_an_event_and_every_event_reaches_the_log(ward: Ward) -> None:
    walk, events = set_out(ward), 0
    for stage in STAGES:
        stage(walk)
        with ward.database.reading() as session:
            now = session.scalar(select(func.count()).select_from(Event)) or 0
        assert now > events, stage.__name__
        events = now
    worker.keep_log(ward.database, ward.worker_ring, at=ward.at + timedelta(days=5))
    with ward.database.reading() as session:
        head = newest_head(session)
        assert head
        assert head.size == events + 1, "one leaf binds the journal of the staff"
        assert set(session.scalars(select(Event.uid))) < set(
            session.scalars(select(LogLeaf.event_uid))
        )


def test_no_verb_deletes_what_must_stay() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), table)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for table in re.findall(r"\bdelete\(\s*(?:from\s+)?(\w+)", path.read_text(), re.IGNORECASE)
    }
    assert len(found) > 5
    assert {path for path, table in found if table == "table"} == FROM_ANY_TABLE
    kept = {name.lower() for name in KEPT}
    assert {one for one in found if one[1].lower() in kept} == (
        LOOKED_UP_AGAIN | FOR_HOURS | TRIMMED | OPENED_ELSEWHERE
    )
    staff_room = [path.read_text() for path in (ROOT / "moderation").rglob("*.py")]
    calls = [re.findall(r"forget_papers\(session, .*kind=(\S+)\)", text) for text in staff_room]
    assert {kind for kinds in calls for kind in kinds} == {"PaperKind.CANDIDATES"}
