"""A file on its way in: read from the wire into memory that has no name on any disk.

A form that brings a file is read in small pieces. What is too large is read on and thrown away, so
that its sender still gets the page that says so; only what is far too large is cut off.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import IO, BinaryIO, TypeVar

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from portal.files.memory import nameless
from portal.patience import be_patient

#: The largest file that is taken, and the largest body that is read to its end.
FILE_BYTES = 30 * 1024 * 1024
BODY_BYTES = 64 * 1024 * 1024
#: How long somebody on a weak network may take for it.
SECONDS = 15 * 60.0
#: Files on their way at once, in one process: each may take its size in memory.
AT_ONCE = 4
#: Fields beside the file are short: tokens, a code, a number.
_FIELD_BYTES = 16 * 1024
_READ_BYTES = 64 * 1024
_BUFFER_BYTES = 1024 * 1024

_View = TypeVar("_View", bound=Callable[..., object])
_seats = threading.BoundedSemaphore(AT_ONCE)


def takes_file(view: _View) -> _View:
    """Mark a view whose form brings a file. All others read no such form at all."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


class Upload(FileStorage):
    """One file that has arrived, or what is left to say about it."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        """Begin empty. Without a seat nothing of it is kept."""
        self.seated = _seats.acquire(blocking=False)
        self.kept: BinaryIO | None = nameless() if self.seated else None
        self.size = 0
        super().__init__(stream=self.kept, filename=filename, name=name)

    @property
    def too_large(self) -> bool:
        """Whether it was longer than any file that is taken."""
        return self.size > FILE_BYTES

    def take(self, some: bytes) -> None:
        """Keep the next bytes, as long as the whole may still be kept."""
        self.size += len(some)
        if self.kept is None:
            return
        if self.too_large:
            self.kept.truncate(0)
        else:
            self.kept.write(some)

    def close(self) -> None:
        """Forget it, and let the next one in."""
        if self.kept is not None:
            self.kept.close()
        if self.seated:
            self.seated = False
            _seats.release()


class _Form:
    """A form that brings a file, as far as it has been read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fields: MultiDict[str, str] = MultiDict()
        self.files: MultiDict[str, FileStorage] = MultiDict()
        self.ended = False
        self._name = ""
        self._text = bytearray()
        self._upload: Upload | None = None

    def take(self, event: Event) -> None:
        """Take what comes next. Raises RequestEntityTooLarge for a long field."""
        if isinstance(event, Field):
            self._name, self._text, self._upload = str(event.name), bytearray(), None
        elif isinstance(event, File):
            self._begin(str(event.name), event.filename)
        elif isinstance(event, Data) and self._upload is not None:
            self._upload.take(event.data)
        elif isinstance(event, Data):
            self._text += event.data
            if len(self._text) > _FIELD_BYTES:
                raise RequestEntityTooLarge
            if not event.more_data:
                self.fields.add(self._name, self._text.decode(errors="replace"))
        self.ended = self.ended or isinstance(event, Epilogue)

    def _begin(self, name: str, filename: str) -> None:
        """Begin with a file; only the first one counts, because a form of ours has one."""
        be_patient(SECONDS)
        self._name, self._text, self._upload = "", bytearray(), None
        if not self.files:
            self._upload = Upload(name, filename)
            self.files.add(name, self._upload)


Parts = tuple[MultiDict[str, str], MultiDict[str, FileStorage]]


def read_parts(stream: IO[bytes], boundary: str, most: int | None) -> Parts:
    """The fields and the file of a form. Raises BadRequest for one that is broken or cut short,
    and RequestEntityTooLarge for one with more fields, or longer ones, than any form of ours.
    """
    form, decoder = _Form(), MultipartDecoder(boundary.encode(), _BUFFER_BYTES, max_parts=most)
    try:
        while some := stream.read(_READ_BYTES):
            _go_on(form, decoder, some)
        _go_on(form, decoder, None)
    except BaseException as error:
        for file in form.files.values():
            file.close()
        if isinstance(error, ValueError):
            raise BadRequest from error
        raise
    return form.fields, form.files


def _go_on(form: _Form, decoder: MultipartDecoder, some: bytes | None) -> None:
    """Take all that can be told from what has been read. Raises ValueError for a broken form."""
    decoder.receive_data(some)
    while not form.ended:
        event = decoder.next_event()
        if isinstance(event, NeedData):
            return
        form.take(event)
