"""Keeping a text that an administrator has written, and going back to the usual one."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours, looks_after_all
from moderation.journal import write_down
from moderation.office import Office
from moderation.replying.filling import BadField, unknown_fields
from portal.models import ReplyTemplate
from portal.vocabulary import Deed, Occasion


def keep_template(
    session: Session,
    *,
    office: Office,
    by: Person,
    name: str,
    occasion: Occasion,
    detail: str,
    title: str,
    text: str,
    used: bool = True,
) -> str:
    """Keep a text under its name, or a new one under a fresh name; return the name.

    Raises NotYours for whoever does not look after the whole portal, BadField for what nobody
    would fill in.
    """
    if not looks_after_all(session, by=by):
        raise NotYours
    if unknown := unknown_fields(text):
        raise BadField(unknown)
    name = name or f"own-{secrets.token_hex(8)}"
    session.merge(
        ReplyTemplate(
            name=name,
            occasion=occasion,
            detail=detail,
            title=title,
            text=text,
            used=used,
            changed_at=office.at,
            changed_by_id=by.account_id,
        )
    )
    session.flush()
    _journal(session, office, by)
    return name


def drop_template(session: Session, *, office: Office, by: Person, name: str) -> None:
    """Forget what was kept under a name: the usual text is offered again, if there is one.

    Raises NotYours for whoever does not look after the whole portal, and where nothing was kept.
    """
    row = session.get(ReplyTemplate, name)
    if row is None or not looks_after_all(session, by=by):
        raise NotYours
    session.delete(row)
    session.flush()
    _journal(session, office, by)


def _journal(session: Session, office: Office, by: Person) -> None:
    """Write the deed down; it concerns everybody."""
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.TEMPLATES_SET,
        account_id=by.account_id,
    )
