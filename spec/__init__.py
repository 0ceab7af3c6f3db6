"""Lean's definitions by name, over any scalar, and the judge that runs statements about them."""
