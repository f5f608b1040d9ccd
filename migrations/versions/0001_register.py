"""The register: organisations, their names and successors, members and posts."""

import sqlalchemy as sa
from alembic import op

revision = "0001_register"
down_revision = None
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "organisation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "central",
                "province",
                "ward_commune",
                "grassroots_committee",
                "grassroots_cell",
                "section_committee",
                "cell",
                "commission",
                name="organisationkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "unit_kind",
            sa.Enum(
                "residential",
                "office",
                "school",
                "health",
                "enterprise",
                "police",
                "military",
                name="unitkind",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=300), nullable=False),
        sa.Column("parent_id", IDENTIFIER, nullable=True),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"], unique=False)
    op.create_index("ix_organisation_path", "organisation", ["path"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=300), nullable=False),
        sa.Column("given", sa.String(length=64), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("managed_by_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(
            ["managed_by_id"], ["organisation.id"], name=op.f("fk_member_managed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_index("ix_member_given", "member", ["given"], unique=False)
    op.create_table(
        "place_name",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_place_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_place_name_slug")),
    )
    op.create_index("ix_place_name_folded", "place_name", ["folded"], unique=False)
    op.create_table(
        "succession",
        sa.Column("old_id", IDENTIFIER, nullable=False),
        sa.Column("new_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(["new_id"], ["organisation.id"], name=op.f("fk_succession_new_id")),
        sa.ForeignKeyConstraint(["old_id"], ["organisation.id"], name=op.f("fk_succession_old_id")),
        sa.PrimaryKeyConstraint("old_id", "new_id", name=op.f("pk_succession")),
    )
    op.create_table(
        "membership",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "home",
                "residence",
                "temporary",
                name="membershipkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_membership_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_member_id"), "membership", ["member_id"], unique=False)
    op.create_index(
        "ix_membership_organisation", "membership", ["organisation_id", "kind"], unique=False
    )
    op.create_table(
        "post",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column(
            "title",
            sa.Enum(
                "secretary",
                "deputy_secretary",
                "standing_member",
                "committee_member",
                "commission_member",
                "other",
                name="posttitle",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_post_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_post_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_member_id"), "post", ["member_id"], unique=False)
    op.create_index("ix_post_organisation", "post", ["organisation_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "probationary",
                "exempt",
                "temporarily_excused",
                "temporary_elsewhere",
                "transferring",
                "transferred",
                "left",
                "removed",
                "expelled",
                "deceased",
                name="membershipstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_standing_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_member_id"), "standing", ["member_id"], unique=False)
