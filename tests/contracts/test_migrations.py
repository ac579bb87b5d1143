"""A migration adds and takes nothing away, so that the version before runs on beside the new one for a while.

Where something else is right all the same, the line says why: `# the version before: it never reads this`.
"""

import ast
from pathlib import Path

import pytest

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
REASON = "# the version before: "
TAKES_AWAY = {"drop_table", "drop_column", "rename_table"}
REFUSES = {"create_unique_constraint", "create_check_constraint", "create_foreign_key"}
WORDS = ("DROP ", "RENAME ", "DELETE ")


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {one.arg: one.value for one in call.keywords if one.arg}


def is_(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def problem(call: ast.Call) -> str:
    """What the version before would mind of this step; "" for nothing."""
    name, given = getattr(call.func, "attr", ""), keywords(call)
    if name in TAKES_AWAY:
        return f"{name}: it still reads that"
    if name in REFUSES:
        return f"{name}: what it writes may be refused"
    if name == "alter_column" and (
        "new_column_name" in given or "type_" in given or is_(given.get("nullable"), False)
    ):
        return "alter_column: it knows the column as it was"
    if name == "add_column":
        [column] = [one for one in call.args if isinstance(one, ast.Call)]
        of_column = keywords(column)
        if is_(of_column.get("nullable"), False) and "server_default" not in of_column:
            return "add_column: it leaves that out when it writes, so it needs a server_default"
    if name == "create_index" and is_(given.get("unique"), True):
        return "create_index: what it writes may be refused"
    if name == "execute" and any(word in ast.unparse(call).upper() for word in WORDS):
        return "execute: it takes something away"
    return ""


def problems(source: str) -> list[str]:
    lines = source.splitlines()
    tree = ast.parse(source)
    [upgrade] = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "upgrade"]
    new = {first_word(call) for call in calls(upgrade) if getattr(call.func, "attr", "") == "create_table"}
    for block in [node for node in ast.walk(upgrade) if isinstance(node, ast.With)]:
        context = block.items[0].context_expr
        if isinstance(context, ast.Call) and first_word(context) in new:
            # Of a table that it doesn't know it minds nothing.
            block.body.clear()
    found = []
    for call in calls(upgrade):
        said = "\n".join(lines[call.lineno - 1 : call.end_lineno])
        if (wrong := problem(call)) and REASON not in said:
            found.append(wrong)
    return found


def calls(inside: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(inside) if isinstance(node, ast.Call)]


def first_word(call: ast.Call) -> str:
    """The table that a step is about."""
    return call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py"))[1:], ids=lambda path: path.stem)
def test_the_version_before_does_not_mind(path):
    assert problems(path.read_text()) == []


@pytest.mark.parametrize(
    "step",
    [
        "op.drop_column('circles', 'name')",
        "op.rename_table('circles', 'rounds')",
        "op.add_column('circles', sa.Column('mood', sa.Text(), nullable=False))",
        "batch_op.alter_column('name', new_column_name='title')",
        "batch_op.alter_column('name', existing_type=sa.Text(), nullable=False)",
        "batch_op.create_index('uq_x', ['name'], unique=True)",
        "op.execute('ALTER TABLE circles RENAME TO rounds')",
    ],
)
def test_a_step_that_it_minds_is_found_unless_a_reason_is_given(step):
    assert problems(f"def upgrade():\n    {step}\n")
    assert not problems(f"def upgrade():\n    {step}  {REASON}it never reads this\n")


def test_new_tables_columns_with_a_default_and_wider_ones_are_fine():
    steps = (
        "op.create_table('moods', sa.Column('id', sa.Integer(), nullable=False))",
        "op.add_column('circles', sa.Column('mood', sa.Text(), server_default='', nullable=False))",
        "op.add_column('circles', sa.Column('mood', sa.Text()))",
        "batch_op.alter_column('name', existing_type=sa.Text(), nullable=True)",
        "op.drop_index('ix_x')",
    )
    assert problems("def upgrade():\n    " + "\n    ".join(steps)) == []
