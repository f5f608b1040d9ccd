"""What a writer takes along from the page of their letter. Names of files tell nothing.

A paper lies on the machine until somebody deletes it, so a shared machine gets none.
"""

from __future__ import annotations

from flask import Response

from portal.holding import held
from portal.i18n import gettext
from portal.jsontext import as_json
from portal.printing.starting import NotPrinted
from portal.printing.wording import answer_of_writer
from portal.security.shared import is_shared
from portal.tracking import certify
from portal.unit import reading_connection
from portal.views.papers import hand_out_paper
from portal.views.track_pages import CoursePage

_CERTIFICATE = "chung-nhan-so-cai.json"
_ANSWER = "tra-loi"


def certificate(page: CoursePage) -> Response:
    """Hand out the proof of one's own steps as a file to keep: it holds the answer too."""
    if is_shared():
        return page.look()
    found = certify(reading_connection(), ring=held().ring, tracked=page.tracked)
    response = Response(as_json(found), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=_CERTIFICATE)
    return response


def answer(page: CoursePage) -> Response:
    """Hand out the answer as a paper to keep; where there is none to take, the page."""
    given = page.given()
    if given is None or is_shared():
        return page.look()
    try:
        return hand_out_paper(answer_of_writer(given, place=held().settings.place), _ANSWER)
    except NotPrinted:
        sentence = gettext("Cổng chưa tạo được bản PDF. Xin thử lại sau ít phút.")
        return page.show(notice=("wait", sentence), status=503)
