"""Manners: what members set for themselves; why a letter waits, what it counts for, in whose message it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=True),
        sa.Column("closes", sa.String(length=5), nullable=True),
        sa.Column("country", sa.String(length=3), server_default="", nullable=False),
        sa.Column("weekly", sa.Integer(), nullable=True),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "member", name=op.f("pk_settings")),
    )
    op.create_index(
        "ix_members_paused",
        "members",
        ["team", "paused_until"],
        unique=False,
        sqlite_where=sa.text("paused_until IS NOT NULL"),
        postgresql_where=sa.text("paused_until IS NOT NULL"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("week", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("carrier", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("carries", sa.Boolean(), nullable=True))
        batch_op.create_index(
            "ix_outbox_carrier",
            ["team", "carrier"],
            unique=False,
            sqlite_where=sa.text("carrier IS NOT NULL"),
            postgresql_where=sa.text("carrier IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_told",
            ["team", "recipient", "week"],
            unique=False,
            sqlite_where=sa.text("week IS NOT NULL"),
            postgresql_where=sa.text("week IS NOT NULL"),
        )
