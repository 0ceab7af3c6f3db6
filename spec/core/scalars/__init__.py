"""The scalar kinds, one module each."""
