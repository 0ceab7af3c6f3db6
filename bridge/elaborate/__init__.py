"""From the tree of a Lean statement to a typed core term: `elaborator.elaborate(declaration, library)`.

Which form of syntax is elaborated by which function stands in one table, `rules.RULES`. One example:

    (declaration,) = read_file("t.lean", text="theorem t (x : ℝ) : x = x := rfl").declarations
    elaborate(declaration, default()).conclusion  # Eq ℝ x x
"""
