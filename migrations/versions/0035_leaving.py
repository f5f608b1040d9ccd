"""Members who are excused for a time, their slips, and transfers between cells."""

import sqlalchemy as sa
from alembic import op

revision = "0035_leaving"
down_revision = "0034_list_filter"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNSETTLED = sa.text("state = 'granted' AND settled_on IS NULL")
UNDER_WAY = sa.text("state IN ('decided', 'on_the_way')")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "excusal",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", IDENTIFIER, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", IDENTIFIER, nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        *_leads("excusal", member_id="member", organisation_id="organisation"),
        *_leads("excusal", proposed_by_id="account", decided_by_id="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excusal")),
    )
    op.create_index("ix_excusal_member_id", "excusal", ["member_id"])
    op.create_index("ix_excusal_organisation", "excusal", ["organisation_id", "state"])
    _some("ix_excusal_unsettled", "excusal", "ends_on", UNSETTLED)
    op.create_table(
        "confirmation_slip",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("excusal_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", IDENTIFIER, nullable=False),
        *_leads("confirmation_slip", excusal_id="excusal", noted_by_id="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_slip")),
    )
    op.create_index("ix_confirmation_slip_excusal_id", "confirmation_slip", ["excusal_id"])
    op.create_table(
        "transfer",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("from_id", IDENTIFIER, nullable=False),
        sa.Column("to_id", IDENTIFIER, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", IDENTIFIER, nullable=False),
        *_leads("transfer", member_id="member", from_id="organisation", to_id="organisation"),
        *_leads("transfer", recorded_by_id="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index("ix_transfer_member_id", "transfer", ["member_id"])
    op.create_index("ix_transfer_from", "transfer", ["from_id", "state"])
    op.create_index("ix_transfer_to", "transfer", ["to_id", "state"])
    _some("ix_transfer_under_way", "transfer", "due_on", UNDER_WAY)


def _leads(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of these columns to the ids of these tables."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _some(name: str, table: str, column: str, where: sa.TextClause) -> None:
    """An index over a few of the rows, in the order of a list."""
    op.create_index(name, table, [column, "id"], sqlite_where=where, postgresql_where=where)
