"""Who is competent for money in office: named, and like all at first to be looked up by staff."""

import sqlalchemy as sa
from alembic import op

revision = "0043_corruption"
down_revision = "0042_review_members"
branch_labels = None
depends_on = None

WORD = "corruption"
#: Named without an address or a number, and marked as checked by nobody.
FIRST = ("Ban Nội chính Tỉnh ủy", "Công an xã, phường hoặc Công an tỉnh")
AUTHORITY = sa.table(
    "authority",
    sa.column("id", sa.Integer),
    sa.column("place", sa.Integer),
    *(sa.column(name, sa.String) for name in ("name", "address", "telephone", "hours", "note")),
    sa.column("matters", sa.JSON),
)


def upgrade() -> None:
    """Let whoever receives denunciations be named for it too, and add two names behind."""
    rows = op.get_bind().execute(sa.select(AUTHORITY).order_by(AUTHORITY.c.place)).all()
    for row in rows:
        if "denunciation" in row.matters:
            op.execute(
                AUTHORITY.update()
                .where(AUTHORITY.c.id == row.id)
                .values(matters=[*row.matters, WORD])
            )
    behind = max((row.place for row in rows), default=0)
    op.bulk_insert(
        AUTHORITY,
        [
            {"place": place, "name": name, "matters": [WORD]}
            | dict.fromkeys(("address", "telephone", "hours", "note"), "")
            for place, name in enumerate(FIRST, start=behind + 1)
        ],
    )
