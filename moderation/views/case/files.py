"""The files of a case: opening one, and deciding whether the organisation may have it."""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import files
from moderation.attachments import CaseFile, files_for_desk, reader_of
from moderation.files import NoSuchFile
from moderation.forms.files import ReleaseForm
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.downloading import hand_out
from moderation.views.opening import CASE_ID, Work, finish, open_work, typed
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/file")
def download(case_id: int) -> Response:
    """Hand out a file, written down."""
    work = open_work(case_id, Room.DESK)
    response = hand_out(work)
    work.session.commit()
    return response


@bp.get(f"/{CASE_ID}/release-file")
def releasing(case_id: int) -> Response:
    """Ask whether the file was looked at, and shows nothing of its sender."""
    work = open_work(case_id, Room.DESK)
    number = request.args.get("file", type=int)
    return draw(work, "release_file", file=_waiting(work, number), form=ReleaseForm(formdata=None))


@bp.post(f"/{CASE_ID}/release-file")
def release_file(case_id: int) -> AnyResponse:
    """Let the organisation have the file."""
    form = typed(ReleaseForm)
    work = open_work(case_id, Room.DESK)
    number = request.form.get("file", type=int)
    if not form.validate():
        return draw(work, "release_file", status=422, file=_waiting(work, number), form=form)
    files.release_file(work.session, **work.tools, file_id=number)
    return finish(work, gettext("Nơi giải quyết xem được tệp này."))


@bp.post(f"/{CASE_ID}/withhold-file")
def withhold_file(case_id: int) -> AnyResponse:
    """Take the release of a file back."""
    work = open_work(case_id, Room.DESK)
    number = request.form.get("file", type=int)
    files.withhold_file(work.session, **work.tools, file_id=number)
    return finish(work, gettext("Nơi giải quyết không xem được tệp này nữa."))


def _waiting(work: Work, number: int | None) -> CaseFile:
    """The file that is to be released. Raises NoSuchFile where there is nothing to release."""
    case, relation, reader = work.case, work.relation, reader_of(work.case)
    if files.may_release(case, relation):
        listed = files_for_desk(work.session, office=work.office, keys=work.keys, case=case)
        for file in listed:
            if file.id == number and file.submission_id and file.released_to != reader:
                return file
    raise NoSuchFile
