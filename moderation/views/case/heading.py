"""The head of a case on the desk: its tags, and the four boxes below them."""

from __future__ import annotations

from flask_babel import gettext

from moderation.reading import CasePage
from moderation.views.boxes import Box, clock_boxes, day_box, hour_of, is_late
from moderation.views.opening import Work
from moderation.views.wording import comrade, pressure, time_left
from portal.clock import local_date
from portal.deadlines import remaining
from portal.vocabulary import Status

#: Until it is passed on, somebody at the desk holds a case; afterwards an organisation does.
_AT_THE_DESK = frozenset({Status.RECEIVED, Status.SCREENING, Status.NEED_INFO, Status.ELIGIBLE})


def boxes_of(dossier: CasePage, work: Work) -> list[Box]:
    """By when, twice; what it is; who has it."""
    clocks = clock_boxes(dossier.clocks[:2], office=work.office)
    arrived = local_date(work.case.arrived_at)
    spare = [day_box(gettext("Ngày nhận"), arrived)]
    if work.case.finished_at is not None:
        spare = [day_box(gettext("Ngày kết thúc"), local_date(work.case.finished_at)), *spare]
    elif not clocks:
        spare = [Box(gettext("Hạn"), gettext("Không có hạn")), *spare]
    return [*[*clocks, *spare][:2], _kind_box(dossier), _holder_box(dossier, work)]


def tags_of(dossier: CasePage, work: Work) -> dict[str, str]:
    """The words of the tags: the status, what waits for a second person, how late it is."""
    case = work.case
    waits = gettext("Chờ người thứ hai") if dossier.proposal is not None else ""
    late = [clock for clock in dossier.clocks if is_late(clock, work.office)]
    left = remaining(late[0].due_at, work.office.at, work.office.calendar) if late else None
    return {
        "status": case.status.value,
        "label": str(case.status.staff_label),
        "waits": waits,
        "late": time_left(left) if left else "",
        "pressed": pressure(case.mark),
    }


def _kind_box(dossier: CasePage) -> Box:
    """What kind of comment it is, and which side of the member's life it touches."""
    case = dossier.case
    letter = dossier.letters[0] if dossier.letters else None
    sides = [letter.context, letter.how_known] if letter else []
    return Box(
        gettext("Loại, bối cảnh"),
        str(case.kind.label) if case.kind else gettext("Chưa phân loại"),
        " · ".join(str(side.label) for side in sides if side),
    )


def _holder_box(dossier: CasePage, work: Work) -> Box:
    """Who holds it and until when, or which organisation handles it."""
    case = work.case
    if case.status not in _AT_THE_DESK:
        accepted = dossier.newest("accept")
        who = ""
        if accepted is not None and accepted.organisation_id == case.handler_id:
            who = comrade(accepted.who)
        place = dossier.handler or gettext("Bộ phận tiếp nhận")
        return Box(gettext("Nơi giải quyết"), place, who)
    label = gettext("Người giữ")
    if case.claimant_id is None or case.lease_until is None:
        return Box(label, gettext("Chưa ai giữ"))
    until = gettext("đến %(hour)s, sau đó về hàng chờ", hour=hour_of(case.lease_until))
    if dossier.relation.holds_lease:
        return Box(label, gettext("Đồng chí"), until)
    return Box(label, comrade(dossier.name_of(case.claimant_id)), until)
