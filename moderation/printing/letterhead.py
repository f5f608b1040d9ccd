"""Whose letter it is: the organisation, the one above it, and the place that both write from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.models import Organisation
from portal.vocabulary import OrganisationKind

#: On whose behalf a letter is signed, by the kind of organisation.
_SIGNS = {
    OrganisationKind.CENTRAL: _("T/M cấp ủy"),
    OrganisationKind.PROVINCE: _("T/M Tỉnh ủy"),
    OrganisationKind.WARD_COMMUNE: _("T/M Đảng ủy"),
    OrganisationKind.GRASSROOTS_COMMITTEE: _("T/M Đảng ủy"),
    OrganisationKind.GRASSROOTS_CELL: _("T/M chi bộ"),
    OrganisationKind.SECTION_COMMITTEE: _("T/M Đảng ủy"),
    OrganisationKind.CELL: _("T/M chi bộ"),
    OrganisationKind.COMMISSION: _("T/M Ủy ban kiểm tra"),
}
#: From where a letter is written: the commune or ward, else the province.
_PLACES = (OrganisationKind.WARD_COMMUNE, OrganisationKind.PROVINCE)


@dataclass(frozen=True)
class Letterhead:
    """An organisation as its letters begin and end."""

    name: str
    left: tuple[str, ...]
    place: str
    signed: tuple[str, ...]


def letterhead(session: Session, *, organisation_id: int | None) -> Letterhead:
    """How letters of an organisation begin, in two statements."""
    own = session.get_one(Organisation, organisation_id)
    ids = [int(each) for each in own.path.split(".") if each]
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    line = sorted(rows, key=lambda each: len(each.path), reverse=True)
    places = [each.short_name for kind in _PLACES for each in line if each.kind is kind]
    above = [each.name for each in line if each.id == own.parent_id]
    return Letterhead(
        name=own.name,
        left=(*above, own.name),
        place=places[0] if places else own.short_name,
        signed=(str(_SIGNS[own.kind]), gettext("(ký, ghi rõ họ tên)")),
    )
