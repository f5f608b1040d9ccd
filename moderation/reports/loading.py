"""Reading the organisations of a day, all of them in two statements whatever their number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.reports.tree import Tree, Unit
from portal.models import Organisation, Succession


def load_tree(session: Session, *, on: date) -> Tree:
    """Every organisation there is or was, put where it stood on a day."""
    rows = session.execute(
        select(
            *(Organisation.id, Organisation.kind, Organisation.name, Organisation.short_name),
            *(Organisation.parent_id, Organisation.valid_from, Organisation.valid_to),
        )
    )
    successions = session.execute(select(Succession.old_id, Succession.new_id))
    return Tree(
        (Unit(*row) for row in rows),
        successions=((row.old_id, row.new_id) for row in successions),
        on=on,
    )
