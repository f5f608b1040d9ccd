"""A small flood for the sample: the newest plain letter, sent again and again from one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from moderation import preparing
from moderation.sample.loading.playing import entry_of
from moderation.sample.loading.scene import World
from moderation.sample.stories import StoryRecord
from portal import receiving
from portal.clock import local_date
from portal.vault import new_token
from portal.vocabulary import Suspicion

#: The letter that somebody sends again, and how often.
STORY, COPIES = "chua-ai-nhan-qua-han", 4
_GAP, _PREPARED = timedelta(seconds=50), timedelta(seconds=5)


def flood(session: Session, *, world: World, story: StoryRecord) -> int:
    """Send the copies just before the moment of loading; return the number of the last."""
    number = 0
    for left in range(COPIES, 0, -1):
        at = world.office.at - left * _GAP
        entry = replace(entry_of(world, story, local_date(at)), suspicion=Suspicion.SOURCE)
        receipt = receiving.receive(
            session, ring=world.office.ring, token=new_token(), entry=entry, at=at
        )
        number = receipt.submission_id
        office = replace(world.office, at=at + _PREPARED)
        preparing.prepare(session, office=office, case_id=number)
    return number
