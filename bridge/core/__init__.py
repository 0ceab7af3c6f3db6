"""Core terms: what Lean's kernel knows of a statement; reduction, unification, instances, coercions.

Everything works on a `Context`, as plain functions; nothing here knows of syntax. One example:

    ctx = Context(env)
    n = ctx.meta(NAT)
    unify(ctx, nat_operation("HAdd.hAdd", n, Lit(1)), Lit(3))  # True, and ctx.zonk(n) is Lit(2)
"""
