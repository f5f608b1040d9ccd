"""Offering texts to begin with, on the pages where somebody writes to a resident.

A text is chosen by a link, so that it works without a script; it is filled in and may be changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from moderation.reading.waiting import running_clocks
from moderation.replying import Reply, fill, offered
from moderation.views.opening import Work
from portal.clock import local_date
from portal.deadlines import due
from portal.holding import held
from portal.models import Organisation
from portal.models.submission import reference_of
from portal.text import vn_date
from portal.vocabulary import Occasion

#: By which word of the address a text is chosen.
_CHOSEN = "template"


@dataclass(frozen=True)
class Beginning:
    """The texts that are offered, and the one that was chosen, filled in."""

    links: tuple[tuple[str, str, bool], ...]
    text: str = ""
    detail: str = ""

    def told(self) -> dict[str, object]:
        """What the template needs."""
        return {"replies": self.links}


def begin(work: Work, occasion: Occasion, *, details: Collection[str] = ()) -> Beginning:
    """Offer the texts for an occasion on a page of this case.

    Of the texts with a detail only those with one of ``details``, if any are given; where only one
    text is left, the page begins with it.
    """
    found = offered(work.session, occasion=occasion, status=work.case.status.value)
    if details:
        found = [each for each in found if each.detail in {"", *details}]
    name = request.args.get(_CHOSEN, "")
    only = details and len(found) == 1
    chosen = next((each for each in found if only or each.name == name), None)
    links = tuple((str(each.title), _address(work, each), each is chosen) for each in found)
    if chosen is None:
        return Beginning(links)
    return Beginning(links, fill(chosen.text, _facts(work, occasion)), chosen.detail)


def _address(work: Work, reply: Reply) -> str:
    """This very page with a text in it."""
    values: dict[str, Any] = {_CHOSEN: reply.name}
    return url_for(request.endpoint or "", case_id=work.case.id, **values)


def _facts(work: Work, occasion: Occasion) -> dict[str, str]:
    """What is filled in, as the writer may read it: a level of an organisation and never a name."""
    case = work.case
    handler = work.session.get(Organisation, case.handler_id) if case.handler_id else None
    return {
        "so_ho_so": reference_of(case.id),
        "ngay_nhan": vn_date(local_date(case.arrived_at)),
        "han": _date(work, occasion),
        "noi": str(handler.kind.label) if handler else "",
        "dien_thoai": held().settings.telephone,
    }


def _date(work: Work, occasion: Occasion) -> str:
    """Until when an answer is awaited, or when what runs is due: the result before all else.

    Nothing is promised for a day that has passed.
    """
    office = work.office
    if occasion is Occasion.ASK:
        days = office.targets["need_info"].working_days
        return vn_date(local_date(due(office.at, days, office.calendar)))
    clocks = {c.stage: c.due_at for c in running_clocks(work.session, case_id=work.case.id)}
    wanted = clocks.get("hold") or clocks.get("result") or next(iter(clocks.values()), None)
    return vn_date(local_date(wanted)) if wanted and wanted > office.at else ""
