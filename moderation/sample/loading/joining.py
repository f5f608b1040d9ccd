"""Letters that are handled together or apart: merged, only proposed so far, and parted in two."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from moderation import merging, preparing, splitting
from moderation.access import Person
from moderation.cutting import Parts
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.sample.loading.scene import World
from moderation.sample.records import DATA
from moderation.workflow import Action, perform
from portal import receiving
from portal.models import Case
from portal.receiving import Entry
from portal.vault import new_token
from portal.vocabulary import Context, Kind
from portal.words import Words

#: So many cases come of it, and how long before the moment of loading the first letter does.
CASES = 6
_BEFORE = timedelta(minutes=55)
_GAP, _PREPARED, _WORK = timedelta(minutes=4), timedelta(seconds=20), timedelta(minutes=3)
_COMMUNE = "phuong-dong-kinh"


def join(session: Session, *, world: World) -> int:
    """Send the letters, merge those that say the same, part the one about two matters.

    Return the number of the last case. One of them is left as it was proposed.
    """
    told = tomllib.loads((DATA / "together.toml").read_text(encoding="utf-8"))
    at = world.office.at - _BEFORE
    numbers = []
    for words in (*told["alike"], *told["retold"], told["mixed"]):
        numbers.append(_send(session, world, words, at))
        at += _GAP
    first, *rest = numbers
    by = _claim(session, world, first, at)
    for other_id in rest[: len(told["alike"]) - 1]:
        at += _WORK
        office, case, keys = _open(session, world, first, at)
        merging.merge(session, office=office, keys=keys, case=case, by=by, other_id=other_id)
    mixed, at = numbers[-1], at + _WORK
    by = _claim(session, world, mixed, at)
    office, case, keys = _open(session, world, mixed, at + _WORK)
    parts = Parts(**told["mixed_parts"])
    last = splitting.split(session, office=office, keys=keys, case=case, by=by, parts=parts)
    later = replace(office, at=office.at + _PREPARED)
    preparing.prepare(session, office=later, case_id=last)
    return last


def _send(session: Session, world: World, words: Mapping[str, str], at: datetime) -> int:
    """Somebody sends a letter, and the worker prepares it."""
    entry = Entry(
        words=Words(**words),
        kind=Kind.REPORT,
        context=Context.RESIDENCE,
        unit_id=world.enrolled.organisations[_COMMUNE],
    )
    ring = world.office.ring
    receipt = receiving.receive(session, ring=ring, token=new_token(), entry=entry, at=at)
    office = replace(world.office, at=at + _PREPARED)
    preparing.prepare(session, office=office, case_id=receipt.submission_id)
    return receipt.submission_id


def _claim(session: Session, world: World, number: int, at: datetime) -> Person:
    """A moderator of the desk takes a case."""
    office, case, keys = _open(session, world, number, at)
    by = world.cast.choose(session, case=case, action=Action.CLAIM, turn=number)
    perform(session, office=office, keys=keys, case=case, action=Action.CLAIM, by=by)
    return by


def _open(
    session: Session, world: World, number: int, at: datetime
) -> tuple[Office, Case, CaseKeys]:
    """A case at a moment, with its keys."""
    office = replace(world.office, at=at)
    keys = open_keys(session, office=office, case_id=number)
    return office, session.get_one(Case, number), keys
