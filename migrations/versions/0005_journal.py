"""Events, the outbox, heartbeats, settings and the calendar."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime
from portal.deadlines import STARTING_ROWS

revision = "0005_journal"
down_revision = "0004_submission"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "calendar_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "working", name="daykind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("verified_by", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "notice",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=True),
        sa.Column("organisation_id", IDENTIFIER, nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"], name=op.f("fk_notice_case_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_sent_at", "notice", ["sent_at", "id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("submission_id", IDENTIFIER, nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column(
            "from_status",
            sa.Enum(
                "received",
                "screening",
                "need_info",
                "declined",
                "referred",
                "eligible",
                "routed",
                "in_progress",
                "on_hold",
                "reported",
                "answered",
                "closed",
                "withdrawn",
                name="status",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "received",
                "screening",
                "need_info",
                "declined",
                "referred",
                "eligible",
                "routed",
                "in_progress",
                "on_hold",
                "reported",
                "answered",
                "closed",
                "withdrawn",
                name="status",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "actor",
            sa.Enum(
                "resident",
                "moderator",
                "committee",
                "clock",
                "worker",
                name="actor",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", IDENTIFIER, nullable=True),
        sa.Column("organisation_id", IDENTIFIER, nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("public_note", sa.LargeBinary(), nullable=True),
        sa.Column("internal_note", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_event_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"], name=op.f("fk_event_case_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_event_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    op.create_index("ix_event_case", "event", ["case_id", "id"], unique=False)
    op.bulk_insert(
        sa.table(
            "calendar_day",
            sa.column("on", sa.Date()),
            sa.column("kind", sa.String()),
            sa.column("note", sa.String()),
        ),
        [{"on": on, "kind": kind, "note": note} for on, kind, note in STARTING_ROWS],
    )
