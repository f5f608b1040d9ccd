"""Submissions, seals, residents' acts and the numbers given out."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0004_submission"
down_revision = "0003_case"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "seal",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column(
            "target",
            sa.Enum(
                "submission",
                "case_public",
                "case_internal",
                name="sealtarget",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("target_id", IDENTIFIER, nullable=False),
        sa.Column(
            "holder",
            sa.Enum("staff", "code", "submission", name="sealholder", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("holder_id", IDENTIFIER, nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint(
            "target",
            "target_id",
            "holder",
            "holder_id",
            name=op.f("uq_seal_target_target_id_holder_holder_id"),
        ),
    )
    op.create_table(
        "sequence",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sequence")),
    )
    op.create_table(
        "submission",
        sa.Column("id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column(
            "channel", sa.Enum("web", name="channel", native_enum=False, length=32), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "praise",
                "suggestion",
                "report",
                "petition",
                name="kind",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "context",
            sa.Enum(
                "residence",
                "work",
                "party_life",
                "unsure",
                name="context",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "how_known",
            sa.Enum("seen", "documents", "heard", name="howknown", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column(
            "post_level",
            sa.Enum(
                "none",
                "cell",
                "commune",
                "province",
                "unsure",
                name="postlevel",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", IDENTIFIER, nullable=True),
        sa.Column("fears_retaliation", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("merged", "withdrawn", name="submissionstate", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column(
            "rating",
            sa.Enum(
                "satisfied",
                "acceptable",
                "unsatisfied",
                name="rating",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_submission_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisation.id"], name=op.f("fk_submission_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("lookup", name=op.f("uq_submission_lookup")),
    )
    op.create_index(op.f("ix_submission_case_id"), "submission", ["case_id"], unique=False)
    op.create_table(
        "resident_act",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("submission_id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "saved", "supply", "rate", "withdraw", name="actkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "rating",
            sa.Enum(
                "satisfied",
                "acceptable",
                "unsatisfied",
                name="rating",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("refused", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_resident_act_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_act")),
        sa.UniqueConstraint("uid", name=op.f("uq_resident_act_uid")),
    )
    op.create_index("ix_resident_act_done_at", "resident_act", ["done_at", "id"], unique=False)
    op.create_index(
        op.f("ix_resident_act_submission_id"), "resident_act", ["submission_id"], unique=False
    )
