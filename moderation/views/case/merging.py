"""Merging cases that are the same matter, saying that they are not, and taking one out again."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import merging, resembling
from moderation.access import NotVisible
from moderation.forms.merging import MergeForm, NumberForm, UnmergeForm
from moderation.listing import read_reference
from moderation.reading.alike import read_alike, read_inside, read_words
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.workflow import Action, NotAvailable
from portal.db import LARGEST_ID
from portal.models.case import Room
from portal.models.submission import reference_of


@bp.get(f"/{CASE_ID}/alike")
def alike(case_id: int) -> Response:
    """Show the cases that may be the same matter, and one that is asked for by its number."""
    return _alike(open_work(case_id, Room.DESK), MergeForm(formdata=None))


@bp.post(f"/{CASE_ID}/merge")
def merge(case_id: int) -> AnyResponse:
    """Let the chosen cases go on in this one."""
    form = typed(MergeForm)
    work = open_work(case_id, Room.DESK)
    if not form.validate():
        return _alike(work, form, status=422)
    if not _attempt(form, lambda: _merge_all(work, form.case.data)):
        return _alike(reopen(work), form, status=422)
    count = len(form.case.data)
    return finish(work, ngettext("Đã gộp %(num)s hồ sơ.", "Đã gộp %(num)s hồ sơ.", count))


@bp.post(f"/{CASE_ID}/apart")
def keep_apart(case_id: int) -> AnyResponse:
    """Say that another case is another matter."""
    work = open_work(case_id, Room.DESK)
    other_id = min(request.form.get("apart", 0, type=int), LARGEST_ID)
    try:
        resembling.keep_apart(work.session, **work.here.tools, case=work.case, other_id=other_id)
    except NotVisible:
        raise NotAvailable(Action.MERGE) from None
    return finish(work, gettext("Đã ghi là hai việc khác nhau."))


@bp.get(f"/{CASE_ID}/letters")
def letters(case_id: int) -> Response:
    """Show the letters in this case."""
    work = open_work(case_id, Room.DESK)
    after = min(max(0, request.args.get("after", 0, type=int)), LARGEST_ID)
    inside, more = read_inside(work.session, office=work.office, case=work.case, after=after)
    later = url_for("case.letters", case_id=case_id, after=more) if more else ""
    parting = merging.may_part(work.case) and work.relation.moderates
    return draw(work, "letters", told={"inside": inside, "later": later, "parting": parting})


@bp.get(f"/{CASE_ID}/unmerge/<int:other_id>")
def unmerging(case_id: int, other_id: int) -> Response:
    """Ask why a case is taken out of this one."""
    work = _holding(case_id, other_id)
    return draw(work, "unmerge", form=UnmergeForm(formdata=None), told=_named(work, other_id))


@bp.post(f"/{CASE_ID}/unmerge/<int:other_id>")
def unmerge(case_id: int, other_id: int) -> AnyResponse:
    """Take a case out of this one."""
    form = typed(UnmergeForm)
    work = _holding(case_id, other_id)
    if not form.validate():
        return draw(work, "unmerge", status=422, form=form, told=_named(work, other_id))
    merging.unmerge(work.session, **work.tools, other_id=other_id, reason=form.reason.data)
    return finish(work, gettext("Đã tách. Hồ sơ kia về hàng chờ với hạn đã hẹn."))


def _alike(work: Work, form: MergeForm, status: int = 200) -> Response:
    """The page of the cases that may be the same matter, and of the one that was asked for: what
    is refused shows it again.
    """
    asked = NumberForm(formdata=request.values)
    number = read_reference(asked.number.data, year=work.office.today.year)
    found = read_alike(
        work.session,
        office=work.office,
        person=work.here.person,
        case=work.case,
        also=number,
    )
    missing = bool(asked.number.data) and number not in {each.case_id for each in found}
    if missing:
        asked.number.errors = [gettext("Không thấy hồ sơ nào khác có số này.")]
    told = {"alike": found, "asked": asked}
    return draw(work, "alike", status=status, form=form, told=told)


def _merge_all(work: Work, chosen: list[int]) -> None:
    """Merge one after the other, or none."""
    for other_id in dict.fromkeys(chosen):
        try:
            merging.merge(work.session, **work.tools, other_id=min(other_id, LARGEST_ID))
        except NotVisible:
            raise NotAvailable(Action.MERGE) from None


def _attempt(form: MergeForm, verb: Callable[[], None]) -> bool:
    """Let the verb work, and tell whether it did; what it refuses stands above the list."""
    try:
        verb()
    except merging.OtherKind:
        form.refuse(gettext("Chỉ một hồ sơ là lời giới thiệu quần chúng. Đó là hai việc."))
    except merging.OtherPerson:
        form.refuse(gettext("Hai hồ sơ đã ghi hai đảng viên khác nhau. Đó là hai việc."))
    except merging.GoesAnotherWay:
        form.refuse(gettext("Thư này phải đi riêng đến ủy ban kiểm tra, không gộp được."))
    except merging.HidesFromHandler:
        form.refuse(
            gettext(
                "Gộp vào thì nơi giải quyết không còn ai được xem. Xin chọn đảng viên của hồ sơ "
                "kia trước."
            )
        )
    else:
        return True
    return False


def _holding(case_id: int, other_id: int) -> Work:
    """A case with another one in it. Answers 404 where that one is not in it."""
    return open_work(case_id, Room.DESK, there=lambda work: _holds(work, other_id))


def _holds(work: Work, other_id: int) -> bool:
    """Whether the other case is in this one, and its page may be looked at."""
    return merging.holds(work.session, case=work.case, other_id=min(other_id, LARGEST_ID))


def _named(work: Work, other_id: int) -> dict[str, object]:
    """What the form says about the case that is taken out."""
    words = read_words(work.session, office=work.office, case_ids=[other_id])
    return {"other": reference_of(other_id), "other_id": other_id, "others": words.get(other_id)}
