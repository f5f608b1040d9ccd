"""The public figures: what became of finished cases, in numbers that point at nobody.

Everything shown was suppressed and written down by the staff room before. Pages and files are the
same for everybody, and a browser that has one asks only whether it is still the same.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from portal.db import LARGEST_ID
from portal.figures import codebook
from portal.figures.files import codebook_of, csv_of, json_of
from portal.figures.layout import WHOLE
from portal.figures.pages import course_of, named, place_lines, tables_of, written
from portal.figures.quarters import Quarter
from portal.figures.reading import (
    Published,
    read_all,
    read_page,
    read_published,
    total,
)
from portal.holding import held
from portal.jsontext import as_json
from portal.security import REMEMBERED
from portal.unit import reading_connection
from portal.vocabulary import FigureTable

bp = Blueprint("figures", __name__)


@bp.get("/so-lieu")
def index() -> Response:
    """Show the newest quarter, or what will be here."""
    published = read_published(reading_connection())
    if not published:
        return _page("figures_none")
    return _quarter(published, published[0], WHOLE)


@bp.get("/so-lieu/<quarter>")
def show(quarter: str) -> Response:
    """Show one quarter for all places together."""
    published = read_published(reading_connection())
    return _quarter(published, _found(published, quarter), WHOLE)


@bp.get("/so-lieu/<quarter>/<int:place>")
def show_place(quarter: str, place: int) -> Response:
    """Show one quarter at one commune or ward."""
    published = read_published(reading_connection())
    number = min(place, LARGEST_ID)
    return _quarter(published, _found(published, quarter), number)


@bp.get("/so-lieu.csv")
def table() -> Response:
    """Hand out every number as a table."""
    session, sample = reading_connection(), held().installation.current().sample
    made = csv_of(read_published(session), read_all(session), sample=sample)
    response = Response(made, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="so-lieu.csv")
    return _same(response)


@bp.get("/so-lieu.json")
def table_json() -> Response:
    """Hand out every number for programs."""
    session, sample = reading_connection(), held().installation.current().sample
    published, figures = read_published(session), read_all(session)
    way = url_for("figures.codes_json")
    return _json(json_of(published, figures, sample=sample, codebook=way))


@bp.get("/so-lieu/giai-thich")
def codes() -> Response:
    """Explain every column, table and sign."""
    return _page("figures_codes", book=codebook, tables=tuple(FigureTable))


@bp.get("/so-lieu/giai-thich.json")
def codes_json() -> Response:
    """The same for programs."""
    return _json(codebook_of())


def _quarter(published: list[Published], chosen: Published, place: int) -> Response:
    """One quarter at one place; a place whose sum is not told has no page."""
    if chosen.taken_back_on is not None:
        return _page("figures_taken_back", published=published, chosen=chosen)
    edition = chosen.edition_id
    figures = read_page(reading_connection(), edition_id=edition, place=place)
    came, ended = (total(figures, edition, place, each) for each in _TOTALS)
    if place != WHOLE and not isinstance(ended, int):
        abort(404)
    return _page(
        "figures",
        published=published,
        chosen=chosen,
        nothing=ended == 0,
        received=written(came),
        finished=written(ended),
        name=named(figures, edition, place),
        tables=tables_of(figures, edition_id=edition, place=place),
        course=course_of(figures, published) if place == WHOLE else None,
        places=place_lines(figures, edition_id=edition) if place == WHOLE else [],
    )


_TOTALS = (FigureTable.RECEIVED, FigureTable.FINISHED)


def _found(published: list[Published], name: str) -> Published:
    """The quarter of this name, or 404."""
    try:
        wanted = Quarter.named(name)
    except ValueError:
        abort(404)
    found = next((each for each in published if each.quarter == wanted), None)
    if found is None:
        abort(404)
    return found


def _page(template: str, **told: Any) -> Response:
    """A page that is the same for everybody."""
    return _same(
        make_response(render_template(f"portal/figures/{template}.html", nav="figures", **told))
    )


def _json(found: dict[str, Any]) -> Response:
    """An answer for programs."""
    return _same(Response(as_json(found), mimetype="application/json"))


def _same(response: Response) -> Response:
    """An answer that a browser keeps, and asks for only whether it has changed."""
    response.headers["Cache-Control"] = REMEMBERED
    response.add_etag()
    response.make_conditional(request)
    return response
