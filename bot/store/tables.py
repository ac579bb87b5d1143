"""All tables as one metadata, for migrations and for the tests that compare them with the models.

Every module of this folder is imported, so a table in a new file is seen without a list that somebody must keep.
"""

import pkgutil
from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

from bot.store.base import metadata


def every_table() -> MetaData:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        import_module(f"bot.store.{module.name}")
    return metadata
