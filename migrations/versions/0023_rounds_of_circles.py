"""rounds of circles."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "circle_round_wishes",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", "round", "member", name=op.f("pk_circle_round_wishes")),
    )
    op.create_table(
        "circle_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began", sa.BigInteger(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("closes", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_rounds")),
        sa.UniqueConstraint("team", "circle", "number", name=op.f("uq_circle_rounds_team_circle_number")),
    )
    with op.batch_alter_table("circle_rounds", schema=None) as batch_op:
        batch_op.create_index("ix_circle_rounds_look", ["team", "look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_circle_rounds_team"), ["team"], unique=False)
