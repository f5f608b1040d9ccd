"""Naming one signed-in browser out of a list."""

from __future__ import annotations

from wtforms import HiddenField

from portal.fields import PortalForm


class SessionForm(PortalForm):
    """Which session is to end; every one that may be ended when none is named."""

    session = HiddenField()

    @property
    def uid(self) -> bytes | None:
        """The id of the session, or nothing. What is no id is the id of none."""
        try:
            return bytes.fromhex(self.session.data or "") or None
        except ValueError:
            return b""
