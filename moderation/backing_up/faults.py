"""What can be wrong with a backup, each told in one sentence that names no content."""

from __future__ import annotations


class BackupFault(Exception):
    """A backup cannot be made, read or put back; the message says why and what to do."""


class Damaged(BackupFault):
    """The bytes are not those that were written: altered, cut, mixed up, or of another backup."""


class WrongKey(BackupFault):
    """The recovery key is another one, or its passphrase is wrong."""
