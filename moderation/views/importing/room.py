"""The room of imports: registrars only, and of the imports only one's own."""

from __future__ import annotations

from flask import Blueprint

from moderation.importing.finding import NoSuchImport
from moderation.views.here import need_role, signed_in
from moderation.views.keeping import nothing_there
from portal.vocabulary import Role

bp = Blueprint("importing", __name__, url_prefix="/register/import")
bp.before_request(signed_in)
bp.before_request(need_role(Role.REGISTRAR))
bp.register_error_handler(NoSuchImport, nothing_there)
