"""Posters and cards for a place: choosing them, and having them as a PDF to print."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext

from moderation.forms.posters import PosterForm
from moderation.posters.choosing import Spot, pick, spots
from moderation.posters.sheets import Size, to_bytes
from moderation.posters.wording import Portal, word
from moderation.views.here import here, signed_in
from portal.holding import held
from portal.printing.starting import NotPrinted, draw_apart
from portal.text import fold
from portal.views.papers import hand_out_pdf

bp = Blueprint("posters", __name__, url_prefix="/posters")
bp.before_request(signed_in)

PROGRAM = "moderation.posters.drawing"
#: Where the public site has the form: in another process, whose addresses this one does not know.
_FORM = "/gui-y-kien"
#: What stands for the commune itself where a place is named by its number.
_ITSELF = "0"


@bp.get("/")
def index() -> str:
    """Choose a commune or ward and a language; then each place in it has its sheets and cards."""
    form = PosterForm(formdata=request.args)
    form.spoken.data = form.language
    found = _spots(form)
    return render_template(
        "moderation/posters.html",
        nav="posters",
        form=form,
        lines=[(_called(spot), _papers(form, str(spot.id or _ITSELF))) for spot in found],
        whole=_papers(form, "") if len(found) > 1 else [],
        address=held().settings.address,
    )


@bp.get("/<size>")
def sheet(size: str) -> Response:
    """The posters of a place, or of a commune with all its neighbourhoods, as one PDF."""
    form = PosterForm(formdata=request.args)
    hung = _hung(_spots(form), request.args.get("for", ""))
    if not hung or size not in set(Size) or not held().settings.address:
        abort(404)
    portal = _portal()
    posters = [word(spot, portal=portal, language=form.language) for spot in hung]
    try:
        made = draw_apart(PROGRAM, to_bytes(posters, Size(size)))
    except NotPrinted:
        abort(503)
    return hand_out_pdf(made, _file_name(hung, size, form.language))


def _spots(form: PosterForm) -> list[Spot]:
    """The places of the commune that was chosen; none before."""
    unit, found = form.unit.unit, here()
    return spots(found.session, unit=unit, on=found.office.today) if unit else []


def _hung(found: list[Spot], named: str) -> list[Spot]:
    """The places that were asked for: one of these, or all of them."""
    if not named:
        return found
    return pick(found, int(named) or None) if named.isascii() and named.isdecimal() else []


def _portal() -> Portal:
    """What a poster says of this installation."""
    own = held().settings
    sample = held().installation.current().sample
    return Portal(own.address, _FORM, own.telephone, own.place, sample)


def _called(spot: Spot) -> str:
    """What a line calls its place."""
    return spot.neighbourhood or gettext("Chung cho %(place)s", place=spot.unit.name)


def _papers(form: PosterForm, number: str) -> list[tuple[str, str]]:
    """The papers of a place: what each is called, and where it is."""
    words = {"unit": form.unit.data, "spoken": form.language} | ({"for": number} if number else {})
    return [
        (_size_word(size), f"{url_for('posters.sheet', size=size.value)}?{urlencode(words)}")
        for size in Size
    ]


def _size_word(size: Size) -> str:
    """What a paper is called."""
    return gettext("Thẻ nhỏ") if size is Size.CARD else size.value.upper()


def _file_name(hung: list[Spot], size: str, language: str) -> str:
    """What the file is called: in plain letters, so that every system takes it."""
    place = hung[0].neighbourhood if len(hung) == 1 else ""
    words = ["to-gioi-thieu", size, hung[0].unit.slug, fold(place).replace(" ", "-"), language]
    return "-".join(filter(None, words))
