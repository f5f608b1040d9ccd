"""The text for everybody: one moderator writes it, another confirms that nobody is recognised.

Design rules: it holds no run of the writer's own words and none of the answer's names, no day, no
house, no cell, no post. Whoever wrote it does not confirm it. At the least five cases of two
organisations must be alike, and the second person says so after reading, point by point.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person
from moderation.discretion import check_discreet
from moderation.making_public.alike import Crowd, crowd_of
from moderation.making_public.taking_away import lock, take_away
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import CaseKeys, file_paper, submissions_of
from moderation.versions import ParaphraseNeeded, TellsDetail, repeats, telling_details
from moderation.workflow import Conflict, Incomplete, Need, NotAvailable
from portal.figures.quarters import Quarter
from portal.models import AnswerInvitation, AnswerRelease, Case
from portal.models.case import PaperKind
from portal.text import clean, fold
from portal.vocabulary import Deed, Publication, Status

#: What the second person says after reading.
POINTS = ("nobody_named", "nothing_single", "own_words", "crowd")
#: A text may be written, or written anew, while it stands so.
OPEN_TO_WRITE = frozenset({Publication.AGREED, Publication.WRITTEN, Publication.CONFIRMED})
STOPPABLE = OPEN_TO_WRITE | {Publication.PUBLISHED}

_WORD = re.compile(r"[^\W_]+")
#: What stands before the name or the number of a cell, a neighbourhood or a workplace, folded.
_PLACES = (
    *("chi bo", "khoi pho", "khoi", "to dan pho", "to", "thon", "ban", "xom", "ap", "khu pho"),
    *("khu", "truong", "tram y te", "cong ty", "hop tac xa", "cho", "benh vien"),
)
#: Posts that few hold; a deputy's names the post as well.
_POSTS = (
    *("bi thu", "chu tich", "to truong", "to pho", "truong thon", "pho thon", "truong ban"),
    *("truong khoi", "pho khoi", "hieu truong", "hieu pho", "giam doc", "truong cong an"),
    *("cap uy vien", "chi uy vien"),
)


class TooFewAlike(Exception):
    """A reader could tell the case: too few others are like it, at any level."""

    def __init__(self, crowd: Crowd | None) -> None:
        """Keep how many there are."""
        super().__init__()
        self.crowd = crowd


class Standing(NamedTuple):
    """How it stands with the answer of one case."""

    release: AnswerRelease
    state: Publication


def standing_of(session: Session, *, case: Case) -> Standing | None:
    """How it stands with an answer whose writer has allowed it, now or before; otherwise nothing:
    what a writer was asked and has not answered is nobody's business.
    """
    release = session.get(AnswerRelease, case.id)
    if release is None:
        return None
    state = session.get_one(AnswerInvitation, release.mark).state
    return Standing(release, state) if state in STOPPABLE else None


def write(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, text: str
) -> None:
    """Keep a text for everybody, numbers of people masked; an older one is confirmed no more.

    Raises NotAvailable, Incomplete without a text, TooFewAlike, ParaphraseNeeded, TellsDetail,
    and what ``check_discreet`` raises.
    """
    release, _state = _open(session, case, OPEN_TO_WRITE)
    crowd = _crowd(session, case, release)
    masked = office.for_readers(text.strip()).text
    _check(session, office, keys, case, masked)
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=PaperKind.PUBLIC_ANSWER,
        body={"text": masked},
        account_id=by.account_id,
    )
    release.unit_id, release.writer_id, release.confirmer_id = crowd.unit.id, by.account_id, None
    release.publish_on, release.draft = None, release.draft + 1
    _turn_to(session, release, Publication.WRITTEN)
    _write_down(session, office, case, by, Deed.PUBLIC_ANSWER_WRITTEN)


def confirm(
    session: Session,
    *,
    office: Office,
    case: Case,
    by: Person,
    draft: int,
    points: Collection[str],
) -> None:
    """Confirm that no reader could tell the case by this text; ``draft`` says which was read.

    Raises NotAvailable for whoever wrote it, Conflict for a text that was replaced, Incomplete
    unless each point is confirmed, TooFewAlike.
    """
    release, _state = _open(session, case, {Publication.WRITTEN})
    if release.writer_id == by.account_id:
        raise NotAvailable(Need.CHECKLIST)
    if release.draft != draft:
        raise Conflict
    if set(points) != set(POINTS):
        raise Incomplete(Need.CHECKLIST)
    release.unit_id = _crowd(session, case, release).unit.id
    release.confirmer_id = by.account_id
    release.publish_on = max(first_day(release.closed_on), next_month(office.today))
    _turn_to(session, release, Publication.CONFIRMED)
    _write_down(session, office, case, by, Deed.PUBLIC_ANSWER_CONFIRMED)


def stop(session: Session, *, office: Office, case: Case, by: Person) -> None:
    """End it for good, at any time, because a reader could tell the case. One person is enough:
    it can only hide. Raises NotAvailable.
    """
    release, _state = _open(session, case, STOPPABLE)
    take_away(session, search=office.ring.search, release=release, state=Publication.STOPPED)
    _write_down(session, office, case, by, Deed.PUBLIC_ANSWER_STOPPED)


def first_day(closed_on: date) -> date:
    """The first day on which an answer may be published, ninety days after its case was closed or
    later: the same for all that were closed in a quarter, so that it tells no more than the quarter
    beside the text. A day counted from the closing itself would tell the month.
    """
    return Quarter.of(closed_on).next().next().since


def next_month(day: date) -> date:
    """The first day of the month after this day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def places_told(text: str) -> tuple[str, ...]:
    """The cells, neighbourhoods, workplaces and posts that a text names, as they stand there, with
    marks or without.

    It looks for common ways of saying it, not for all: two people read each text.
    """
    plain = clean(text)
    words = list(_WORD.finditer(plain))
    folded = [fold(word[0]) for word in words]
    found = []
    for at in range(len(words)):
        if (length := _starts(folded, at, _POSTS)) is not None:
            found.append(plain[words[at].start() : words[at + length - 1].end()])
        elif (length := _starts(folded, at, _PLACES)) is not None and at + length < len(words):
            last, name = words[at + length - 1], words[at + length]
            called = name[0][0].isupper() or name[0][0].isdigit()
            if called and plain[last.end() : name.start()].isspace():
                found.append(plain[words[at].start() : name.end()])
    return tuple(dict.fromkeys(found))


