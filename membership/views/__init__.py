"""The public addresses below /mitglied-werden/antrag/."""
