"""Files before a committee: opening what it may have, and keeping one with something it did."""

from __future__ import annotations

from typing import cast

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.files import deeds_of, keep_file
from moderation.forms.files import KeepFileForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.downloading import hand_out
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.workflow import Action, NotAvailable
from portal.files.arriving import Upload, takes_file
from portal.files.attaching import TooMany, is_sent
from portal.files.taking import Twice, take_in
from portal.files.telling import NOT_KEPT, Fault, fault_of
from portal.holding import held
from portal.models.case import Room
from portal.text import vn_date


@bp.post(f"/{CASE_ID}/file")
def download(case_id: int) -> Response:
    """Hand out a file, written down."""
    work = open_work(case_id, Room.COMMITTEE)
    response = hand_out(work)
    work.session.commit()
    return response


@bp.get(f"/{CASE_ID}/keep-file")
def keeping(case_id: int) -> Response:
    """Ask for a file, and with which deed it belongs."""
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    return draw(work, "keep_file", form=_with_deeds(KeepFileForm(formdata=None), work))


@bp.post(f"/{CASE_ID}/keep-file")
@takes_file
def keep(case_id: int) -> AnyResponse:
    """Keep a file with something that was done."""
    form = typed(KeepFileForm)
    work = open_work(case_id, Room.COMMITTEE, Action.FOLLOW_UP)
    if not _with_deeds(form, work).validate():
        return draw(work, "keep_file", status=422, form=form)
    fault = _take(work, int(form.deed.data))
    if fault is not None:
        again = reopen(work)
        return draw(again, "keep_file", status=fault.status, form=form, file_fault=fault.sentence)
    return finish(work, gettext("Đã lưu tệp. Người gửi không xem được tệp này."))


def _with_deeds(form: KeepFileForm, work: Work) -> KeepFileForm:
    """Let a form offer what this committee has done. Raises NotAvailable where it is nothing."""
    deeds = deeds_of(work.session, case=work.case)
    if not deeds:
        raise NotAvailable(Action.FOLLOW_UP)
    form.deed.answers = {
        str(deed.id): f"{deed.kind.label} ({vn_date(deed.done_on)})" for deed in deeds
    }
    return form


def _take(work: Work, follow_up_id: int) -> Fault | None:
    """Take the file of this request in; or say why it is not kept."""
    store, session = held().files, work.session
    try:
        sealed = take_in(
            store,
            upload=cast(Upload | None, request.files.get("file")),
            key=work.keys.internal,
            is_there=lambda mark: is_sent(session, mark=mark),
            before_cleaning=session.rollback,
        )
        try:
            keep_file(session, **work.tools, follow_up_id=follow_up_id, sealed=sealed)
        except (NotAvailable, TooMany, Twice):
            store.drop([sealed.uid.hex()])
            raise
    except NOT_KEPT as error:
        return fault_of(error)
    return None
