"""The words for what stands in the journal."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.auditing import Line, Somebody
from portal.models.administration import RequestKind
from portal.vocabulary import Deed, OrganisationKind, Role

#: What becomes of a request; any other deed about one is what its confirmation has changed.
_ANSWERS = {
    Deed.PROPOSED: _("Đề nghị: %(matter)s"),
    Deed.DECLINED: _("Từ chối đề nghị: %(matter)s"),
    Deed.WITHDRAWN: _("Rút lại đề nghị: %(matter)s"),
}
_CONFIRMED = _("Xác nhận đề nghị: %(matter)s")
_MATTERS = {
    RequestKind.GRANT: _("giao vai trò"),
    RequestKind.RESET_FACTOR: _("đặt lại cách xác nhận thứ hai"),
    RequestKind.UNTIE: _("bỏ quan hệ đã khai"),
    RequestKind.CHANGE_MEMBER: _("đổi đảng viên gắn với tài khoản"),
}


def deed_line(line: Line) -> str:
    """What was done, with the role and the request it was about."""
    if line.matter is not None:
        matter = str(_MATTERS[line.matter])
        return str(_ANSWERS.get(line.deed, _CONFIRMED)) % {"matter": _with_role(matter, line)}
    return _with_role(str(line.deed.label), line)


def doer_of(line: Line) -> Somebody:
    """Who did it; for what nobody signed in did, a word instead of a name."""
    if line.who is not None:
        return line.who
    if line.deed is Deed.REFUSED:
        return Somebody(gettext("Chưa rõ người"), "")
    return Somebody(gettext("Lệnh trên máy chủ"), "")


def _with_role(words: str, line: Line) -> str:
    """These words and the name of the role, where one was given or taken."""
    if line.role is None:
        return words
    inspects = line.role is Role.COMMITTEE and line.place_kind is OrganisationKind.COMMISSION
    label = line.place_kind.label if inspects else line.role.label
    return gettext("%(deed)s (%(role)s)", deed=words, role=label)
