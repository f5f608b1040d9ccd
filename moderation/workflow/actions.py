"""The words of the workflow: actions, sides, needs and gates."""

from __future__ import annotations

import enum

from flask_babel import lazy_gettext as _

from portal.vocabulary.labelled import Labelled


class Action(Labelled):
    """An action, with the words on its button."""

    CLAIM = "claim", _("Nhận việc")
    RELEASE = "release", _("Trả lại hàng chờ")
    ASK = "ask", _("Hỏi thêm người gửi")
    RESUME = "resume", _("Xem xét tiếp")
    PROPOSE = "propose", _("Đề nghị, chờ người thứ hai")
    OBJECT = "object", _("Không đồng ý đề nghị")
    DECLINE = "decline", _("Không tiếp nhận")
    VERIFY = "verify", _("Xác nhận đủ điều kiện chuyển")
    REFER = "refer", _("Hướng dẫn cơ quan có thẩm quyền")
    RECORD_REPLY = "record_reply", _("Ghi trả lời của cơ quan")
    ROUTE = "route", _("Chuyển tổ chức đảng")
    ACCEPT = "accept", _("Nhận giải quyết")
    RETURN = "return", _("Trả lại bộ phận tiếp nhận")
    ESCALATE = "escalate", _("Giải quyết thay cấp dưới")
    FOLLOW_UP = "follow_up", _("Ghi việc đã làm")
    HOLD = "hold", _("Tạm dừng giải quyết")
    RESUME_WORK = "resume_work", _("Tiếp tục giải quyết")
    EXTEND = "extend", _("Gia hạn")
    REPORT = "report", _("Báo cáo kết quả")
    SEND_BACK = "send_back", _("Gửi lại để làm rõ")
    PUBLISH = "publish", _("Trả lời người gửi")
    CLOSE = "close", _("Kết thúc")
    CONTEST = "contest", _("Đề nghị xem xét lại")
    UPHOLD = "uphold", _("Giữ nguyên kết quả")
    REOPEN = "reopen", _("Cho giải quyết lại")
    RESCREEN = "rescreen", _("Cho xem xét lại từ đầu")
    WITHDRAW = "withdraw", _("Rút ý kiến")
    LEAVE = "leave", _("Rút ý kiến đã chuyển đi")
    KEEP = "keep", _("Giữ hồ sơ để giải quyết tiếp")
    PASS_ADDED = "pass_added", _("Chuyển phần bổ sung")
    REVISE = "revise", _("Soạn lại bản đã chuyển")
    NOTE_ADDED = "note_added", _("Đã đọc phần bổ sung")
    MERGE = "merge", _("Gộp vào hồ sơ khác")
    SPLIT = "split", _("Tách thành hai việc")
    UNMERGE = "unmerge", _("Tách khỏi hồ sơ đã gộp")


class Who(enum.StrEnum):
    """Which side may act."""

    MODERATOR = "moderator"
    COMMITTEE = "committee"
    INSPECTOR = "inspector"
    #: Of the commission that decides what no moderator may: a proposal, or an answer.
    COMMISSION = "commission"
    #: Of the level above that was told that its organisation is late.
    LEVEL_ABOVE = "level_above"
    #: Of the level that decides on what was contested, and had no part in the case before.
    REVIEWER = "reviewer"
    RESIDENT = "resident"
    CLOCK = "clock"


class Need(enum.StrEnum):
    """What must be brought before an action is carried out."""

    REASON = "reason"
    PUBLIC_NOTE = "public_note"
    PROPOSAL = "proposal"
    CHECKLIST = "checklist"
    CLASSIFICATION = "classification"
    SUBJECT = "subject"
    DECLINE_REASON = "decline_reason"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    SHOWN_TEXT = "shown_text"
    PUT_TEXT = "put_text"
    VERSION_REASON = "version_reason"
    ACTION_KIND = "action_kind"
    REVIEW_DATE = "review_date"
    NEW_DATE = "new_date"
    FINDING = "finding"
    STATEMENT = "statement"
    READ_BACK = "read_back"
    OTHER_CASE = "other_case"
    TWO_PARTS = "two_parts"


class Gate(enum.StrEnum):
    """Which rule about people or about the lease stands before an action."""

    NONE = "none"
    #: Nobody else holds the lease, and no proposal waits.
    FREE = "free"
    #: A proposal of somebody else waits, of this very kind; praise needs no proposal.
    SECOND = "second"
    #: A proposal of somebody else waits.
    OBJECTOR = "objector"
    #: The lease is this person's own.
    OWN_LEASE = "own_lease"
    #: Only once in the life of a case.
    ONCE = "once"
    #: Free, and of the level that must give the answer.
    LEVEL = "level"
    #: So late that the level above may take over.
    ABOVE = "above"
    #: An answer was contested: it is handled anew.
    ANSWER = "answer"
    #: It was contested that a case went no further: it is screened anew.
    REFUSAL = "refusal"
    #: The resident added words that no moderator has read yet.
    ADDED = "added"
    #: Nobody who wrote is left in it, and it is not decided yet whether it goes on.
    LEFT = "left"
