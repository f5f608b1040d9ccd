"""Where the name of an organisation stands among others: 2 before 10, and in Vietnamese order."""

import sqlalchemy as sa
from alembic import op

from portal.text import place_order

revision = "0052_order_of_organisations"
down_revision = "0051_result_outcome"
branch_labels = None
depends_on = None

#: So many rows are written at once.
TOGETHER = 1000


def upgrade() -> None:
    """Say of each organisation where its name stands; the folded name put 10 before 2."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("organisation", sa.Column("placed", kind, nullable=False, server_default=""))
    table = sa.table("organisation", sa.column("id"), sa.column("name"), sa.column("placed"))
    connection = op.get_bind()
    rows = connection.execute(sa.select(table.c.id, table.c.name)).all()
    wanted = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("number"))
        .values(placed=sa.bindparam("place"))
    )
    for start in range(0, len(rows), TOGETHER):
        places = [
            {"number": row.id, "place": place_order(row.name)}
            for row in rows[start : start + TOGETHER]
        ]
        connection.execute(wanted, places)
    with op.batch_alter_table("organisation") as changed:
        changed.alter_column("placed", server_default=None)
