"""From the tree of a Lean statement to a typed core term."""