def _starts(folded: list[str], at: int, wanted: tuple[str, ...]) -> int | None:
    """How many words the first of these takes that begins here; nothing where none does."""
    for each in wanted:
        parts = each.split()
        if folded[at : at + len(parts)] == parts:
            return len(parts)
    return None


def _check(session: Session, office: Office, keys: CaseKeys, case: Case, text: str) -> None:
    """Raise unless everybody may read this text."""
    if not text:
        raise Incomplete(Need.PUBLIC_NOTE)
    check_discreet(session, office=office, keys=keys, case=case, text=text)
    told = list(places_told(text))
    for letter in submissions_of(session, case_id=case.id):
        words = open_words(session, office=office, submission=letter)
        if repeats(words.what, text):
            raise ParaphraseNeeded(PaperKind.PUBLIC_ANSWER)
        told += telling_details(text, words.place, words.when)
    if told:
        raise TellsDetail(tuple(dict.fromkeys(told)))


def _open(session: Session, case: Case, states: Collection[Publication]) -> Standing:
    """How it stands, held for this transaction. Raises NotAvailable unless it is one of these."""
    release = lock(session, case_id=case.id)
    if release is None or case.status is not Status.CLOSED:
        raise NotAvailable(Need.PUBLIC_NOTE)
    state = session.get_one(AnswerInvitation, release.mark).state
    if state not in states:
        raise NotAvailable(Need.PUBLIC_NOTE)
    return Standing(release, state)


def _crowd(session: Session, case: Case, release: AnswerRelease) -> Crowd:
    """Among how many it would be told. Raises TooFewAlike."""
    crowd = crowd_of(session, case=case, closed_on=release.closed_on)
    if crowd is None or not crowd.enough:
        raise TooFewAlike(crowd)
    return crowd


def _turn_to(session: Session, release: AnswerRelease, state: Publication) -> None:
    """Write down how it stands now."""
    session.get_one(AnswerInvitation, release.mark).state = state


def _write_down(session: Session, office: Office, case: Case, by: Person, deed: Deed) -> None:
    """Write the deed into the journal."""
    journal.write_at_desk(session, office=office, case=case, account_id=by.account_id, deed=deed)
