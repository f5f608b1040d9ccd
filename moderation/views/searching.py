"""Searching from the desk and from the inbox of a commission.

What was typed comes by POST and goes on sealed in the address of the page that shows what was
found: so that page can be gone back to, and no name lies in a history or in a log. Nobody keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.cursors import Cursor
from moderation.forms.searching import SearchForm
from moderation.listing import read_reference
from moderation.searching.addresses import from_address, to_address
from moderation.searching.asking import Found, Hit, search, searcher
from moderation.searching.marking import Piece
from moderation.searching.question import Question
from moderation.views.here import here, signed_in
from moderation.views.lines import Seen, draw
from moderation.views.rows import DrawnLine
from portal.models.case import Room
from portal.models.submission import reference_of

#: Where each room shows its lists; they find a case by its number.
_LISTS = {Room.DESK: "desk.index", Room.COMMITTEE: "committee.index"}
_NAV = {Room.DESK: "desk", Room.COMMITTEE: "committee"}
#: What each passage of a case is called.
_PASSAGES = {
    "about": _("Góp ý về"),
    "what": _("Nội dung"),
    "unit": _("Đơn vị"),
    "place": _("Nơi xảy ra"),
    "when": _("Thời gian"),
    "hope": _("Mong muốn"),
    "added": _("Bổ sung"),
    "subject": _("Đảng viên"),
    "cell": _("Chi bộ"),
    "shown": _("Bản chuyển đi"),
    "put": _("Bản nêu với đảng viên"),
    "statement": _("Lời trình bày"),
    "report": _("Dự thảo trả lời"),
    "note": _("Ghi chú"),
    "paper": _("Số, ký hiệu văn bản"),
    "file": _("Tên tệp"),
}


@dataclass(frozen=True)
class DrawnHit:
    """One case that was found, in the words of a list, and a piece of its text."""

    line: DrawnLine
    passage: str
    pieces: tuple[Piece, ...]


def search_address(room: Room) -> str:
    """Where somebody searches from a list; empty for whoever does not search there."""
    if not searcher(here().person, room).grants:
        return ""
    return url_for(f"{_NAV[room]}_search.ask")


def _room(room: Room) -> Blueprint:
    """The two addresses of a room: asking, and the page of what was found."""
    bp = Blueprint(f"{_NAV[room]}_search", __name__, url_prefix=f"/{_NAV[room]}/search")
    bp.before_request(signed_in)

    @bp.before_request
    def refuse_others() -> None:
        if not search_address(room):
            abort(404)

    @bp.get("")
    def show() -> Response:
        """Show what was found, or how to search where nothing was asked yet."""
        return _show(room)

    @bp.post("")
    def ask() -> AnyResponse:
        """Take what was typed, and go on to what is found."""
        return _ask(room)

    return bp


def _ask(room: Room) -> AnyResponse:
    """Seal what was typed into the address to go to; a number goes to the list, which knows it."""
    found, form = here(), SearchForm()
    number = read_reference(form.words.data, year=found.office.today.year)
    if number is None and not form.validate():
        return _page(room, form, status=422)
    found.session.commit()
    if number is not None:
        return redirect(url_for(_LISTS[room], q=reference_of(number)))
    sealed = to_address(
        found.office.ring.search, account_id=found.person.account_id, typed=form.words.data
    )
    return redirect(url_for(f"{_NAV[room]}_search.show", s=sealed))


def _show(room: Room) -> Response:
    """The page of the question in the address. What is none of this person's asks nothing."""
    found = here()
    typed = from_address(
        found.office.ring.search,
        account_id=found.person.account_id,
        sealed=request.args.get("s", ""),
    )
    form = SearchForm(formdata=None, data={"words": typed})
    if not typed or not form.validate() or form.words.question is None:
        return _page(room, SearchForm(formdata=None, data={"words": typed}))
    page = search(
        found.session,
        office=found.office,
        person=found.person,
        room=room,
        question=form.words.question,
        cursor=Cursor.read(request.args.get("at", "")),
    )
    return _page(room, form, question=form.words.question, page=page)


def _page(
    room: Room,
    form: SearchForm,
    *,
    question: Question | None = None,
    page: Found | None = None,
    status: int = 200,
) -> Response:
    """The page, with what was found where something was asked."""
    page = page or Found()
    drawn = render_template(
        "moderation/search.html",
        nav=_NAV[room],
        form=form,
        action=search_address(room),
        back=url_for(_LISTS[room]),
        asked=question is not None,
        lone=", ".join(question.lone) if question else "",
        quoted=bool(question and question.phrases),
        groups=_groups(page),
        earlier=_address(page.earlier),
        later=_address(page.later),
    )
    return make_response(drawn, status)


def _groups(page: Found) -> list[tuple[str, list[DrawnHit]]]:
    """The cases under headings: those with the very diacritics first, where there are both."""
    if page.places is None:
        return []
    seen, hits = Seen(page.places, here().office.today), page.hits
    exact = [_draw(hit, seen) for hit in hits if hit.exact]
    others = [_draw(hit, seen) for hit in hits if not hit.exact]
    both = exact and others
    titles = (gettext("Đúng cả dấu"), gettext("Chỉ đúng khi bỏ dấu")) if both else ("", "")
    return [pair for pair in zip(titles, (exact, others), strict=True) if pair[1]]


def _draw(hit: Hit, seen: Seen) -> DrawnHit:
    """One case, with the piece of its text that shows what was found."""
    snippet = hit.snippet
    return DrawnHit(
        line=draw(hit.row, seen),
        passage=str(_PASSAGES[snippet.kind]) if snippet else "",
        pieces=snippet.pieces if snippet else (),
    )


def _address(cursor: Cursor | None) -> str:
    """The address of a neighbouring page: the same question, going on from a case."""
    if cursor is None or request.endpoint is None:
        return ""
    return url_for(request.endpoint, s=request.args.get("s", ""), at=str(cursor))


desk = _room(Room.DESK)
committee = _room(Room.COMMITTEE)
