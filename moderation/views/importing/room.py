"""The room of imports: registrars only, and of the imports only one's own."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.importing.confirming import NotReady
from moderation.importing.finding import NoSuchImport
from moderation.views.here import need_role, signed_in
from moderation.views.keeping import nothing_there
from portal.vocabulary import Role

bp = Blueprint("importing", __name__, url_prefix="/register/import")
bp.before_request(signed_in)
bp.before_request(need_role(Role.REGISTRAR))
bp.register_error_handler(NoSuchImport, nothing_there)


def _elsewhere(_error: Exception) -> AnyResponse:
    """Lead back to an import that is at another step by now: somebody pressed a button twice."""
    flash(gettext("Tệp này đã sang bước khác. Xin xem lại ở đây."), "wait")
    view = request.view_args or {}
    return redirect(url_for("importing.show", import_id=view.get("import_id", 0)))


bp.register_error_handler(NotReady, _elsewhere)
