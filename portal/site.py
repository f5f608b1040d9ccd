"""Building the site of a room: what both rooms share of settings, guards, languages and errors.

It knows no room: each one registers its own addresses on what this builds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import clock as wall
from portal.assets import Assets, serve_assets
from portal.config import Settings
from portal.db import Database
from portal.drawn import keep_drawn
from portal.errors import explain_errors
from portal.files.storing import FileStore
from portal.health import bp as health
from portal.holding import Holding
from portal.i18n import speak_languages
from portal.installation import Installation, InstallationCache
from portal.memory import memory_here
from portal.security import (
    Arrivals,
    PortalRequest,
    SignedSessions,
    Slowdown,
    Sources,
    guard_forms,
    guard_hosts,
    guard_responses,
)
from portal.skeleton import Skeletons
from portal.text import highlight, prose, vn_date, vn_datetime, vn_number, vn_size
from portal.unit import end_units_of_work
from portal.vault import KeyFault, Ring

#: A text of a million letters still comes back to its writer with a sentence; each Vietnamese
#: letter takes up to nine signs on the way.
BODY_BYTES = 4 * 1024 * 1024
FORM_FIELDS = 200

_TOP = Path(__file__).resolve().parent.parent
_FILTERS = {
    "highlight": highlight,
    "prose": prose,
    "vn_date": vn_date,
    "vn_datetime": vn_datetime,
    "vn_number": vn_number,
    "vn_size": vn_size,
}


class Site(Flask):
    """The framework's app. Every function of ours is a plain one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take it as it is: the library asks eight times a request if it must be waited for."""
        return func


def build_site(
    name: str,
    *,
    settings: Settings,
    ring: Ring,
    database: Database,
    same_site: str = "Strict",
    clock: Callable[[], datetime] = wall.now,
) -> Flask:
    """Make the app of a room, without its addresses.

    ``same_site`` is the rule for its session cookie: a room that is entered by links from
    outside while signed in needs "Lax". Raises KeyFault when the ring has no session secret.
    """
    if ring.session_secret is None:
        raise KeyFault("The key session.secret is missing: restore it from its safe copy.")
    app = _bare_app(name, settings, same_site)
    app.secret_key = ring.session_secret
    app.extensions["portal"] = _holding(settings, ring, database, clock)
    _prepare_templates(app, settings)
    guard_hosts(app, settings.trusted_hosts)
    speak_languages(app, secure=settings.secure_cookies)
    guard_forms(app)
    keep_drawn(app)
    guard_responses(app, secure=settings.secure_cookies)
    explain_errors(app)
    end_units_of_work(app)
    app.register_blueprint(health)
    return app


def _holding(
    settings: Settings, ring: Ring, database: Database, clock: Callable[[], datetime]
) -> Holding:
    """What the process holds; what it counts it counts together with those beside it."""
    memory = memory_here()
    return Holding(
        settings=settings,
        ring=ring,
        database=database,
        files=FileStore(settings.files),
        clock=clock,
        installation=InstallationCache(database, clock, ring.log_public),
        memory=memory,
        slowdown=Slowdown(after=settings.slow_after, memory=memory),
        sources=Sources(memory),
        arrivals=Arrivals(
            per_source=settings.source_limit, flood=settings.flood_limit, memory=memory
        ),
        skeletons=Skeletons(),
    )


def _bare_app(name: str, settings: Settings, same_site: str) -> Flask:
    """The framework's app with our settings and nothing in it."""
    app = Site(
        f"portal.{name}",
        root_path=str(_TOP / "portal"),
        static_folder=None,
        template_folder=str(_TOP / "templates"),
    )
    app.request_class = PortalRequest
    app.session_interface = SignedSessions()
    # An address that is not quite right is simply not there: no answer repeats what was asked.
    app.url_map.merge_slashes = False
    app.testing = settings.testing
    app.config.update(_config(name, settings, same_site))
    if settings.trusted_proxies > 0:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    return app


def _config(name: str, settings: Settings, same_site: str) -> dict[str, object]:
    """The settings that the libraries read."""
    prefix = "__Host-" if settings.secure_cookies else ""
    return {
        "SESSION_COOKIE_NAME": f"{prefix}portal_{name}",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": same_site,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "MAX_CONTENT_LENGTH": BODY_BYTES,
        "MAX_FORM_MEMORY_SIZE": BODY_BYTES,
        "MAX_FORM_PARTS": FORM_FIELDS,
        "PROPAGATE_EXCEPTIONS": False,
    }


def _prepare_templates(app: Flask, settings: Settings) -> None:
    """Give templates their words, and make a missing one an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.globals.update(place=settings.place, telephone=settings.telephone)
    serve_assets(app, Assets(_TOP / "portal" / "static"))
    cache: InstallationCache = app.extensions["portal"].installation
    app.context_processor(lambda: _of_installation(cache.current()))


def _of_installation(known: Installation) -> dict[str, object]:
    """What the frame of every page says of the installation."""
    return {"sample": known.sample, "urgent": known.urgent}
