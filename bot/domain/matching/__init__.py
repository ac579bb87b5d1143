"""Who is put together with whom, and why.

The document and everything a handler may need at once (reading, candidates for one member, a place for a late joiner) are
here and cheap to import. Whole draws are `bot.domain.matching.engine`, which brings numpy and scipy and belongs in a worker.
"""
