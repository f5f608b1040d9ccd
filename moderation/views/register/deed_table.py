"""The deeds on a member: of each its words, its form, and the verb it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from moderation.forms import registering as forms
from moderation.forms.registering import RegisterForm, on_day
from moderation.registering import entering, members
from portal.models import Member, Membership, Post, Standing

Form = Any


@dataclass(frozen=True)
class Deed:
    """One deed: its words, its form, and the verb that is called with what the form says."""

    title: Any
    verb: Any
    form: type[RegisterForm]
    do: Callable[..., Member]
    says: Callable[[Form], dict[str, Any]]
    line: Any = ""
    #: Whether it decides who sits where: who one is is proven afresh, as for organisations.
    proves: bool = False
    #: The table of the entry that it is about, if it is about one.
    table: type[Membership] | type[Standing] | type[Post] | None = None


def _days(form: Form) -> dict[str, Any]:
    return {"on": on_day(form), "until": form.until.day}


def _person(form: Form) -> dict[str, Any]:
    twin = form.twin.data
    return {"name": form.name.data, "birth_year": form.birth_year.year, "twin": twin}


DEEDS = {
    "correct": Deed(
        _("Sửa họ tên, năm sinh"),
        _("Lưu họ tên, năm sinh"),
        *(forms.CorrectForm, entering.correct, _person),
        _("Chỉ sửa khi trước đây ghi sai. Việc sửa được ghi vào nhật ký."),
    ),
    "cell": Deed(
        _("Ghi nơi sinh hoạt"),
        _("Lưu nơi sinh hoạt"),
        *(forms.CellForm, members.place),
        lambda form: {
            "kind": form.kind.word,
            "organisation_id": form.place_id,
            **_days(form),
        },
        _("Nơi cũ cùng loại kết thúc vào ngày trước đó và vẫn còn trong danh sách."),
    ),
    "standing": Deed(
        _("Ghi tình trạng mới"),
        _("Lưu tình trạng"),
        *(forms.StandingForm, members.set_standing),
        lambda form: {"status": form.status.word, **_days(form)},
        _("Khi thôi là đảng viên, nơi sinh hoạt và chức vụ cũng kết thúc."),
        proves=True,
    ),
    "post": Deed(
        _("Ghi chức vụ"),
        _("Lưu chức vụ"),
        *(forms.PostForm, members.give_post),
        lambda form: {
            "title": form.title.word,
            "words": form.words.data,
            "organisation_id": form.place_id,
            **_days(form),
        },
        _("Chức vụ trong cấp ủy quyết định ai không được xem hồ sơ nào."),
        proves=True,
    ),
    "level": Deed(
        _("Cấp quản lý"),
        _("Lưu cấp quản lý"),
        *(forms.LevelForm, members.set_level),
        lambda form: {"organisation_id": form.place_id},
        _("Ý kiến về người do cấp trên quản lý được chuyển lên ủy ban kiểm tra cấp đó."),
    ),
}
ROW_DEEDS = {
    "end-cell": Deed(
        _("Ghi ngày thôi sinh hoạt ở đây"),
        _("Lưu ngày cuối cùng"),
        *(forms.EndForm, members.leave, lambda form: {"on": on_day(form)}),
        table=Membership,
    ),
    "end-post": Deed(
        _("Ghi ngày thôi chức vụ"),
        _("Lưu ngày cuối cùng"),
        *(forms.EndForm, members.take_post, lambda form: {"on": on_day(form)}),
        proves=True,
        table=Post,
    ),
    **{
        f"strike-{name}": Deed(
            _("Bỏ mục ghi sai"),
            _("Bỏ mục này"),
            *(forms.StrikeForm, members.strike_entry, lambda _form, table=table: {"table": table}),
            _("Mục này vẫn hiện trong danh sách, nhưng không có hiệu lực ngày nào."),
            table is not Membership,
            table,
        )
        for name, table in (("cell", Membership), ("standing", Standing), ("post", Post))
    },
}
