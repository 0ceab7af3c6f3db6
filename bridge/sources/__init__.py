"""Where Lean declarations come from: `recognise.read_source(path)` finds out which form a source has."""
