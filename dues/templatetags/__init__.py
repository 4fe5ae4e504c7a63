"""Template tags of the dues order."""
