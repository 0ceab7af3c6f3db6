"""A verdict told to people and to other tools."""
