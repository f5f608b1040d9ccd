"""Asking for who wrote a letter, and reading it once it is open, from either room of the staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.discretion import NamesSomebody, TellsMembership, TellsOutcome
from moderation.forms.identity import AskToOpenForm
from moderation.identity import asking, reading
from moderation.identity.standing import NoIdentity, Standing, find_standing, identities_of
from moderation.views.opening import Work, finish, open_work, reopen, typed
from moderation.views.refusals import without_membership, without_names, without_outcome
from moderation.views.wording import comrade
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.text import vn_datetime
from portal.vocabulary import IdentityOutcome

Draw = Callable[..., Response]
_PAGES = {Room.DESK: "case.identity", Room.COMMITTEE: "committee_case.identity"}


@dataclass(frozen=True)
class IdentityLine:
    """One letter whose writer is known under seal: where its page is, and how it stands."""

    href: str
    reference: str
    words: str
    open: bool


def identity_lines(work: Work) -> list[IdentityLine]:
    """The letters of a case whose writers are known under seal; none for a cell."""
    return [
        IdentityLine(
            href=url_for(_PAGES[work.room], case_id=work.case.id, submission_id=each.submission_id),
            reference=reference_of(each.submission_id),
            words=words_of(each),
            open=each.open and each.mine,
        )
        for each in identities_of(
            work.session,
            office=work.office,
            case=work.case,
            by=work.here.person,
            relation=work.relation,
        )
    ]


def words_of(standing: Standing) -> str:
    """How opening an identity stands, in one sentence."""
    if not standing.asked or standing.until is None:
        return gettext("Đang niêm phong, chưa ai đề nghị mở.")
    until = vn_datetime(standing.until)
    if standing.waits and standing.agreed:
        return gettext("Một người giữ khóa đã đồng ý, chờ người thứ hai đến %(time)s.", time=until)
    if standing.waits:
        return gettext("Đang chờ hai người giữ khóa, đến %(time)s.", time=until)
    if standing.open and standing.mine:
        return gettext("Đã mở cho đồng chí xem đến %(time)s.", time=until)
    if standing.open:
        reader = comrade(standing.reader)
        return gettext("Đã mở cho %(reader)s xem đến %(time)s.", reader=reader, time=until)
    return _ended(standing)


def ask_why(case_id: int, submission_id: int, room: Room, draw: Draw) -> Response:
    """Show how it stands and, where nobody is being asked, for whom and why it is to be opened."""
    work = open_work(case_id, room, there=lambda found: _has(found, submission_id))
    form = _offered(AskToOpenForm(formdata=None, reader=str(work.here.person.account_id)), work)
    return _page(work, submission_id, form, draw)


def ask(case_id: int, submission_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Put the question before the custodians."""
    work = open_work(case_id, room, there=lambda found: _has(found, submission_id))
    form = _offered(typed(AskToOpenForm), work)
    if not form.validate():
        return _page(work, submission_id, form, draw, status=422)
    if not _attempt(form, work, submission_id):
        return _page(reopen(work), submission_id, form, draw, status=422)
    return finish(work, gettext("Đã gửi đề nghị cho những người giữ khóa."))


def read(case_id: int, submission_id: int, room: Room, draw: Draw) -> AnyResponse:
    """Show who wrote to the one reader for whom it is open, and write down that they looked."""
    work = open_work(case_id, room, there=lambda found: _is_mine(found, submission_id))
    told = reading.read(
        work.session,
        office=work.office,
        case=work.case,
        by=work.here.person,
        submission_id=submission_id,
    )
    until = vn_datetime(_standing(work, submission_id).until or work.office.at)
    page = draw(work, "identified", told={"particulars": told, "until": until})
    work.session.commit()
    return page


def _attempt(form: AskToOpenForm, work: Work, submission_id: int) -> bool:
    """Ask, and tell whether that was done; what is refused is put beside its field."""
    try:
        asking.ask_to_open(
            work.session,
            **work.tools,
            relation=work.relation,
            submission_id=submission_id,
            reader_id=form.reader_id,
            reason=form.note.data,
        )
    except NamesSomebody as error:
        form.note.errors = [without_names(error)]
    except TellsMembership as error:
        form.note.errors = [without_membership(error)]
    except TellsOutcome as error:
        form.note.errors = [without_outcome(error)]
    except asking.NoReader:
        form.reader.errors = [gettext("Người này không xem được hồ sơ. Xin chọn người khác.")]
    except asking.AlreadyAsked:
        form.refuse(gettext("Việc này đã có người đề nghị. Xin chờ người giữ khóa trả lời."))
    except asking.TooFewCustodians:
        form.refuse(
            gettext("Chưa đủ hai người giữ khóa được xem xét hồ sơ này, nên không mở được.")
        )
    else:
        return True
    return False


def _offered(form: AskToOpenForm, work: Work) -> AskToOpenForm:
    """The form with everybody who may be the reader."""
    form.offer(asking.readers_for(work.session, office=work.office, case=work.case))
    return form


def _page(
    work: Work, submission_id: int, form: AskToOpenForm, draw: Draw, *, status: int = 200
) -> Response:
    """How it stands, with the form."""
    standing = _standing(work, submission_id)
    told = {
        "standing": standing,
        "stands": words_of(standing),
        "letter": reference_of(submission_id),
    }
    return draw(work, "identity", status=status, form=form, told=told)


def _standing(work: Work, submission_id: int) -> Standing:
    """How opening one identity stands. Raises NoIdentity."""
    return find_standing(
        work.session,
        office=work.office,
        case=work.case,
        by=work.here.person,
        relation=work.relation,
        submission_id=submission_id,
    )


def _has(work: Work, submission_id: int) -> bool:
    """Whether there is such an identity for whoever asks."""
    try:
        return bool(_standing(work, submission_id).submission_id)
    except NoIdentity:
        return False


def _is_mine(work: Work, submission_id: int) -> bool:
    """Whether it is open to whoever asks."""
    try:
        standing = _standing(work, submission_id)
    except NoIdentity:
        return False
    return standing.open and standing.mine


def _ended(standing: Standing) -> str:
    """What became of the newest request."""
    if standing.outcome is IdentityOutcome.REFUSED:
        return gettext("Người giữ khóa không đồng ý mở lần trước.")
    if standing.outcome is IdentityOutcome.OPENED:
        return gettext("Đã mở cho %(reader)s, nay hết giờ xem.", reader=comrade(standing.reader))
    return gettext("Lần đề nghị trước đã hết thời gian chờ.")
