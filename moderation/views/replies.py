"""Offering texts to begin with, on the pages where somebody writes to a resident.

A text is chosen with a button of the form itself, so that it works without a script and nothing
that was typed is lost; it is filled in and may be changed. An address may name one, too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import request

from moderation.forms.fields import WordOf
from moderation.reading.waiting import running_clocks
from moderation.replying import fill, offered
from moderation.views.opening import Work
from portal.clock import local_date
from portal.deadlines import due
from portal.fields import Paragraphs
from portal.holding import held
from portal.models import Organisation
from portal.models.submission import reference_of
from portal.text import clean, vn_date
from portal.vocabulary import Occasion

#: By which word of the address or of a form a text is chosen.
_CHOSEN = "template"


@dataclass(frozen=True)
class Beginning:
    """The texts that are offered by name and title, and the one that was chosen, filled in."""

    offers: tuple[tuple[str, str, bool], ...]
    text: str = ""
    detail: str = ""
    #: Each text that is offered, filled in.
    filled: frozenset[str] = frozenset()

    def told(self) -> dict[str, object]:
        """What the template needs."""
        return {"replies": self.offers}

    def put_into(self, text: Paragraphs, detail: WordOf[Any] | None = None) -> None:
        """Fill in what was chosen. What somebody typed stays, and the text stands after it; a text
        that was chosen before and left as it was makes room.
        """
        if not self.text:
            return
        typed = text.data.strip()
        kept = bool(typed) and typed not in self.filled
        if not kept:
            text.data = self.text
        elif clean(self.text) not in typed:
            text.data = f"{typed}\n\n{self.text}"
        if detail is not None and not (kept and detail.data):
            detail.data = self.detail


def begin(work: Work, occasion: Occasion, *, details: Collection[str] = ()) -> Beginning:
    """Offer the texts for an occasion on a page of this case.

    Of the texts with a detail only those with one of ``details``, if any are given; where only one
    text is left, the page begins with it.
    """
    found = offered(work.session, occasion=occasion, status=work.case.status.value)
    if details:
        found = [each for each in found if each.detail in {"", *details}]
    name = request.values.get(_CHOSEN, "")
    only = details and len(found) == 1
    chosen = next((each for each in found if only or each.name == name), None)
    offers = tuple((each.name, str(each.title), each is chosen) for each in found)
    if chosen is None:
        return Beginning(offers)
    facts = _facts(work, occasion)
    filled = frozenset(clean(fill(each.text, facts)).strip() for each in found)
    return Beginning(offers, fill(chosen.text, facts), chosen.detail, filled)


def choosing() -> bool:
    """Whether a form was sent only to choose a text."""
    return request.method == "POST" and _CHOSEN in request.form


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
