"""Files that are brought into the register: what they would change, and keys of other systems."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0039_import"
down_revision = "0038_journal_floor"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "register_import",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_there", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("fault", sa.JSON(), nullable=True),
        sa.Column("digest", sa.LargeBinary(32), nullable=True),
        sa.Column("seen_entry", IDENTIFIER, nullable=True),
        sa.Column("taken_until", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_register_import_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
        sa.UniqueConstraint("uid", name=op.f("uq_register_import_uid")),
    )
    op.create_index("ix_register_import_account_id", "register_import", ["account_id", "id"])
    op.create_index("ix_register_import_state", "register_import", ["state", "id"])
    op.create_table(
        "import_line",
        sa.Column("import_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_import_line_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_line")),
    )
    op.create_index("ix_import_line_verdict", "import_line", ["import_id", "verdict", "number"])
    _make_writes()
    op.create_table(
        "member_source",
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_source_member_id")
        ),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_member_source")),
    )
    op.create_index(op.f("ix_member_source_member_id"), "member_source", ["member_id"])


def _make_writes() -> None:
    """Create the table of what is about to be written."""
    op.create_table(
        "import_write",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("import_id", IDENTIFIER, nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("row_id", IDENTIFIER, nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(300), nullable=True),
        sa.Column("folded", sa.String(300), nullable=True),
        sa.Column("given", sa.String(64), nullable=True),
        sa.Column("placed", sa.Text(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("managed_by_id", IDENTIFIER, nullable=True),
        sa.Column("organisation_id", IDENTIFIER, nullable=True),
        sa.Column("term", sa.String(64), nullable=True),
        sa.Column("words", sa.String(300), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.LargeBinary(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_import_write_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_write")),
    )
    op.create_index("ix_import_write_target", "import_write", ["import_id", "target"])
