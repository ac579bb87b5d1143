"""Acts. One folder a concept; none imports another."""
