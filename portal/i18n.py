"""Languages: Vietnamese is the source, English a catalogue. Chosen by ``?lang=`` or a cookie.

The choice rides along with the page that is asked for, so that choosing never redirects. A
catalogue that is missing is no error: people then read Vietnamese.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, request
from flask_babel import Babel
from flask_babel import lazy_gettext as _

DEFAULT = "vi"
LANGUAGES = {"vi": Locale("vi"), "en": Locale("en")}
PARAMETER = "lang"
COOKIE = "lang"

_CATALOGUES = Path(__file__).resolve().parent / "translations"

#: The form library's own sentences that a reader could meet, in our words.
_OWN_WORDS = {
    "Not a valid choice.": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "Not a valid choice": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "Invalid Choice: could not coerce.": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "This field is required.": _("Xin điền vào chỗ này."),
    "Not a valid integer value.": _("Xin ghi một số."),
}
_ANY_OTHER = _("Xin xem lại chỗ này.")


class OwnWords:
    """What the form library asks for its sentences."""

    def gettext(self, text: str) -> str:
        """Our sentence in place of the library's."""
        return str(_OWN_WORDS.get(text, _ANY_OTHER))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Our sentence in place of one that counts."""
        return self.gettext(singular)


def speak_languages(app: Flask, *, secure: bool) -> None:
    """Set up the languages of an app and what its templates need of them."""
    Babel(
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(_CATALOGUES),
        locale_selector=lambda: LANGUAGES[language()],
    )
    app.jinja_env.globals.update(lang_url=lang_url)
    app.context_processor(_of_page)

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = request.args.get(PARAMETER)
        if chosen in LANGUAGES:
            response.set_cookie(COOKIE, chosen, secure=secure, httponly=True, samesite="Strict")
        return response


def language() -> str:
    """The language of this request."""
    chosen = request.args.get(PARAMETER) or request.cookies.get(COOKIE, DEFAULT)
    return chosen if chosen in LANGUAGES else DEFAULT


def lang_url(code: str) -> str:
    """The address of this same page in another language."""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]
    return "?" + urlencode([*kept, (PARAMETER, code)])


def _of_page() -> dict[str, str]:
    """What every template is told about the language."""
    return {"lang": language()}
