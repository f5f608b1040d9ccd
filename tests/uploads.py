"""Files sent as a browser sends them, and given to verbs as the sites give them."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.files.arriving import Upload
from portal.files.storing import FileStore
from portal.files.taking import Sealed, take_in

CONTENT = "multipart/form-data; boundary=xx"


def body(raw: bytes, filename: str = "anh.jpg", **fields: str) -> bytes:
    """A form with a file, as a browser writes it."""
    parts = [
        f'--xx\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--xx\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    return b"".join([*parts, head.encode(), raw, b"\r\n--xx--\r\n"])


def post(
    browser: FlaskClient, address: str, raw: bytes, filename: str = "anh.jpg", **fields: str
) -> TestResponse:
    """Send a file and fields."""
    return browser.post(address, data=body(raw, filename, **fields), content_type=CONTENT)


def sealed(
    store: FileStore,
    raw: bytes,
    key: bytes,
    *,
    filename: str = "anh.jpg",
    is_there: Callable[[bytes], bool] = lambda _mark: False,
) -> Sealed:
    """A file in the store, cleaned and sealed under the key of its owner."""
    upload = Upload("file", filename)
    upload.take(raw)
    try:
        return take_in(
            store, upload=upload, key=key, is_there=is_there, before_cleaning=lambda: None
        )
    finally:
        upload.close()
