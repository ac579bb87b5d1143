"""charters."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charter_signatures",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "circle", "number", "member", name=op.f("pk_charter_signatures")),
    )
    op.create_table(
        "charter_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("program", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_templates")),
        sa.UniqueConstraint("team", "program", name=op.f("uq_charter_templates_team_program")),
    )
    with op.batch_alter_table("charter_templates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charter_templates_team"), ["team"], unique=False)

    op.create_table(
        "charter_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter_texts")),
        sa.UniqueConstraint("team", "circle", "number", name=op.f("uq_charter_texts_team_circle_number")),
    )
    with op.batch_alter_table("charter_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charter_texts_team"), ["team"], unique=False)

    op.create_table(
        "charters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("mark_at", sa.BigInteger(), nullable=True),
        sa.Column("bookmark", sa.String(length=20), nullable=True),
        sa.Column("canvas", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charters")),
        sa.UniqueConstraint("team", "circle", name=op.f("uq_charters_team_circle")),
    )
    with op.batch_alter_table("charters", schema=None) as batch_op:
        batch_op.create_index("ix_charters_look", ["team", "look_at"], unique=False)
        batch_op.create_index("ix_charters_mark", ["team", "mark_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_charters_team"), ["team"], unique=False)
