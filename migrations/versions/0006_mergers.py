"""Proposals to make one circle of two, and what their members say."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mergers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("small", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=False),
        sa.Column("open_small", sa.Integer(), nullable=True),
        sa.Column("open_into", sa.Integer(), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mergers")),
        sa.UniqueConstraint("team", "open_into", name=op.f("uq_mergers_team_open_into")),
        sa.UniqueConstraint("team", "open_small", name=op.f("uq_mergers_team_open_small")),
    )
    with op.batch_alter_table("mergers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mergers_team"), ["team"], unique=False)
