"""What the register of organisations and members needs to be kept by hand."""

import sqlalchemy as sa
from alembic import op

from portal.text import name_order

revision = "0037_register_deeds"
down_revision = "0036_screening"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Count what is entered, order members by name, and keep other names and parents."""
    for table in ("organisation", "member"):
        version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, version)
        with op.batch_alter_table(table) as changed:
            changed.alter_column("version", server_default=None)
    _order_members()
    op.add_column("post", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("journal_entry", sa.Column("member_id", sa.Uuid(), nullable=True))
    _make_eras()


def _order_members() -> None:
    """Say of each member where the name stands among others."""
    op.add_column("member", sa.Column("placed", sa.Text(), nullable=False, server_default=""))
    member = sa.table("member", sa.column("id", sa.Uuid()), sa.column("name"), sa.column("placed"))
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(member.c.id, member.c.name)).all():
        connection.execute(
            sa.update(member).where(member.c.id == number).values(placed=name_order(name))
        )
    with op.batch_alter_table("member") as changed:
        changed.alter_column("placed", server_default=None)
    op.create_index("ix_member_folded", "member", ["folded"])
    op.create_index("ix_member_placed", "member", ["placed", "id"])


def _make_eras() -> None:
    """Create the table of names and parents that are not those of now."""
    op.create_table(
        "organisation_era",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("short_name", sa.String(300), nullable=False),
        sa.Column("parent_id", IDENTIFIER, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_era_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_era_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_era")),
    )
    for column in ("organisation_id", "parent_id", "valid_to"):
        op.create_index(f"ix_organisation_era_{column}", "organisation_era", [column])
