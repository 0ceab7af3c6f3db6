"""Where Lean declarations come from."""
