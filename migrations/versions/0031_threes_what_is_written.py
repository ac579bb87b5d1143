"""threes, what is written."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trios",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "session", "member", name=op.f("pk_trios")),
    )
    op.create_table(
        "written",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written")),
    )
    with op.batch_alter_table("written", schema=None) as batch_op:
        batch_op.create_index("ix_written_session", ["team", "session"], unique=False)
        batch_op.create_index(batch_op.f("ix_written_team"), ["team"], unique=False)
