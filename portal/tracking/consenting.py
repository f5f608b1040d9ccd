"""What the holder of a code says to having the answer told to everybody: yes, or no at any time.

An invitation is found by a mark that only the code leads to, and what is said is sealed under the
submission's key. So whoever reads the public process's part of the database learns that somebody
has agreed, and not to which letter; and nobody without the code can agree for others.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import NamedTuple, Protocol

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.db import RowSession, queue_for
from portal.models import AnswerConsent, AnswerInvitation
from portal.tracking.acting import CannotAct
from portal.tracking.finding import Tracked
from portal.vault import CannotOpen, decrypt, derive, encrypt, new_uid
from portal.vocabulary import Publication, Status

#: Of one length: what is sealed must not tell by its size which it is.
_YES, _NO = b"1", b"0"
#: While it stands so, a yes may be taken back.
_TAKEN_BACK = frozenset({Publication.AGREED, Publication.PUBLISHED})
#: So often somebody may change their mind to yes; a no is always taken.
MOST_TURNS = 20


class Consent(NamedTuple):
    """How it stands: what the worker has followed, and what was said last."""

    state: Publication
    agrees: bool
    turn: int
    waiting: bool
    #: The turn that the next word takes: no other row has it, whoever wrote that.
    next_turn: int = 1

    @property
    def now(self) -> Publication:
        """How it stands with what was said just now, as the writer reads it: what the staff do
        between a yes and the page of answers is one step.
        """
        if self.state is Publication.STOPPED:
            return self.state
        if self.waiting:
            return Publication.AGREED if self.agrees else Publication.REFUSED
        under_way = {Publication.WRITTEN, Publication.CONFIRMED}
        return Publication.AGREED if self.state in under_way else self.state

    @property
    def may_agree(self) -> bool:
        """Whether a yes is asked for now."""
        return self.now in {Publication.ASKED, Publication.REFUSED} and self.turn < MOST_TURNS


class Said(Protocol):
    """What was said, as a row or some of its columns."""

    @property
    def uid(self) -> bytes:
        """Its name."""

    @property
    def turn(self) -> int:
        """The how manieth word it is."""

    @property
    def body(self) -> bytes:
        """Yes or no, sealed."""


def mark_of(key: bytes) -> bytes:
    """The mark of the invitation of the submission with this key. It opens nothing."""
    return derive(key, "public answer")


def says_yes(key: bytes, said: Said) -> bool:
    """Whether the holder of the key said yes, or no. Raises CannotOpen for anybody else's word."""
    return decrypt(key, said.body, "answer_consent", said.uid, _place(said.turn)) == _YES


def consent_of(session: RowSession, *, tracked: Tracked) -> Consent | None:
    """How it stands with telling the answer; nothing where the writer was never asked."""
    if tracked.status is not Status.CLOSED or tracked.state is not None:
        return None
    mark = mark_of(tracked.key)
    state = session.execute(
        select(AnswerInvitation.state).where(AnswerInvitation.mark == mark)
    ).scalar()
    if state is None:
        return None
    rows = session.execute(
        select(AnswerConsent.uid, AnswerConsent.turn, AnswerConsent.body, AnswerConsent.done)
        .where(AnswerConsent.mark == mark)
        .order_by(AnswerConsent.turn.desc())
    ).all()
    taken = {row.turn for row in rows}
    for row in rows:
        # What was not said with this code counts for nothing.
        with suppress(CannotOpen):
            agrees, after = says_yes(tracked.key, row), _free(row.turn, taken)
            return Consent(state, agrees, row.turn, not row.done, after)
    return Consent(state, agrees=False, turn=0, waiting=False, next_turn=_free(0, taken))


def consent(session: Session, *, tracked: Tracked, agrees: bool) -> None:
    """Say yes or no. What was said last and is said again is nothing new. Raises CannotAct."""
    queue_for(session, f"acts of {tracked.submission_id}".encode())
    found = consent_of(session, tracked=tracked)
    if found is None:
        raise CannotAct(Publication.ASKED)
    if found.now in (_TAKEN_BACK if agrees else {Publication.REFUSED}):
        return
    if not (found.may_agree if agrees else found.now in _TAKEN_BACK):
        raise CannotAct(found.state)
    uid, turn = new_uid(), found.next_turn
    word = _YES if agrees else _NO
    session.execute(
        insert(AnswerConsent).values(
            uid=uid,
            mark=mark_of(tracked.key),
            turn=turn,
            body=encrypt(tracked.key, word, "answer_consent", uid, _place(turn)),
            done=False,
        )
    )


def _free(turn: int, taken: set[int]) -> int:
    """The first turn after this one that nobody has taken."""
    return next(each for each in count(turn + 1) if each not in taken)


def _place(turn: int) -> str:
    """To which turn a word is bound."""
    return f"body|{turn}"
