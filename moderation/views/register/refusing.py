"""What is said when an entry came too late, or is not this person's to make."""

from __future__ import annotations

from flask import Response, g, request, url_for

from moderation.registering import reading
from moderation.registering.scope import ChangedMeanwhile, OwnInterest
from moderation.views.here import here
from moderation.views.register.room import bp, draw, open_member, open_organisation
from moderation.views.register.tree import DEEDS
from portal.fields import Paragraphs


@bp.errorhandler(ChangedMeanwhile)
def too_late(_error: Exception) -> Response:
    """Show who changed what, and what was typed."""
    found, given = here(), request.view_args or {}
    found.session.rollback()
    if "member" in given:
        member = open_member(given["member"]).member
        changes = reading.changes_of(found.session, member_id=member.id)
        back = url_for("register.member", member=member.id)
    else:
        row = open_organisation(given["organisation_id"])
        changes = reading.changes_at(found.session, organisation_id=row.id, deeds=DEEDS)
        back = url_for("register.organisation", organisation_id=row.id)
    return draw("changed", status=409, changes=changes[:3], back=back, typed=_typed())


@bp.errorhandler(OwnInterest)
def own_interest(_error: Exception) -> Response:
    """Say that another registrar has to make the entry."""
    here().session.rollback()
    return draw("own", status=403)


def _typed() -> list[tuple[str, str]]:
    """What was typed, under the labels it had."""
    return [
        (str(field.label.text), field.data)
        for field in g.get("typed", ())
        if isinstance(field, Paragraphs) and field.data and field.label.text
    ]
