"""Setting how long finished cases are kept.

One administrator of the highest level is enough, also for a shorter period. What a shorter period
brings near is first announced for thirty days: every moderator who could hold it sees it in that
time, and any administrator can set the period back, after which nothing of it goes. A second
signature would come before anybody has seen what it means.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from moderation.retention.contacts import announce_contacts
from moderation.retention.days import day_number
from moderation.retention.expiring import announce
from moderation.retention.replaying import QUEUE
from moderation.setting import keep_settings
from portal.db import queue_for
from portal.models import RetentionPeriod
from portal.periods import UNITS, read_periods
from portal.vocabulary import Deed, RetentionRule


class OutOfBounds(Exception):
    """An amount is shorter or longer than anybody may set; ``rule`` says of which rule."""

    def __init__(self, rule: RetentionRule) -> None:
        """Keep the rule."""
        super().__init__(rule)
        self.rule = rule


def set_periods(
    session: Session, *, office: Office, by: Person, amounts: Mapping[RetentionRule, int]
) -> list[RetentionRule]:
    """Set the periods, each an amount of its rule's unit; return the rules that changed.

    What they bring near is announced at once, and what they put off is taken back. Raises NotYours
    for whoever does not look after the whole portal, OutOfBounds.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    for rule, amount in amounts.items():
        if not UNITS[rule].least <= amount <= UNITS[rule].most:
            raise OutOfBounds(rule)
    queue_for(session, QUEUE)
    before = read_periods(session)
    changed = [rule for rule, amount in amounts.items() if before.amount(rule) != amount]
    if changed:
        rows = [RetentionPeriod(rule=rule, amount=amounts[rule]) for rule in changed]
        keep_settings(session, office=office, by=by, rows=rows)
        periods, day = read_periods(session), day_number(session)
        announce(session, periods=periods, at=office.at, day=day)
        announce_contacts(session, periods=periods, at=office.at, day=day)
        write_down(
            session,
            ring=office.ring,
            at=office.at,
            deed=Deed.PERIODS_SET,
            account_id=by.account_id,
        )
    return changed
