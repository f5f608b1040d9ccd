"""How a form is read from the wire. Broken text stays visible instead of vanishing."""

from __future__ import annotations

from binascii import a2b_qp
from typing import IO
from urllib.parse import parse_qsl, unquote_to_bytes

from flask import Request, current_app
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from portal.files.arriving import BODY_BYTES, read_parts

_WITH_FILE = "multipart/form-data"
_PLAIN_FORM = "application/x-www-form-urlencoded"
_Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class FormParser(FormDataParser):
    """Reads a form: a byte that is no UTF-8 becomes U+FFFD, which a field can then point at."""

    #: Whether the form at hand may bring a file.
    takes_file = False

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> _Parsed:
        """Read one form, or nothing of it: a file is read only where one is asked for.

        Raises 413 when it is longer, or has more fields, than any form of ours, and 400 when it
        ends before the length that was announced: half a letter is never taken for a letter.
        """
        if self.takes_file and mimetype == _WITH_FILE:
            return stream, *read_parts(
                stream, (options or {}).get("boundary", ""), self.max_form_parts
            )
        if mimetype != _PLAIN_FORM:
            return stream, MultiDict(), MultiDict()
        raw = stream.read()
        if content_length is not None and len(raw) < content_length:
            raise ClientDisconnected
        if content_length is None:
            # A body of no announced length is read up to the limit. Asking for one byte more
            # is what tells whether it went on.
            stream.read(1)
        try:
            items = fields_of(raw, self.max_form_parts)
        except ValueError as error:
            raise RequestEntityTooLarge from error
        return stream, MultiDict(items), MultiDict()


class PortalRequest(Request):
    """A request whose forms are read by our parser."""

    form_data_parser_class = FormParser

    @property
    def takes_file(self) -> bool:
        """Whether this address is one whose form brings a file."""
        view = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "takes_file", False)

    def make_form_data_parser(self) -> FormDataParser:
        """The parser of this request's form. Where a file comes along the body may be longer."""
        if self.takes_file:
            self.max_content_length = BODY_BYTES
        parser = super().make_form_data_parser()
        parser.takes_file = self.takes_file  # type: ignore[attr-defined]
        return parser

    @property
    def is_json(self) -> bool:
        """No page of ours takes JSON; the library of forms would read it in place of a form."""
        return False


def fields_of(raw: bytes, most: int | None) -> list[tuple[str, str]]:
    """The fields of a form in their order, as the library reads them, in a tenth of its time.

    Raises ValueError when there are more than ``most``.
    """
    if not raw.isascii() or b"\n" in raw or b"\r" in raw:
        # No browser sends such a form.
        return parse_qsl(
            raw.decode(errors="replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=most,
        )
    if most is not None and raw.count(b"&") >= most:
        raise ValueError("too many fields")
    pairs = (piece.partition(b"=") for piece in raw.split(b"&") if piece)
    return [(_unescaped(name), _unescaped(value)) for name, _sign, value in pairs]


def _unescaped(text: bytes) -> str:
    """A name or an answer with its escapes undone.

    Most of what is written in Vietnamese travels as escapes, which the library undoes one by one.
    But for their sign they are those of mails, and these are undone at once. Each good one makes
    three signs one, each broken one leaves more: then the library says what it means.
    """
    text = text.replace(b"+", b" ")
    plain = a2b_qp(text.replace(b"=", b"=3D").replace(b"%", b"="))
    if len(plain) != len(text) - 2 * text.count(b"%"):
        plain = unquote_to_bytes(text)
    return plain.decode(errors="replace")
