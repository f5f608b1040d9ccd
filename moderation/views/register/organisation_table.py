"""The deeds on an organisation: of each its words, its form, and the verb it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.forms import organisations as forms
from moderation.forms.registering import RegisterForm, on_day
from moderation.registering import calling_off, changing, founding, joining, tree
from moderation.registering.outcomes import Outcome
from moderation.registering.scope import find_organisation
from moderation.views.here import Here
from portal.models import Organisation
from portal.text import fold, vn_date

Form = Any
#: The beginnings of names that short names go without, folded.
_KINDS = frozenset({"chi bo", "dang bo", "dang uy"})


@dataclass(frozen=True)
class Deed:
    """One deed: its words, its form, and what it does when the form was checked."""

    name: str
    title: Any
    line: Any
    form: type[RegisterForm]
    do: Callable[[Here, dict[str, Any], Form], Outcome]
    #: Whether the register must be kept above the organisation, not merely there.
    from_above: bool = True

    def opened(self, row: Organisation) -> Form:
        """The form as it opens."""
        named = self.name == "rename"
        known = {"name": row.name, "short_name": row.short_name} if named else {}
        return self.form(formdata=None, data=known)


def short_name(name: str) -> str:
    """A full name without its first two words where they say what kind of organisation it is."""
    words = name.split()
    if len(words) < 3 or fold(" ".join(words[:2])) not in _KINDS:
        return name
    rest = " ".join(words[2:])
    return rest[0].upper() + rest[1:]


def assigned(kind: str) -> dict[int, int]:
    """To which part each member or organisation was given, of those that the form names."""
    found = {}
    for name, value in request.form.items():
        number = name.removeprefix(f"{kind}-")
        if number != name and number.isdecimal() and value.isdecimal():
            found[int(number[:18])] = int(value[:2])
    return found


def _found(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    wanted = founding.Founded(form.kind.word, form.unit, form.name.data, form.short_name.data)
    number = entry["organisation_id"]
    return founding.found(
        here.session, **here.tools, organisation_id=number, wanted=wanted, on=on_day(form)
    )


def _rename(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    names = {"name": form.name.data, "short_name": form.short_name.data}
    return changing.rename(here.session, **here.tools, **entry, **names, on=on_day(form))


def _move(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    parent = int(form.place.data)
    return changing.move(here.session, **here.tools, **entry, parent_id=parent, on=on_day(form))


def _merge(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    return joining.merge(
        here.session,
        **here.tools,
        **entry,
        others=form.others.numbers,
        name=form.name.data,
        short_name=form.short_name.data or short_name(form.name.data),
        on=on_day(form),
    )


def _split(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    return joining.split(
        here.session,
        **here.tools,
        **entry,
        parts=[(name, short_name(name)) for name in form.parts],
        members=assigned("member"),
        below=assigned("unit"),
        on=on_day(form),
    )


def _end(here: Here, entry: dict[str, Any], form: Form) -> Outcome:
    return founding.end(here.session, **here.tools, **entry, last=on_day(form))


def _drop(here: Here, entry: dict[str, Any], _form: Form) -> Outcome:
    row = find_organisation(here.session, by=here.person, organisation_id=entry["organisation_id"])
    drop = changing.drop_plan if row.valid_to is None else calling_off.call_off
    return drop(here.session, **here.tools, **entry)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            *("found", _("Lập tổ chức trực thuộc")),
            _("Tổ chức mới chưa có tài khoản. Quản trị giao vai trò sau."),
            *(forms.FoundForm, _found),
            from_above=False,
        ),
        Deed(
            *("rename", _("Đổi tên")),
            _("Tên cũ vẫn còn trong danh sách. Ghi tên xã, phường cũ vẫn tìm ra nơi này."),
            *(forms.RenameForm, _rename),
        ),
        Deed(
            *("move", _("Chuyển sang cấp trên khác")),
            _("Mọi tổ chức bên dưới chuyển theo. Cấp trên mới theo dõi hồ sơ ở đây."),
            *(forms.MoveForm, _move),
        ),
        Deed(
            *("merge", _("Hợp nhất")),
            _("Đảng viên chuyển sang nơi mới. Chức vụ, vai trò ở nơi kết thúc cũng kết thúc."),
            *(forms.MergeForm, _merge),
        ),
        Deed(
            *("split", _("Chia tách")),
            _("Tổ chức này kết thúc. Đảng viên được ghi vào từng tổ chức mới."),
            *(forms.SplitForm, _split),
        ),
        Deed(
            *("end", _("Kết thúc tổ chức")),
            _("Chỉ kết thúc được khi không còn đảng viên và tổ chức bên dưới."),
            *(forms.EndForm, _end),
        ),
        Deed(
            *("drop", _("Bỏ thay đổi đã định")),
            _("Tổ chức được giữ nguyên như hiện nay."),
            *(forms.DropForm, _drop),
        ),
    )
}


def asked_for(session: Session, form: Form) -> list[str]:
    """What is to become of an organisation, as it was answered: a new name, a place, with whom."""
    said, on = [], on_day(form)
    if isinstance(form, forms.MoveForm):
        above = tree.units_on(session, ids=[int(form.place.data)], on=on)
        said += [gettext("Cấp trên mới: %(name)s.", name=unit.name) for unit in above]
    if isinstance(form, forms.MergeForm):
        others = session.scalars(
            select(Organisation.name)
            .where(Organisation.id.in_(form.others.numbers))
            .order_by(Organisation.placed)
        )
        said.append(gettext("Hợp nhất với: %(names)s.", names=", ".join(others)))
    if isinstance(form, forms.RenameForm | forms.MergeForm) and form.name.data:
        short = form.short_name.data or short_name(form.name.data)
        said.append(gettext("Tên mới: %(name)s (%(short)s).", name=form.name.data, short=short))
    return said


def day_text(form: Form) -> str:
    """The day of a form in words."""
    return vn_date(on_day(form)) if "on" in form else ""
