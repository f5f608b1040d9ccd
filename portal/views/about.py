"""How the portal is used, and how it keeps writers safe."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from portal.bases import printed_for
from portal.drawn import draw_piece
from portal.holding import held
from portal.periods import BACKUP_DAYS, OF_CASES
from portal.printing.wording import Typed
from portal.security import REMEMBERED
from portal.security.forgery import csrf_token
from portal.security.shared import is_shared
from portal.views.papers import petition_sheet
from portal.vocabulary import BasisUse, Matter, RetentionRule

bp = Blueprint("about", __name__)


@bp.get("/huong-dan")
def guide() -> Response:
    """Explain sending, tracking, paper and telephone, and where other matters go."""
    bases = printed_for(held().installation.current().bases, BasisUse.GUIDE)
    return _page("guide", bases=bases)


@bp.get("/mau-don")
def petition() -> Response:
    """A denunciation to print, empty; with ``loai=khieu-nai`` a complaint."""
    complaint = request.args.get("loai") == "khieu-nai"
    matter = Matter.COMPLAINT if complaint else Matter.DENUNCIATION
    chosen = draw_piece("macros/forms.html", "all_hidden", [("kind", matter.value)])
    sheet = petition_sheet(Typed(matter=matter))
    return _page(
        "petition",
        csrf=csrf_token(),
        carried=chosen,
        failed=False,
        back=False,
        shared=is_shared(),
        sheet=sheet,
    )


@bp.get("/rieng-tu")
def privacy() -> Response:
    """Say what is kept and what is not, who reads it, and for how long."""
    periods = held().installation.current().periods
    kept = [(rule.label, periods.words(rule)) for rule in OF_CASES]
    return _page(
        "privacy",
        kept=kept,
        contact=periods.words(RetentionRule.CONTACT),
        journal=periods.words(RetentionRule.JOURNAL),
        backup_days=BACKUP_DAYS,
    )


def _page(name: str, **told: object) -> Response:
    """A page that is the same for everybody."""
    response = make_response(render_template(f"portal/{name}.html", nav=name, **told))
    response.headers["Cache-Control"] = REMEMBERED
    return response
