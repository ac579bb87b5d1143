"""Decides. Frozen values and functions: no I/O, no clock, no library."""
