"""The session cookie, signed by a signer that is made once."""

from __future__ import annotations

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class SignedSessions(SecureCookieSessionInterface):
    """The framework's own sessions. It would make the same signer anew twice in each request."""

    def __init__(self) -> None:
        """Begin without a signer: the app has no secret yet."""
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of the one app that this belongs to, or nothing while it has no secret."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie when there is something new in it.

        The library would find out how to send it even where there is nothing to send.
        """
        if session.modified or session.permanent:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")
