"""calls for help."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkin_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("asker", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=True),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("helper", sa.String(length=20), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_calls")),
        sa.UniqueConstraint("team", "answer", name=op.f("uq_checkin_calls_team_answer")),
    )
    with op.batch_alter_table("checkin_calls", schema=None) as batch_op:
        batch_op.create_index("ix_checkin_calls_circle", ["team", "circle", "made_at"], unique=False)
        batch_op.create_index("ix_checkin_calls_look", ["team", "look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkin_calls_team"), ["team"], unique=False)
