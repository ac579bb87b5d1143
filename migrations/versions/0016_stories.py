"""stories."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index("ix_stories_author", ["team", "author"], unique=False)
        batch_op.create_index("ix_stories_shown", ["team", "shown_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_stories_team"), ["team"], unique=False)

    op.create_table(
        "story_names",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("story", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("team", "story", "member", name=op.f("pk_story_names")),
    )
    with op.batch_alter_table("story_names", schema=None) as batch_op:
        batch_op.create_index("ix_story_names_member", ["team", "member"], unique=False)
