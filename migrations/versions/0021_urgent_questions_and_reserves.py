"""urgent questions, reserves, a session's own protocol."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jumps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jumps")),
        sa.UniqueConstraint("team", "session", "member", name=op.f("uq_jumps_team_session_member")),
    )
    with op.batch_alter_table("jumps", schema=None) as batch_op:
        batch_op.create_index("ix_jumps_circle", ["team", "circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_jumps_team"), ["team"], unique=False)

    op.create_table(
        "reserves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserves")),
        sa.UniqueConstraint("team", "session", "member", name=op.f("uq_reserves_team_session_member")),
    )
    with op.batch_alter_table("reserves", schema=None) as batch_op:
        batch_op.create_index("ix_reserves_circle", ["team", "circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_reserves_team"), ["team"], unique=False)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("protocol", sa.String(length=40), nullable=True))
