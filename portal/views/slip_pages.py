"""The pages of exchanging a code: asking for it, the new code, and that it was exchanged before."""

from __future__ import annotations

from flask import Response, make_response, render_template

from portal import qr
from portal.security.forgery import csrf_token
from portal.spelling import spell
from portal.text import vn_date
from portal.tracking import Slipped
from portal.vault import Code
from portal.vault.codes import new_token


def slip_page(code: Code, slip: Slipped, *, sentence: str = "", status: int = 200) -> Response:
    """Ask for the exchange; or say that it was done, and what to do if by somebody else."""
    page = render_template(
        "portal/slip.html",
        code=code.symbols,
        token=new_token(),
        csrf=csrf_token(),
        reference=slip.reference,
        exchanged_on=vn_date(slip.exchanged_at) if slip.exchanged_at else "",
        errors=[("", sentence)] if sentence else [],
        nav="track",
    )
    return make_response(page, status)


def new_code_page(slip: Slipped, new: Code) -> Response:
    """The new code, the only time it is shown."""
    spelled = [(group, ", ".join(words)) for group, words in spell(new)]
    page = render_template(
        "portal/new_code.html",
        code=new.symbols,
        groups=[group for group, _words in spelled],
        spelled=spelled,
        picture=qr.draw(new),
        csrf=csrf_token(),
        reference=slip.reference,
        nav="track",
    )
    return make_response(page)
