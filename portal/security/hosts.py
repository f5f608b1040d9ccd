"""Under which names the site answers. A name that nobody set up is answered by nothing of ours.

Links that leave the site and passkeys are made for the name in the request. It comes from the
visitor, so it is believed only when an operator has named it.
"""

from __future__ import annotations

import threading
from collections.abc import Collection

from flask import Flask, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted


def guard_hosts(app: Flask, hosts: Collection[str]) -> None:
    """Answer every request under any other name with one page, before anything else is done.

    It must be the first hook of the app. The log is told once, without the name: whoever sent it
    could write into the log by it.
    """
    told = threading.Event()

    @app.before_request
    def refuse_strange_names() -> None:
        """Go on only under a name of ours."""
        if host_is_trusted(request.host.lower(), hosts):
            return
        if not told.is_set():
            told.set()
            app.logger.warning(
                "Somebody asked under a host that is not in PORTAL_TRUSTED_HOSTS. "
                "If it is one of yours, add it there."
            )
        raise SecurityError
