"""The mentoring-circles bot: runs mentoring where people already talk."""
