"""The worker's second hand: it sends what waits, so that a slow mail server holds up no case."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from moderation.calendar.reading import read_calendar
from moderation.identity.destroying import forget
from moderation.notifying import mailing, staff_waiting, waiting
from moderation.notifying.mailing import MailDown, Refused
from moderation.notifying.staff_waiting import Errand
from moderation.notifying.waiting import Taken
from moderation.office import Office
from moderation.papers import open_submission_key
from portal.clock import local_date, now
from portal.config import Mail
from portal.db import Database
from portal.deadlines import Calendar
from portal.identity.particulars import open_address
from portal.vault import CannotOpen, Ring

log = logging.getLogger(__name__)

#: Seconds between two looks.
PAUSE = 10.0
#: Seconds that a stopping worker waits for the mail at hand.
_FAREWELL = 10.0
_HOUR = timedelta(hours=1)


class Post:
    """Sends the news that wait. Without a server nothing is sent, and that is said once.

    Whom it told today it knows in memory only, under a key of its own, so that nothing that is
    kept tells that two letters have one address.
    """

    def __init__(self, database: Database, ring: Ring, mail: Mail | None, telephone: str) -> None:
        """Keep what is needed. The keys must be the worker's."""
        self._database, self._ring, self._mail = database, ring, mail
        self._telephone = telephone
        self._secret = secrets.token_bytes(32)
        self._told: dict[bytes, datetime] = {}
        self._failures = 0
        self._rests_until: datetime | None = None
        self._complained: datetime | None = None
        if mail is None:
            log.warning("No mail is sent: PORTAL_SMTP_HOST is not set.")

    def work(self, *, at: datetime) -> int:
        """Send what is due, and destroy what outlived its case; return how many mails were sent."""
        self._forget(at)
        sent = 0
        if self._mail is not None and (self._rests_until is None or self._rests_until <= at):
            with self._database.reading() as session:
                due = waiting.due_news(session, at=at)
                calendar = read_calendar(session)
                staff = staff_waiting.due_staff(session, at=at, calendar=calendar)
            try:
                # The staff first: what is urgent must not wait behind many residents.
                sent += sum(self._remind(self._mail, errand, at) for errand in staff)
                sent += sum(self._tell(self._mail, each, at) for each in due)
            except MailDown as error:
                self._rest(error, at)
        self._complain(at)
        return sent

    def _tell(self, mail: Mail, submission_id: int, at: datetime) -> bool:
        """Tell one resident; whether a mail went out. Raises MailDown, and it waits as before."""
        with self._database.writing() as session:
            taken = waiting.take(session, submission_id=submission_id, at=at)
        if taken is None:
            return False
        try:
            to = self._open(taken, at)
            mark = self._mark(to)
            if (last := self._told.get(mark)) is not None and last + waiting.APART > at:
                with self._database.writing() as session:
                    waiting.put_off(session, taken=taken, until=last + waiting.APART)
                return False
            message = mailing.news_mail(mail, to=to, telephone=self._telephone, at=at)
            mailing.send(mail, message)
        except CannotOpen:
            log.error("the address of submission %s does not open and is given up", submission_id)
            with self._database.writing() as session:
                waiting.give_up(session, search=self._ring.search, taken=taken, at=at)
            return False
        except Refused as error:
            with self._database.writing() as session:
                waiting.mark_refused(
                    session,
                    search=self._ring.search,
                    taken=taken,
                    at=at,
                    for_good=error.for_good,
                )
            return False
        except MailDown:
            with self._database.writing() as session:
                waiting.put_off(session, taken=taken, until=taken.due_at)
            raise
        self._told[mark], self._failures, self._rests_until = at, 0, None
        with self._database.writing() as session:
            waiting.mark_told(session, search=self._ring.search, taken=taken, at=at)
        return True

    def _remind(self, mail: Mail, errand: Errand, at: datetime) -> bool:
        """Mail one of the staff; whether a mail went out. Raises MailDown, and it waits on."""
        with self._database.writing() as session:
            if not staff_waiting.take(session, errand=errand, at=at):
                return False
        try:
            message = mailing.staff_mail(
                mail, to=errand.to, urgent=errand.urgent, telephone=self._telephone, at=at
            )
            mailing.send(mail, message)
        except Refused:
            with self._database.writing() as session:
                staff_waiting.mark_refused(session, errand=errand, at=at)
            return False
        except MailDown:
            with self._database.writing() as session:
                staff_waiting.put_back(session, errand=errand)
            raise
        self._failures, self._rests_until = 0, None
        with self._database.writing() as session:
            staff_waiting.mark_sent(session, errand=errand, at=at)
        return True

    def _open(self, taken: Taken, at: datetime) -> str:
        """The address. Raises CannotOpen."""
        office = Office(ring=self._ring, calendar=Calendar(), at=at)
        number = taken.submission_id
        with self._database.reading() as session:
            own = open_submission_key(session, office=office, submission_id=number)
        opener = self._ring.notice_opener(taken.key_version)
        return open_address(opener, taken.box, number=number, own=own)

    def _mark(self, to: str) -> bytes:
        """What an address is remembered by until tomorrow."""
        return hmac.digest(self._secret, to.casefold().encode(), hashlib.sha256)

    def _rest(self, error: MailDown, at: datetime) -> None:
        """Leave the server alone for a while, longer each time."""
        self._failures += 1
        self._rests_until = at + waiting.pause_after(self._failures)
        log.warning("mail was not taken (%s); trying again later", error)

    def _forget(self, at: datetime) -> None:
        """Destroy the addresses of finished cases that no news can reach any more."""
        self._told = {mark: last for mark, last in self._told.items() if last + waiting.APART > at}
        before = at if self._mail is None else at - waiting.LAST_NEWS
        with self._database.reading() as session:
            left = waiting.left_over(session, before=before)
        if left:
            with self._database.writing() as session:
                forget(session, search=self._ring.search, submission_ids=left)

    def _complain(self, at: datetime) -> None:
        """Say once an hour that mail is down."""
        if self._mail is None or (self._complained and self._complained + _HOUR > at):
            return
        with self._database.reading() as session:
            state = waiting.mail_state(session, at=at)
        if state.down_since is not None:
            self._complained = at
            log.error("mail is down: something waits since %s", local_date(state.down_since))


@contextmanager
def posting(database: Database, ring: Ring, *, mail: Mail | None, telephone: str) -> Iterator[None]:
    """Send mail beside what else the worker does, until the block ends.

    The mail at hand is given some seconds; were it cut off, it would go out once more.
    """
    stop, post = threading.Event(), Post(database, ring, mail, telephone)

    def deliver() -> None:
        while not stop.is_set():
            try:
                post.work(at=now())
            except Exception as error:  # Whatever it is, the next mail must go out.
                # Only where it failed: a message could hold an address.
                where = "".join(traceback.format_tb(error.__traceback__))
                log.error("mail failed with %s; trying again:\n%s", type(error).__name__, where)
            stop.wait(PAUSE)

    thread = threading.Thread(target=deliver, name="mail", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_FAREWELL)
