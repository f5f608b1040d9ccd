"""Sending a file: from the receipt, while it lasts, or later with the code.

The words are safe before the first file can be sent, and whatever is wrong with a file, the page
that it came from comes back with the code still on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError

from portal.errors import UNREACHABLE, report_unreachable
from portal.files.arriving import Upload, takes_file
from portal.files.attaching import TooMany, attach, check_room, is_sent, sent_files
from portal.files.storing import CannotStore
from portal.files.taking import Twice, take_in
from portal.files.telling import NOT_KEPT, Fault, fault_of
from portal.holding import held
from portal.i18n import gettext
from portal.receiving import AlreadySent, NeverSent, Receipt, repeat
from portal.tracking import CannotAct, Tracked, find
from portal.unit import current_session, reading_connection
from portal.views.send_pages import receipt_page, sent_page
from portal.views.track import open_tracked
from portal.views.track_pages import CoursePage

bp = Blueprint("files", __name__)

_Answer = Callable[[Receipt, Tracked], Response]


@bp.post("/gui-y-kien/tep")
@takes_file
def with_receipt() -> Response:
    """Take a file to the comment that was just sent, and show its receipt again."""
    return _open_receipt(_from_receipt)


@bp.post("/tra-cuu/tep")
@takes_file
def with_code() -> Response:
    """Take a file to the comment that the code opens, and show where it is."""
    return open_tracked(_from_course)


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Keep the code on the page when the token is no good; the file must be chosen again."""
    fault = Fault(gettext("Trang mở đã lâu nên chưa gửi được tệp. Xin chọn lại tệp rồi gửi."), 400)
    if "code" in request.form:
        return open_tracked(lambda page: page.show(file_fault=fault))
    return _open_receipt(lambda receipt, tracked: _receipt(receipt, tracked, fault))


def _open_receipt(then: _Answer) -> Response:
    """Find the comment by the token of its form, as long as its receipt is given."""
    here, session = held(), reading_connection()
    try:
        token = request.form.get("form_token", "")
        receipt = repeat(session, ring=here.ring, token=token, at=here.clock())
    except AlreadySent:
        return sent_page(again=True)
    except NeverSent:
        return make_response(render_template("errors/400.html"), 400)
    tracked = find(session, ring=here.ring, code=receipt.code)
    return then(receipt, tracked) if tracked is not None else sent_page(again=True)


def _from_receipt(receipt: Receipt, tracked: Tracked) -> Response:
    """Take the file, and show the receipt with what was sent or what is wrong."""
    return _receipt(receipt, tracked, _take(tracked))


def _receipt(receipt: Receipt, tracked: Tracked, fault: Fault | None) -> Response:
    """The receipt with the files that came, and what is wrong with the newest."""
    came = tracked if fault is not None else tracked._replace(acted=True)
    files = sent_files(reading_connection(), tracked=came)
    errors = [("file", fault.sentence)] if fault else None
    return receipt_page(receipt, errors, fault.status if fault else 200, files=files)


def _from_course(page: CoursePage) -> Response:
    """Take the file, and show where the letter is."""
    fault = _take(page.tracked)
    if fault is not None:
        return page.show(file_fault=fault)
    page.tracked = page.tracked._replace(acted=True)
    return page.show(notice=("good", gettext("Cổng đã nhận tệp của ông/bà.")))


def _take(tracked: Tracked) -> Fault | None:
    """Take the file of this request and commit; or say why it was not kept."""
    try:
        _take_now(tracked)
    except NOT_KEPT as error:
        return fault_of(error)
    except UNREACHABLE as error:
        report_unreachable(error)
        return fault_of(CannotStore())
    return None


def _take_now(tracked: Tracked) -> None:
    """Look, clean, seal, store, and only then write the row that makes it somebody's."""
    here, looking = held(), reading_connection()
    check_room(looking, tracked=tracked)
    sealed = take_in(
        here.files,
        upload=cast(Upload | None, request.files.get("file")),
        key=tracked.key,
        is_there=lambda mark: is_sent(looking, mark=mark),
        # Nobody must wait for what a file takes: not the disk's log, nor a server's connection.
        before_cleaning=looking.rollback,
    )
    session = current_session()
    try:
        attach(session, tracked=tracked, sealed=sealed, at=here.clock())
    except (CannotAct, TooMany, Twice):
        here.files.drop([sealed.uid.hex()])
        raise
    session.commit()
    # A reader keeps seeing the moment at which it began; now there is something newer.
    looking.rollback()
