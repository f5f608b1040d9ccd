"""Cases with their papers, clocks, people and places in the lists."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0003_case"
down_revision = "0002_account"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "counter",
        sa.Column(
            "room",
            sa.Enum("desk", "committee", name="room", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column(
            "status",
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
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_counter_organisation_id")
        ),
        sa.PrimaryKeyConstraint("room", "organisation_id", "status", name=op.f("pk_counter")),
    )
    op.create_table(
        "feedback_case",
        sa.Column("id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column(
            "status",
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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=False),
        sa.Column("prepared_at", UTCDateTime(), nullable=True),
        sa.Column("desk_id", IDENTIFIER, nullable=True),
        sa.Column("handler_id", IDENTIFIER, nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
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
            "sent_as",
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
            "sentiment",
            sa.Enum(
                "criticism",
                "praise",
                "mixed",
                "neutral",
                name="sentiment",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "topic",
            sa.Enum(
                "exemplary_conduct",
                "attitude_to_people",
                "duty_performance",
                "party_life",
                "community_rules",
                "environment_order",
                "land_construction",
                "funds_transparency",
                "benefits_fairness",
                "family",
                "social_media",
                "absence_transfer",
                "volunteering",
                "corruption_hint",
                "other",
                name="topic",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", IDENTIFIER, nullable=True),
        sa.Column("fears_retaliation", sa.Boolean(), nullable=False),
        sa.Column("possible_denunciation", sa.Boolean(), nullable=False),
        sa.Column("guessable", sa.Boolean(), nullable=False),
        sa.Column("subject_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("headline", sa.LargeBinary(), nullable=True),
        sa.Column("claimant_id", IDENTIFIER, nullable=True),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("proposal", sa.String(length=64), nullable=True),
        sa.Column("proposer_id", IDENTIFIER, nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("send_backs", sa.Integer(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["account.id"], name=op.f("fk_feedback_case_claimant_id")
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["organisation.id"], name=op.f("fk_feedback_case_desk_id")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["organisation.id"], name=op.f("fk_feedback_case_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["account.id"], name=op.f("fk_feedback_case_proposer_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisation.id"], name=op.f("fk_feedback_case_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_case")),
    )
    op.create_index(
        "ix_feedback_case_claimant", "feedback_case", ["claimant_id", "due_at", "id"], unique=False
    )
    op.create_index("ix_feedback_case_lease_until", "feedback_case", ["lease_until"], unique=False)
    op.create_index(
        "ix_feedback_case_prepared_at", "feedback_case", ["prepared_at", "id"], unique=False
    )
    op.create_index(
        "ix_feedback_case_proposer", "feedback_case", ["proposer_id", "id"], unique=False
    )
    op.create_index(
        "ix_feedback_case_status", "feedback_case", ["status", "due_at", "id"], unique=False
    )
    op.create_table(
        "case_part",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column(
            "part",
            sa.Enum("proposer", "confirmer", "handler", name="part", native_enum=False, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_case_part_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_case_part_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", "part", name=op.f("pk_case_part")),
    )
    op.create_table(
        "case_scope",
        sa.Column(
            "room",
            sa.Enum("desk", "committee", name="room", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
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
            "topic",
            sa.Enum(
                "exemplary_conduct",
                "attitude_to_people",
                "duty_performance",
                "party_life",
                "community_rules",
                "environment_order",
                "land_construction",
                "funds_transparency",
                "benefits_fairness",
                "family",
                "social_media",
                "absence_transfer",
                "volunteering",
                "corruption_hint",
                "other",
                name="topic",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", IDENTIFIER, nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_case_scope_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_case_scope_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisation.id"], name=op.f("fk_case_scope_unit_id")
        ),
        sa.PrimaryKeyConstraint("room", "organisation_id", "case_id", name=op.f("pk_case_scope")),
    )
    op.create_index("ix_case_scope_case", "case_scope", ["case_id"], unique=False)
    op.create_index(
        "ix_case_scope_list",
        "case_scope",
        ["room", "organisation_id", "queue", "due_at", "case_id"],
        unique=False,
    )
    op.create_index(
        "ix_case_scope_status",
        "case_scope",
        ["room", "organisation_id", "status", "due_at", "case_id"],
        unique=False,
    )
    op.create_index(
        "ix_case_scope_kind",
        "case_scope",
        ["room", "organisation_id", "queue", "kind", "due_at", "case_id"],
        unique=False,
    )
    op.create_index(
        "ix_case_scope_topic",
        "case_scope",
        ["room", "organisation_id", "queue", "topic", "due_at", "case_id"],
        unique=False,
    )
    op.create_index(
        "ix_case_scope_unit",
        "case_scope",
        ["room", "organisation_id", "queue", "unit_id", "due_at", "case_id"],
        unique=False,
    )
    op.create_table(
        "exclusion",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_exclusion_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "mark", name=op.f("pk_exclusion")),
    )
    op.create_index("ix_exclusion_mark", "exclusion", ["mark", "case_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("event_uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledge",
                "meet_member",
                "member_statement",
                "member_asked",
                "field_check",
                "dialogue",
                "remind",
                "self_criticism",
                "remedy",
                "apology",
                "mentoring",
                "thematic_supervision",
                "propose_inspection",
                "discipline_reprimand",
                "discipline_warning",
                "propose_dismissal",
                "propose_expulsion",
                "propose_removal",
                "file_guidance",
                "residence_comment",
                "commend",
                "propose_reward",
                "clear_name",
                "transfer_authority",
                "no_action",
                name="actionkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_follow_up_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_follow_up_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("event_uid", name=op.f("uq_follow_up_event_uid")),
    )
    op.create_index(op.f("ix_follow_up_case_id"), "follow_up", ["case_id"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reading",
                "subject",
                "checklist",
                "proposal",
                "shown",
                "routing",
                "referral",
                "statement",
                "report",
                "answer",
                name="paperkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_paper_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"], name=op.f("fk_paper_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("uid", name=op.f("uq_paper_uid")),
    )
    op.create_index("ix_paper_case", "paper", ["case_id", "kind", "id"], unique=False)
    op.create_table(
        "stage_clock",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("stopped_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_stage_clock_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_clock")),
    )
    op.create_index(op.f("ix_stage_clock_case_id"), "stage_clock", ["case_id"], unique=False)
