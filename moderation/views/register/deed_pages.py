"""The pages of a deed on a member: its form with the places that fit, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext

from moderation.forms import registering as forms
from moderation.forms.registering import on_day
from moderation.registering import entering, reading, tree
from moderation.registering.checks import ENDS
from moderation.registering.entries import own_row
from moderation.registering.reading import home_of
from moderation.registering.rows import Refused
from moderation.registering.scope import inside
from moderation.views.here import here
from moderation.views.register.choices import around, beside, offer
from moderation.views.register.deed_table import Deed, Form
from moderation.views.register.room import draw
from portal.db import LARGEST_ID
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.text import vn_date
from portal.vocabulary import CELLS, MembershipKind

#: What a page that asks once more writes itself.
_NOT_KEPT = frozenset({"csrf_token", "confirm"})


@dataclass(frozen=True)
class Asked:
    """A deed on one member, and on one of their entries, as a page had them."""

    deed: Deed
    member: Member
    version: int
    row: int | None

    @property
    def entry(self) -> dict[str, Any]:
        """What every verb is told of it."""
        row = {} if self.row is None else {"row": min(self.row, LARGEST_ID)}
        return {"member_id": self.member.id, "seen": self.version, **row}

    def again(self, form: Form, hints: dict[str, str], error: Exception) -> Response:
        """The form once more, with what is wrong."""
        here().session.rollback()
        if isinstance(error, Refused):
            form.show(error.problems)
        else:
            form.name.errors = [*form.name.errors, twin_sentence()]
        return self.page(form, hints, status=422, twins=isinstance(error, entering.Twins))

    def page(
        self, form: Form, hints: dict[str, str], *, status: int = 200, twins: bool = False
    ) -> Response:
        """The page of the form."""
        said = [self.deed.line] if self.deed.line else []
        return draw(
            "form",
            status=status,
            form=form,
            title=self.deed.title,
            verb=self.deed.verb,
            back=url_for("register.member", member=self.member.id),
            who=f"{self.member.name}, {self.member.birth_year}",
            lines=[*self._about(), *said],
            version=self.version,
            hints=hints,
            twins=twins or bool("twin" in form and form.twin.data),
        )

    def ending(self, form: Form) -> list[str] | None:
        """What ends with the membership by this form, in words; None where it does not end."""
        if not isinstance(form, forms.StandingForm) or form.status.word not in ENDS:
            return None
        facts, on = reading.facts_of(here().session, member=self.member), on_day(form)
        return [
            f"{fact.words or fact.what.label}: {facts.places[fact.organisation_id or 0]}"
            for fact in (*facts.posts, *facts.cells)
            if not fact.struck and (fact.until is None or fact.until >= on)
        ]

    def preview(self, form: Form, ends: list[str]) -> Response:
        """What would end, after everything was taken back."""
        here().session.rollback()
        return draw(
            "ending",
            title=form.status.word.label,
            verb=self.deed.verb,
            back=url_for("register.member", member=self.member.id),
            who=f"{self.member.name}, {self.member.birth_year}",
            ends=ends,
            day=vn_date(on_day(form)),
            kept=[(name, value) for name, value in request.form.items() if name not in _NOT_KEPT],
        )

    def _about(self) -> list[str]:
        """Which entry it is about. Raises NotYours for one of somebody else."""
        if self.deed.table is None or self.row is None:
            return []
        session, row = here().session, min(self.row, LARGEST_ID)
        entry = own_row(session, self.deed.table, row=row, member=self.member)
        place = (
            ""
            if isinstance(entry, Standing)
            else session.get_one(Organisation, entry.organisation_id).name
        )
        return [_entry_line(entry, place)]


def offer_places(form: Form, member: Member) -> dict[str, str]:
    """Let the form offer the places that fit its deed; return a second line for each."""
    found = here()
    session, today, by = found.session, found.office.today, found.person
    home = home_of(session, member_id=member.id)
    if home is None or "place" not in form:
        return {}
    if isinstance(form, forms.LevelForm):
        unit = tree.unit_on(session, organisation_id=home.id, on=today)
        above = tree.line_on(session, unit=unit, on=today) if unit else []
        form.place.answers = {"none": gettext("Cấp cơ sở, như mọi đảng viên")} | {
            str(one.id): one.name for one in above if one.kind not in CELLS
        }
        return {}
    among = inside(by)
    if isinstance(form, forms.PostForm):
        near = around(session, organisation=home, on=today)
        return offer(form.place, session, near=near, words=form.q.data, among=among, on=today)
    near = beside(session, organisation=home, on=today, kinds=CELLS)
    own = form.kind.data == MembershipKind.HOME
    return offer(
        form.place,
        session,
        near=near,
        words=form.q.data,
        among=among if own else None,
        on=today,
        kinds=CELLS,
    )


def twin_sentence() -> str:
    """What is said where somebody of that name and year is there already."""
    return gettext("Đã có người trùng họ tên và năm sinh. Nếu là người khác, xin đánh dấu ở dưới.")


def _entry_line(entry: Membership | Standing | Post, place: str) -> str:
    """An entry in words, with its first day."""
    if isinstance(entry, Post):
        what = entry.words or str(entry.title.label)
    else:
        what = str((entry.status if isinstance(entry, Standing) else entry.kind).label)
    said = f"{what}: {place}" if place else what
    return gettext("%(what)s, từ %(day)s", what=said, day=vn_date(entry.valid_from))
