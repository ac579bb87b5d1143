"""Remembers. The only place with SQL; repositories are bound to one workspace and return domain values."""
