"""Papers on their way to a browser: as downloads that no browser keeps and that can do nothing."""

from __future__ import annotations

from dataclasses import replace

from flask import Response
from markupsafe import Markup

from portal.drawn import draw_piece
from portal.holding import held
from portal.i18n import gettext, speaking
from portal.printing.sheets import Sheet
from portal.printing.starting import print_sheet
from portal.printing.wording import Typed, petition
from portal.security import SANDBOX


def hand_out_paper(sheet: Sheet, name: str) -> Response:
    """The paper, under a name of our own. Raises NotPrinted."""
    return hand_out_pdf(print_sheet(marked(sheet)), name)


def marked(sheet: Sheet) -> Sheet:
    """The paper; where the portal holds invented data every page of it says so."""
    if not held().installation.current().sample:
        return sheet
    with speaking(sheet.language):
        return replace(sheet, mark=gettext("DỮ LIỆU MẪU"))


def hand_out_pdf(made: bytes, name: str) -> Response:
    """A paper that was drawn, under a name of our own."""
    response = Response(made, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def petition_sheet(typed: Typed) -> Markup:
    """The petition for a page to be printed, in the language of the office that it goes to."""
    return draw_piece("macros/petition.html", "sheet", petition(typed))
