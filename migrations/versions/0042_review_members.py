"""Whose results each cell of a review is to record, fixed when the review opens."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0042_review_members"
down_revision = "0041_reported"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "review_member"

#: Vietnam knows no summer time.
AHEAD = timedelta(hours=7)

SIGNED = """
INSERT INTO review_member (part_id, member_id) SELECT part_id, member_id FROM review_result
"""
#: Who was at home in the cell on the day, or whose membership the Party ended in the period.
AT_HOME = """
INSERT INTO review_member (part_id, member_id)
SELECT DISTINCT part.id, m.member_id
FROM review_part part
JOIN membership m ON m.organisation_id = part.organisation_id AND m.kind = 'home'
LEFT JOIN standing s ON s.member_id = m.member_id AND s.valid_from <= :on
    AND (s.valid_to IS NULL OR s.valid_to >= :on)
WHERE part.review_id = :review AND part.state = 'recording' AND m.valid_from <= :on
AND (
    ((m.valid_to IS NULL OR m.valid_to >= :on) AND (s.id IS NULL OR s.status NOT IN (
        'removed', 'expelled', 'left', 'transferred', 'deceased')))
    OR (s.status IN ('removed', 'expelled', 'left') AND s.valid_from BETWEEN :begins AND :on
        AND (m.valid_to IS NULL OR m.valid_to >= :begins))
)
AND NOT EXISTS (
    SELECT 1 FROM review_member r WHERE r.part_id = part.id AND r.member_id = m.member_id
)
"""


def upgrade() -> None:
    """Create the table. Reviews that are open get those of the day on which they opened."""
    op.create_table(
        TABLE,
        sa.Column("part_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["review_part.id"], name="fk_review_member_part_id_review_part"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name="fk_review_member_member_id_member"
        ),
        sa.PrimaryKeyConstraint("part_id", "member_id", name="pk_review_member"),
    )
    op.create_index("ix_review_member_member_id", TABLE, ["member_id"])
    op.execute(SIGNED)
    review = sa.table(
        "screening_review",
        sa.column("id", IDENTIFIER),
        sa.column("state", sa.String()),
        sa.column("period_from", sa.Date()),
        sa.column("period_to", sa.Date()),
        sa.column("opened_at", UTCDateTime()),
    )
    at_home = sa.text(AT_HOME).bindparams(
        sa.bindparam("on", type_=sa.Date()), sa.bindparam("begins", type_=sa.Date())
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(review).where(review.c.state == "open")).all():
        opened_on = (row.opened_at + AHEAD).date()
        days = {"on": min(row.period_to, opened_on), "begins": row.period_from}
        bind.execute(at_home, {"review": row.id, **days})
