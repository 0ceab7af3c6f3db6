"""Text and JSON going out and coming in, and where commands keep what they found."""
