"""Entering something about a member: a form, the verb, and back to the member's page."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.registering.confirmed_results import find_unwritten
from moderation.registering.entering import Twins
from moderation.registering.rows import Refused
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here
from moderation.views.register.deed_pages import Asked, offer_places
from moderation.views.register.deed_table import DEEDS, ROW_DEEDS, Deed, Form
from moderation.views.register.room import MEMBER, bp, open_member
from portal.db import LARGEST_ID
from portal.models import Member
from portal.text import vn_date


@bp.get(f"/{MEMBER}/<deed>")
def asking(member: str, deed: str) -> AnyResponse:
    """Ask what is to be entered."""
    return _asking(member, DEEDS.get(deed))


@bp.post(f"/{MEMBER}/<deed>")
def do(member: str, deed: str) -> AnyResponse:
    """Enter it."""
    return _do(member, DEEDS.get(deed))


@bp.get(f"/{MEMBER}/<deed>/<int:row>")
def asking_row(member: str, deed: str, row: int) -> AnyResponse:
    """Ask when an entry ends, or whether it is taken back."""
    return _asking(member, ROW_DEEDS.get(deed), row)


@bp.post(f"/{MEMBER}/<deed>/<int:row>")
def do_row(member: str, deed: str, row: int) -> AnyResponse:
    """End an entry, or take it back."""
    return _do(member, ROW_DEEDS.get(deed), row)


def _asking(written: str, deed: Deed | None, row: int | None = None) -> AnyResponse:
    """The form, as it opens."""
    seen = open_member(written)
    if deed is None or not seen.managed:
        abort(404)
    if deed.proves and (proof := needs_fresh_proof()):
        return proof
    form = deed.form(formdata=None, data=_known(seen.member))
    asked = Asked(deed, seen.member, seen.member.version, row)
    return asked.page(form, offer_places(form, seen.member))


def _known(member: Member) -> dict[str, Any]:
    """What a form begins with: what the register says or, where the address names a decision of a
    review that it does not say yet, that decision.
    """
    found, number = here(), request.args.get("result", 0, type=int)
    on = found.office.today
    known = {"name": member.name, "birth_year": member.birth_year, "on": vn_date(on)}
    told = number and find_unwritten(
        found.session,
        by=found.person,
        on=on,
        result_id=min(number, LARGEST_ID),
        member_id=member.id,
    )
    if not told or told.status is None:
        return known
    return known | {"status": told.status.value, "on": vn_date(told.decided_on)}


def _do(written: str, deed: Deed | None, row: int | None = None) -> AnyResponse:
    """Check the form, and carry it out."""
    seen = open_member(written)
    if deed is None or not seen.managed:
        abort(404)
    if deed.proves and (proof := needs_fresh_proof()):
        return proof
    form = g.typed = deed.form()
    asked, hints = Asked(deed, seen.member, _version(), row), offer_places(form, seen.member)
    if "find" in request.form or not form.validate():
        return asked.page(form, hints, status=200 if "find" in request.form else 422)
    return _carry_out(asked, form, hints)


def _carry_out(asked: Asked, form: Form, hints: dict[str, str]) -> AnyResponse:
    """Call the verb; what ends a membership is shown first, and done once that is confirmed."""
    found, ends = here(), asked.ending(form)
    try:
        asked.deed.do(found.session, **found.tools, **asked.entry, **asked.deed.says(form))
    except (Refused, Twins) as error:
        return asked.again(form, hints, error)
    if ends is not None and "confirm" not in request.form:
        return asked.preview(form, ends)
    flash(gettext("Đã ghi vào danh sách."), "good")
    found.session.commit()
    return redirect(url_for("register.member", member=asked.member.id))


def _version() -> int:
    """The version that the page had; one that nobody has for anything else."""
    written = request.form.get("version", "")
    return int(written[:9]) if written.isascii() and written.isdigit() else 0
