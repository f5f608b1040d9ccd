"""The pages of a deed on an organisation: its form, who goes where, and what would follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy import select

from moderation.forms import organisations as forms
from moderation.forms.registering import on_day
from moderation.registering import joining, reading, tree
from moderation.registering.checks import kinds_below
from moderation.registering.outcomes import Outcome
from moderation.registering.scope import inside
from moderation.registering.winding_up import staying
from moderation.views.here import here
from moderation.views.register.choices import beside, offer
from moderation.views.register.organisation_table import Deed, Form, asked_for, assigned, day_text
from moderation.views.register.room import draw
from portal.models import Member, Organisation
from portal.vocabulary import OrganisationKind

#: What a page has beside its answers, and does not carry on.
_NOT_CARRIED = frozenset({"csrf_token", "confirm", "find", "assign"})


@dataclass(frozen=True)
class PageOf:
    """A deed on one organisation, as a page had it."""

    deed: Deed
    row: Organisation
    version: int

    @property
    def entry(self) -> dict[str, Any]:
        """What every verb is told of it."""
        return {"organisation_id": self.row.id, "seen": self.version}

    def form(self, form: Form, *, status: int = 200) -> Response:
        """The page of the form."""
        hints = fill(form, self.row)
        return self._draw("deed", status=status, form=form, hints=hints, line=self.deed.line)

    def assigning(self, form: Form) -> Response | None:
        """Who goes where in a split, until everybody is given to one of the parts."""
        if not isinstance(form, forms.SplitForm):
            return None
        session, on = here().session, on_day(form)
        cells = staying(session, organisation_id=self.row.id, on=on)
        names = session.execute(
            select(Member.id, Member.name, Member.birth_year).where(
                Member.id.in_({cell.member_id for cell in cells})
            )
        )
        known = {row.id: f"{row.name}, {row.birth_year}" for row in names}
        people = [(f"member-{c.id}", known[c.member_id], str(c.kind.label)) for c in cells]
        units = joining.directly_below(session, organisation_id=self.row.id, on=on)
        below = [(f"unit-{u.id}", u.name, str(u.kind.label)) for u in units]
        given = {**{f"member-{n}": p for n, p in assigned("member").items()}} | {
            f"unit-{n}": p for n, p in assigned("unit").items()
        }
        named = {name for name, _who, _what in (*people, *below)}
        if named <= set(given):
            return None
        asked = "assign" in request.form
        return self._draw(
            "assign",
            status=422 if asked else 200,
            form=form,
            lines=[*people, *below],
            given=given,
            parts=form.parts,
            asked=asked,
            kept=[(key, value) for key, value in carried() if key not in named],
        )

    def preview(self, told: Outcome, form: Form, kept: list[tuple[str, str]]) -> Response:
        """What would follow."""
        session = here().session
        asked = asked_for(session, form) if "on" in form else []
        return self._draw(
            "preview",
            consequences=[*asked, *_consequences(told)],
            moving=reading.movers(session, membership_ids=told.moved),
            under=_under(told, form) if told.under else [],
            kept=kept,
            day=day_text(form),
        )

    def _draw(self, template: str, *, status: int = 200, **told: Any) -> Response:
        return draw(
            template,
            status=status,
            row=self.row,
            title=self.deed.title,
            version=self.version,
            back=url_for("register.organisation", organisation_id=self.row.id),
            **told,
        )


def fill(form: Form, row: Organisation) -> dict[str, str]:
    """Let a form offer the kinds and places that fit; return a second line for each place."""
    found = here()
    session, on = found.session, found.office.today
    if isinstance(form, forms.FoundForm):
        form.kind.offer(kinds_below(row.kind))
    elif isinstance(form, forms.MergeForm):
        units = beside(session, organisation=row, on=on, kinds=(row.kind,))
        form.others.answers = {str(unit.id): unit.name for unit in units if unit.id != row.id}
    elif isinstance(form, forms.MoveForm):
        fitting = [kind for kind in OrganisationKind if row.kind in kinds_below(kind)]
        units = [
            unit
            for unit in tree.named_on(
                session, among=inside(found.person), words="", on=on, kinds=fitting
            )
            if unit.id not in {row.id, row.parent_id}
        ]
        return offer(
            form.place,
            session,
            near=units,
            words=form.q.data,
            among=inside(found.person),
            on=on,
            kinds=fitting,
        )
    return {}


def carried() -> list[tuple[str, str]]:
    """What was answered, as it travels through the next page."""
    return [
        (key, value)
        for key, value in request.form.items(multi=True)
        if key not in _NOT_CARRIED and key != "version"
    ]


def version_sent() -> int:
    """The version that the page had; one that nobody has for anything else."""
    written = request.form.get("version", "")
    return int(written[:9]) if written.isascii() and written.isdigit() else 0


#: What moves and what ends, in words.
_SAID: tuple[tuple[str, Callable[[int], str]], ...] = (
    (
        "members",
        lambda n: ngettext(
            "%(num)s mục sinh hoạt chuyển sang nơi mới.",
            "%(num)s mục sinh hoạt chuyển sang nơi mới.",
            n,
        ),
    ),
    (
        "below",
        lambda n: ngettext(
            "%(num)s tổ chức bên dưới chuyển theo.", "%(num)s tổ chức bên dưới chuyển theo.", n
        ),
    ),
    ("posts", lambda n: ngettext("%(num)s chức vụ kết thúc.", "%(num)s chức vụ kết thúc.", n)),
    (
        "roles",
        lambda n: ngettext(
            "%(num)s vai trò của tài khoản kết thúc.", "%(num)s vai trò của tài khoản kết thúc.", n
        ),
    ),
    (
        "names",
        lambda n: ngettext(
            "%(num)s tên gọi cũ dẫn đến nơi mới.", "%(num)s tên gọi cũ dẫn đến nơi mới.", n
        ),
    ),
    ("refiles", lambda _n: gettext("Hồ sơ đang mở, nếu có, được chuyển theo.")),
)


def _under(told: Outcome, form: Form) -> list[tuple[str, list[str]]]:
    """What stands below which heir from the day of a form on."""
    session, on = here().session, on_day(form)
    units = tree.units_on(session, ids=told.under, on=on)
    heirs = tree.units_on(session, ids={unit.parent_id or 0 for unit in units}, on=on)
    return [(heir.name, [u.name for u in units if u.parent_id == heir.id]) for heir in heirs]


#: What goes on as before, in words.
_KEPT: tuple[tuple[str, Callable[[int], str]], ...] = (
    (
        "members",
        lambda n: ngettext(
            "%(num)s mục sinh hoạt ở lại như trước.", "%(num)s mục sinh hoạt ở lại như trước.", n
        ),
    ),
    (
        "posts",
        lambda n: ngettext(
            "%(num)s chức vụ tiếp tục như trước.", "%(num)s chức vụ tiếp tục như trước.", n
        ),
    ),
    (
        "roles",
        lambda n: ngettext(
            "%(num)s vai trò của tài khoản tiếp tục như trước.",
            "%(num)s vai trò của tài khoản tiếp tục như trước.",
            n,
        ),
    ),
    ("founded", lambda _n: gettext("Tổ chức mới theo thay đổi này không được lập.")),
)


def _consequences(told: Outcome) -> list[str]:
    """What moves and what ends, or goes on after all, in words; nothing that is none."""
    counts = ((getattr(told, name), says) for name, says in (_KEPT if told.back else _SAID))
    said = [says(count) for count, says in counts if count]
    return said or [gettext("Không có gì khác chuyển theo.")]
