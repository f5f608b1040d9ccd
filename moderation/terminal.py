"""What commands share: opening the database and the keys, and telling a fault in one sentence."""

from __future__ import annotations

import click

from portal import schema
from portal.config import BadSetting, Settings
from portal.db import Database
from portal.vault import KeyFault, Ring, load_ring


class Plain(click.ClickException):
    """A fault told in one sentence."""

    exit_code = 1


def open_database(settings: Settings, *, checked: bool = True) -> Database:
    """The database of the settings, closed with the command.

    Its schema is checked unless told otherwise. Raises Plain.
    """
    try:
        database = Database(settings.database_url)
        click.get_current_context().call_on_close(database.engine.dispose)
        if checked:
            schema.check(database)
    except (BadSetting, schema.OldSchema) as error:
        raise Plain(str(error)) from error
    return database


def open_ring(settings: Settings, *, holder: str | None = None) -> Ring:
    """The keys of this process, which are the ``holder``'s and no others. Raises Plain."""
    try:
        return load_ring(settings.keys, settings.given_keys, holder=holder)
    except KeyFault as error:
        raise Plain(str(error)) from error
