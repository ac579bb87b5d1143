"""What a question of the earliest moment answers now, in one workspace."""

from sqlalchemy import select


async def answered(work, question):
    return (await work.connection.execute(select(question))).scalar_one()
