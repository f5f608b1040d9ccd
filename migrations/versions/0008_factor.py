"""Second factors, recovery codes, half sign-ins, and what is known of a session."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0008_factor"
down_revision = "0007_administration"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables. Sessions that began with a password alone end here."""
    op.create_table(
        "second_factor",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("app", "passkey", name="factorkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("last_used_at", UTCDateTime(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("last_step", IDENTIFIER, nullable=True),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("sign_count", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("uid", name=op.f("uq_second_factor_uid")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_second_factor_credential_id")),
    )
    op.create_index(op.f("ix_second_factor_account_id"), "second_factor", ["account_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    op.create_table(
        "half_sign_in",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("challenge", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_half_sign_in_account_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_half_sign_in")),
    )
    op.create_index(op.f("ix_half_sign_in_account_id"), "half_sign_in", ["account_id"])
    op.execute(sa.text("DELETE FROM staff_session"))
    with op.batch_alter_table("staff_session") as table:
        table.add_column(sa.Column("uid", sa.LargeBinary(length=16), nullable=False))
        table.add_column(sa.Column("proven_at", UTCDateTime(), nullable=False))
        table.add_column(sa.Column("challenge", sa.LargeBinary(length=32), nullable=False))
        table.add_column(sa.Column("device", sa.String(length=64), nullable=False))
        table.add_column(sa.Column("seen_on", sa.Date(), nullable=False))
        table.create_unique_constraint(op.f("uq_staff_session_uid"), ["uid"])
