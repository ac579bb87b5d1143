<%
    lines = [line for line in (upgrades or "pass").splitlines() if "###" not in line]
    steps = "\n".join(lines).strip()
%>\
"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${steps}
