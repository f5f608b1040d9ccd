"""The sentences of a course: what happened, as the people inside read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask_babel import gettext, ngettext, pgettext
from flask_babel import lazy_gettext as _

from moderation.reading import Step
from portal.models.journal import Actor
from portal.text import vn_date
from portal.vocabulary import ActionKind, DeclineReason, Kind, Sentiment

_KINDS = {kind.value: kind for kind in Kind}
_SENTIMENTS = {sentiment.value: sentiment for sentiment in Sentiment}
_REASONS = {reason.value: reason for reason in DeclineReason}
#: What a stage is called inside a sentence.
STAGES = {
    "screening": _("xem sơ bộ"),
    "pass_on": _("chuyển đi"),
    "confirm": _("xác nhận"),
    "accept": _("nhận giải quyết"),
    "result": _("kết quả"),
    "hold": _("xem lại"),
    "publish": _("trả lời người gửi"),
    "need_info": _("chờ người gửi"),
    "rating": _("chờ đánh giá"),
    "keep": _("quyết định giữ hồ sơ"),
    "review": _("xem xét lại"),
}
_DEEDS = {deed.value: deed for deed in ActionKind}


def sentence_of(step: Step) -> str:
    """What happened in a step, in the language of this request."""
    return _SENTENCES[step.action](step)


def _masked(step: Step) -> str:
    count = int(step.facts.get("masked", "0"))
    if not count:
        return gettext("Máy đã đọc, không phải che gì")
    return str(ngettext("Máy đã che %(num)s chỗ", "Máy đã che %(num)s chỗ", count))


def _released(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Hết giờ giữ, hồ sơ về hàng chờ")
    return pgettext("journal", "Trả lại hàng chờ")


def _classified(step: Step) -> str:
    kind, sentiment = _KINDS[step.facts["kind"]], _SENTIMENTS[step.facts["sentiment"]]
    return gettext("Phân loại: %(kind)s, %(sentiment)s", kind=kind.label, sentiment=sentiment.label)


def _resumed(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Hết hạn chờ bổ sung, xem xét tiếp")
    return gettext("Người gửi đã bổ sung")


def _proposed(step: Step) -> str:
    if step.facts.get("proposal") == "decline":
        return gettext("Đề nghị không tiếp nhận")
    return gettext("Đề nghị: đủ điều kiện chuyển")


def _declined(step: Step) -> str:
    reason = _REASONS[step.facts["reason"]]
    return gettext("Không tiếp nhận: %(reason)s", reason=reason.staff_label)


def _done(step: Step) -> str:
    deed = step.deed or _DEEDS.get(step.facts.get("kind", ""))
    name = deed.label if deed else pgettext("journal", "Ghi việc đã làm")
    return f"{name} ({step.reference})" if step.reference else str(name)


def _work_resumed(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Đến ngày xem lại, tiếp tục giải quyết")
    return pgettext("journal", "Tiếp tục giải quyết")


def _extended(step: Step) -> str:
    day = vn_date(date.fromisoformat(step.facts["due"]))
    return gettext("Gia hạn đến %(day)s", day=day)


def _published(step: Step) -> str:
    if step.finding is None:
        return pgettext("journal", "Trả lời người gửi")
    if "names" in step.facts:
        return gettext("Trả lời người gửi, giữ tên: %(finding)s", finding=step.finding.label)
    return gettext("Trả lời người gửi: %(finding)s", finding=step.finding.label)


def _closed(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Hết hạn đánh giá, hồ sơ kết thúc")
    return gettext("Người gửi đã đánh giá, hồ sơ kết thúc")


def _contested(step: Step) -> str:
    if not step.organisation:
        return gettext("Người gửi đề nghị xem xét lại")
    return gettext("Người gửi đề nghị xem xét lại, %(place)s xem xét", place=step.organisation)


def _withdrawn(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Không ai giữ hồ sơ, hồ sơ kết thúc")
    return gettext("Người gửi rút ý kiến")


def _held_back(step: Step) -> str:
    day = vn_date(date.fromisoformat(step.facts["until"]))
    return gettext("Giữ hồ sơ quá thời hạn, xem lại %(day)s", day=day)


def _reminded(step: Step) -> str:
    stage = STAGES.get(step.facts.get("stage", ""), "")
    return gettext("Quá hạn, đã nhắc %(place)s (%(stage)s)", place=step.organisation, stage=stage)


def _taken_over(step: Step) -> str:
    if step.actor is Actor.CLOCK:
        return gettext("Nơi cũ không còn ai giải quyết, chuyển %(place)s", place=step.organisation)
    return gettext("%(place)s giải quyết thay", place=step.organisation)


def _recounted(step: Step) -> str:
    day = vn_date(date.fromisoformat(step.facts["due"]))
    stage = STAGES.get(step.facts.get("stage", ""), "")
    if "was" in step.facts:
        was = vn_date(date.fromisoformat(step.facts["was"]))
        day = gettext("từ %(was)s sang %(day)s", was=was, day=day)
    return gettext("Hạn mới vì lịch nghỉ thay đổi: %(day)s (%(stage)s)", day=day, stage=stage)


_SENTENCES: dict[str, Callable[[Step], str]] = {
    "receive": lambda step: gettext("Nhập hộ người gửi") if step.who else gettext("Đã tiếp nhận"),
    "exchange": lambda _step: gettext("Mã trên phiếu đã được đổi"),
    "read_out": lambda _step: gettext("Đọc hồ sơ qua điện thoại cho người có mã"),
    "prepare": _masked,
    "set_aside": lambda _step: gettext("Trùng thư đã có, chờ trong nhóm cách ly"),
    "let_through": lambda _step: gettext("Đưa từ nhóm cách ly lên hàng việc"),
    "claim": lambda _step: pgettext("journal", "Nhận việc"),
    "release": _released,
    "classify": _classified,
    "match": lambda _step: pgettext("journal", "Chọn đảng viên được góp ý"),
    "unmask": lambda _step: pgettext("journal", "Xem chỗ đã che"),
    "ask": lambda _step: pgettext("journal", "Hỏi thêm người gửi"),
    "message": lambda _step: gettext("Viết cho người gửi"),
    "desk_remark": lambda _step: gettext("Ghi chú nội bộ"),
    "committee_remark": lambda _step: gettext("Ghi chú nội bộ"),
    "hand_over": lambda step: gettext("Chuyển hồ sơ cho đ/c %(name)s", name=step.to),
    "resume": _resumed,
    "propose": _proposed,
    "object": lambda _step: pgettext("journal", "Không đồng ý đề nghị"),
    "decline": _declined,
    "verify": lambda _step: pgettext("journal", "Đủ điều kiện chuyển"),
    "refer": lambda _step: pgettext("journal", "Hướng dẫn cơ quan có thẩm quyền"),
    "route": lambda step: gettext("Chuyển %(place)s", place=step.organisation),
    "accept": lambda _step: pgettext("journal", "Nhận giải quyết"),
    "raise": lambda step: gettext("Chuyển lên %(place)s", place=step.organisation),
    "return": lambda _step: pgettext("journal", "Trả lại bộ phận tiếp nhận"),
    "remind": _reminded,
    "tell_above": lambda step: gettext("Quá hạn, đã báo %(place)s", place=step.organisation),
    "escalate": _taken_over,
    "pass_desk": lambda step: gettext("Nơi tiếp nhận nay là %(place)s", place=step.organisation),
    "recount": _recounted,
    "follow_up": _done,
    "hold": lambda _step: pgettext("journal", "Tạm dừng"),
    "resume_work": _work_resumed,
    "extend": _extended,
    "report": lambda _step: pgettext("journal", "Báo cáo kết quả"),
    "send_back": lambda _step: pgettext("journal", "Gửi lại để làm rõ"),
    "publish": _published,
    "close": _closed,
    "contest": _contested,
    "uphold": lambda _step: gettext("Xem xét lại: giữ nguyên kết quả"),
    "reopen": lambda step: gettext(
        "Xem xét lại: giải quyết lại, %(place)s", place=step.organisation
    ),
    "rescreen": lambda _step: gettext("Xem xét lại: tiếp nhận xem lại từ đầu"),
    "supply": lambda _step: gettext("Người gửi viết thêm, bộ phận tiếp nhận đọc trước"),
    "attach": lambda _step: gettext("Người gửi thêm tệp, bộ phận tiếp nhận xem trước"),
    "release_file": lambda _step: gettext("Cho nơi giải quyết xem một tệp"),
    "withhold_file": lambda _step: gettext("Thôi cho nơi giải quyết xem một tệp"),
    "keep_file": lambda _step: pgettext("journal", "Lưu tệp cùng việc đã làm"),
    "pass_added": lambda _step: pgettext("journal", "Chuyển phần bổ sung"),
    "record_reply": lambda _step: gettext("Cơ quan có thẩm quyền đã trả lời"),
    "revise": lambda _step: gettext("Soạn lại bản đã chuyển"),
    "note_added": lambda _step: pgettext("journal", "Đã đọc phần bổ sung, không chuyển"),
    "keep": lambda _step: gettext("Giữ hồ sơ để giải quyết tiếp"),
    "leave": lambda _step: gettext("Người gửi rút ý kiến, chờ quyết định giữ hồ sơ"),
    "merge": lambda _step: gettext("Gộp vào hồ sơ khác"),
    "unmerge": lambda _step: gettext("Tách khỏi hồ sơ đã gộp, về hàng chờ"),
    "split": lambda _step: gettext("Tách thư thành hai việc"),
    "take_in": lambda _step: gettext("Gộp một hồ sơ khác vào"),
    "give_back": lambda _step: gettext("Tách ra một hồ sơ đã gộp"),
    "rate": lambda _step: gettext("Một người gửi đã đánh giá, còn chờ người khác"),
    "step_out": lambda _step: gettext("Một người gửi rút ý kiến, hồ sơ vẫn tiếp tục"),
    "withdraw": _withdrawn,
    "hold_back": _held_back,
    "let_go": lambda _step: pgettext("journal", "Thôi giữ hồ sơ quá thời hạn"),
    "identity_asked": lambda _step: gettext("Đề nghị mở danh tính người gửi"),
    "identity_agreed": lambda _step: gettext("Người giữ khóa thứ nhất đồng ý mở danh tính"),
    "identity_refused": lambda _step: gettext("Người giữ khóa không đồng ý mở danh tính"),
    "identity_opened": lambda _step: gettext("Hai người giữ khóa đã mở danh tính người gửi"),
}
