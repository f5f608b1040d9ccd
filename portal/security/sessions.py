"""The session cookie, signed by a signer that is made once."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
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
