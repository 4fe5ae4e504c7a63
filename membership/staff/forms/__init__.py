"""What office and board enter. No form here writes a state."""
