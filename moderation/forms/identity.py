"""What is filled in about who wrote, and about the keys of custodians."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from moderation.forms.screening import NOTE_MOST
from moderation.forms.secret import Secret
from moderation.identity.sitting import Holder
from portal.fields import Box, OneOf, Paragraphs, PortalForm
from portal.i18n import gettext
from portal.models import Account

_PASSPHRASE = _("Nhập câu khóa.")


class AskToOpenForm(PortalForm):
    """For whom an identity is to be opened, and why."""

    reader = OneOf(_("Ai sẽ xem?"), answers={}, missing=_("Xin chọn người sẽ xem."))
    note = Paragraphs(
        _("Lý do cần biết người gửi"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do. Người gửi sẽ đọc lý do này."),
        description=_("Người gửi sẽ đọc lý do này trên trang tra cứu. Xin không nêu tên ai."),
    )

    def offer(self, readers: Iterable[Account]) -> None:
        """Let one of these be chosen."""
        self.reader.answers = {"": _("Chưa chọn")} | {str(one.id): one.name for one in readers}

    @property
    def reader_id(self) -> int:
        """Who was chosen."""
        return int(self.reader.data)


class PassphraseForm(PortalForm):
    """The passphrase of a custodian, for one deed."""

    passphrase = Secret(_("Câu khóa của đồng chí"), missing=_PASSPHRASE)


class KeyForm(PortalForm):
    """A new passphrase, twice, and that it was understood what losing it means."""

    passphrase = Secret(
        _("Câu khóa"),
        missing=_PASSPHRASE,
        description=_("Ít nhất 12 ký tự, khác mật khẩu. Năm, sáu từ không liên quan là tốt."),
    )
    again = Secret(_("Nhập lại câu khóa"), missing=_PASSPHRASE)
    understood = Box(
        _("Tôi hiểu: quên câu khóa thì không ai lấy lại được, kể cả người quản trị."),
        missing=_("Xin đọc và đánh dấu ô này trước khi tạo khóa."),
    )


class SittingForm(PortalForm):
    """What two custodians change, and both passphrases."""

    change = OneOf(_("Thay đổi"), answers={}, missing=_("Xin chọn một thay đổi."))
    passphrase = Secret(_("Câu khóa của đồng chí"), missing=_PASSPHRASE)
    other = OneOf(
        _("Người giữ khóa thứ hai đang ngồi cùng"),
        answers={},
        missing=_("Xin chọn người giữ khóa thứ hai."),
    )
    other_passphrase = Secret(
        _("Câu khóa của người thứ hai"),
        missing=_PASSPHRASE,
        description=_("Người thứ hai tự gõ. Đồng chí không nhìn bàn phím."),
    )

    def offer(self, holders: list[Holder], *, own: int) -> None:
        """Let one change be chosen out of those that leave two custodians, and one other person."""
        there = [each for each in holders if each.admitted]
        waiting = [each for each in holders if not each.admitted]
        self.other.answers = {"": _("Chưa chọn")} | {
            str(each.id): each.name for each in there if each.account_id != own
        }
        answers = {f"{new.id}-": gettext("Nhận thêm: %(name)s", name=new.name) for new in waiting}
        answers |= {
            f"{new.id}-{old.id}": gettext("Thay %(old)s bằng %(new)s", old=old.name, new=new.name)
            for new in waiting
            for old in there
        }
        if len(there) > 2:
            answers |= {
                f"-{old.id}": gettext("Cho thôi giữ khóa: %(name)s", name=old.name) for old in there
            }
        self.change.answers = answers

    def changes(self) -> tuple[list[int], list[int]]:
        """Who is admitted and who is retired."""
        new, _dash, old = self.change.data.partition("-")
        return [int(new)] if new else [], [int(old)] if old else []
