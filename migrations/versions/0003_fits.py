"""How intro coffees were, as each of the two says."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fits",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("intro", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "intro", "member", name=op.f("pk_fits")),
    )
