"""Forward and backward rules as functions of arrays, without any tape.

A forward rule takes the inputs and then the parameters. A backward rule takes the upstream gradient,
the output, the inputs and the parameters; it returns the contribution (arity 1) or the tuple of
contributions in the order of the inputs, each either the upstream gradient itself or a fresh array.
Arrays have at least one dimension; nothing that comes in is written to.
Every entry is computed by Lean's expression tree in Lean's order; only sums and products of matrices
may associate differently.
"""
