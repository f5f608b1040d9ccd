"""Picking one of the files of a case for somebody who may have it."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.attachments import CaseFile
from moderation.workflow import Action, NotAvailable
from portal.vault import CannotOpen


class NoSuchFile(NotAvailable):
    """There is no such file for this person; whether there is one at all is not told."""

    def __init__(self) -> None:
        """Say what does not fit: taking part in what came with the case."""
        super().__init__(Action.NOTE_ADDED)


def pick(files: Iterable[CaseFile], file_id: int | None) -> CaseFile:
    """One of these. Raises NoSuchFile, and CannotOpen where its key is gone."""
    found = next((file for file in files if file.id == file_id), None)
    if found is None:
        raise NoSuchFile
    if found.key is None:
        raise CannotOpen("the key of a file")
    return found
