"""Pieces of pages that are the same for everybody, drawn once per process and language.

Only what depends on nothing but the language and the place in the navigation may be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask, request
from markupsafe import Markup

from portal.i18n import language


def keep_drawn(app: Flask) -> None:
    """Give templates ``drawn_once(name, draw, key)``: what ``draw()`` gave the first time.

    A page asked for with a query is drawn anew, because its language links carry the query.
    """
    drawn: dict[Hashable, Markup] = {}

    def drawn_once(name: str, draw: Callable[[], Markup], key: str = "") -> Markup:
        if request.query_string:
            return draw()
        place = (name, language(), key)
        if place not in drawn:
            drawn[place] = draw()
        return drawn[place]

    app.jinja_env.globals.update(drawn_once=drawn_once)
