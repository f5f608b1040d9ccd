"""The pages of sending: the form, the preview and the receipt, as they are sent to the browser.

Form and preview may be kept for the back button: otherwise a phone would show an error in their
place, and people would think that everything is lost. Keeping them from it would hide nothing,
because browsers note by themselves what is typed and sent. Once the code is saved, or somebody
leaves in a hurry, the pages are thrown away. The receipt is never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, make_response, render_template, request

from portal import qr
from portal.deadlines import due
from portal.drawn import draw_page, draw_piece
from portal.files.attaching import MOST_FILES, Sent
from portal.forms import SendForm
from portal.gate import Stop
from portal.holding import held
from portal.i18n import kept_query, language, ngettext
from portal.installation import Unit
from portal.preview import preview_of
from portal.printing.starting import NotPrinted
from portal.printing.wording import Typed, petition, where_and_when
from portal.receiving import Receipt
from portal.security import REMEMBERED, forget_pages
from portal.security.forgery import csrf_token
from portal.security.shared import is_shared
from portal.spelling import spell
from portal.text import vn_date, vn_datetime, vn_number
from portal.tracking import promised_from_receipt
from portal.vault import Code
from portal.vault.codes import new_token
from portal.views.papers import hand_out_paper, petition_sheet

#: Sentences with the field they point at; an empty field means the page as a whole.
Errors = list[tuple[str, str]]


def blank_page(unit: Unit | None, link: str, neighbourhood: str = "") -> bytes | str:
    """The empty form, drawn once for each commune that the link's own word may have chosen.

    With anything else in the address, such as the neighbourhood that a poster names, the form is
    drawn anew, because its language links carry it.
    """
    here = held()
    installation = here.installation.current()
    texts = {"csrf": csrf_token(), "token": new_token()}

    def draw(marks: Mapping[str, str]) -> str:
        blank = SendForm(
            formdata=None,
            unit=unit.id if unit else "",
            unit_text=neighbourhood,
            form_token=marks["token"],
        )
        return _draw_form(blank, csrf=marks["csrf"])

    if kept_query() != ([(link, unit.slug)] if unit else []):
        return draw(texts)
    return here.skeletons.fill(("send", language(), unit), installation, draw, texts)


def form_page(form: SendForm, status: int) -> Response:
    """The form with everything typed."""
    form.form_token.data = form.token
    return _remembered(make_response(_draw_form(form, csrf=csrf_token()), status))


def preview_page(form: SendForm, errors: Errors | None = None, status: int = 200) -> Response:
    """The comment as readers will see it, and the button that sends it."""
    letter = preview_of(form)
    hidden = letter.masked and ngettext(
        "Cổng đã che %(num)s chỗ", "Cổng đã che %(num)s chỗ", letter.masked
    )
    texts = {
        "csrf": csrf_token(),
        "about": letter.about,
        "what": letter.what,
        "masked": hidden or "",
        "details": (
            draw_piece("macros/cards.html", "facts", letter.details) if letter.details else ""
        ),
        "sealed": (
            draw_piece("macros/cards.html", "facts", letter.sealed) if letter.sealed else ""
        ),
        "places": (
            draw_piece("macros/places.html", "which_unit", letter.places) if letter.places else ""
        ),
        "carried": draw_piece("macros/forms.html", "all_hidden", form.carried()),
    }
    page = _page(
        "portal/preview.html",
        texts,
        errors,
        status,
        fears=letter.fears,
        grave=letter.for_commission,
        nominates=letter.nominates,
    )
    return _remembered(page)


def stop_page(form: SendForm, stop: Stop) -> Response:
    """Where such a matter belongs, before anything is stored, and how it may still be sent."""
    known = held().installation.current()
    page = render_template(
        "portal/stop.html",
        nav="send",
        csrf=csrf_token(),
        stop=stop,
        named=[(matter, known.competent_for(matter)) for matter in stop.matters],
        carried=draw_piece("macros/forms.html", "all_hidden", form.carried()),
    )
    return _remembered(make_response(page))


def petition_page(form: SendForm, *, failed: bool = False) -> Response:
    """A petition to print, with what was typed; it is drawn for this reader and kept nowhere."""
    page = render_template(
        "portal/petition.html",
        nav="send",
        csrf=csrf_token(),
        carried=draw_piece("macros/forms.html", "all_hidden", form.carried()),
        failed=failed,
        back=True,
        shared=is_shared(),
        sheet=petition_sheet(_typed(form)),
    )
    return make_response(page, 503 if failed else 200)


def petition_paper(form: SendForm) -> Response:
    """The same as a PDF, made in memory; where it cannot be made, the page to print. On a shared
    machine, where it would lie for the next person, there is that page alone.
    """
    if is_shared():
        return petition_page(form)
    try:
        return hand_out_paper(petition(_typed(form)), "mau-don")
    except NotPrinted:
        return petition_page(form, failed=True)


def receipt_page(
    receipt: Receipt,
    errors: Errors | None = None,
    status: int = 200,
    *,
    files: Sequence[Sent] = (),
) -> Response:
    """The code, the only time it is shown, with what happens next and the files that came."""
    texts = {
        "csrf": csrf_token(),
        "token": request.form.get("form_token", ""),
        "reference": receipt.reference,
        "sent_on": vn_date(receipt.received_at),
        "picture": qr.draw(receipt.code),
        "screened_by": _promised(receipt, "screening"),
        "passed_on_by": _promised(receipt, "pass_on"),
        "files": draw_piece("macros/files.html", "file_lines", files) if files else "",
        "kept": _kept(),
        **_code_texts(receipt.code),
        **_head_texts(),
    }
    days = held().installation.current().targets["result"].working_days
    grave = receipt.possible_denunciation or "grave" in request.form
    choices = {"result_days": days, "attaching": len(files) < MOST_FILES, "grave": grave}
    return _page("portal/receipt.html", texts, errors, status, **choices)


def sent_page(*, again: bool) -> Response:
    """What is shown in place of a receipt that is not given again."""
    return forget_pages(make_response(render_template("portal/sent.html", again=again, nav="send")))


def _typed(form: SendForm) -> Typed:
    """What of a letter goes into a petition."""
    unit = form.unit.unit
    around = form.unit_text.data, unit.name if unit else ""
    where = form.place.data, *around
    own = form.particulars
    return Typed(
        matter=form.matter,
        name=own.name,
        address=own.address,
        telephone=own.telephone,
        about=form.about.data,
        where=where_and_when(where, form.when.data),
        what=form.what.data,
        hope=form.hope.data,
    )


def _page(
    template: str, texts: Mapping[str, str], errors: Errors | None, status: int, **choices: int
) -> Response:
    """A page that is drawn anew only when it says what is wrong."""
    if errors:
        drawn = render_template(template, errors=errors, nav="send", **choices, **texts)
        return make_response(drawn, status)
    page = draw_page(template, texts, {"errors": (), "nav": "send", **choices})
    return Response(page, status)


def _remembered(response: Response) -> Response:
    """The same page, for the back button too."""
    response.headers["Cache-Control"] = REMEMBERED
    return response


def _draw_form(form: SendForm, *, csrf: str) -> str:
    """The form as a page."""
    return render_template("portal/send.html", form=form, csrf=csrf, nav="send")


def _code_texts(code: Code) -> dict[str, str]:
    """Each group of the code, and how it is read aloud."""
    texts = {}
    for place, (group, words) in enumerate(spell(code), start=1):
        texts[f"group_{place}"], texts[f"words_{place}"] = group, ", ".join(words)
    return texts


def _head_texts() -> dict[str, str]:
    """The newest head of the public log, for the paper that the writer keeps; empty without one."""
    head = held().installation.current().head
    return {
        "log_size": vn_number(head.size) if head else "",
        "log_mark": head.mark if head else "",
        "log_day": vn_date(head.at) if head else "",
    }


def _kept() -> str:
    """How long the letter can lie here after all is over."""
    periods = held().installation.current().periods
    return periods.words(periods.longest)


def _promised(receipt: Receipt, stage: str) -> str:
    """When a stage ends at the latest."""
    known = held().installation.current()
    days = promised_from_receipt(
        stage, fears_retaliation=receipt.fears_retaliation, targets=known.targets
    )
    return vn_datetime(due(receipt.received_at, days, known.calendar))
