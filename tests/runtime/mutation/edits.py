"""Ways to make the tape wrong that the general edits do not know: numpy's functions, signs, what is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator

SWAPPED = {
    "add": "subtract", "subtract": "add", "multiply": "add", "divide": "multiply",
    "negative": "absolute",
    "absolute": "negative", "exp": "cosh", "log": "exp", "tanh": "sinh", "sqrt": "absolute",
    "maximum": "minimum", "minimum": "maximum", "greater": "less", "less": "greater",
    "less_equal": "greater_equal", "greater_equal": "less_equal", "logical_and": "logical_or",
    "zeros_like": "ones_like", "ones_like": "zeros_like",
}  # fmt: skip
STRICT = {
    "greater": "greater_equal", "less": "less_equal",
    "less_equal": "less", "greater_equal": "greater",
}  # fmt: skip


def of_kernels(node: ast.AST) -> Iterator[ast.AST]:
    """Another function of numpy, a result of the other sign, results exchanged, a statement left out."""
    match node:
        case ast.Attribute(ast.Name("np"), name, context):
            for table in (SWAPPED, STRICT):
                if name in table:
                    yield ast.Attribute(ast.Name("np", ast.Load()), table[name], context)
        case ast.Return(ast.Tuple(results, context)):
            for k in range(len(results)):
                yield ast.Return(ast.Tuple([*results[:k], _negative(results[k]), *results[k + 1 :]], context))
            yield ast.Return(ast.Tuple([*results[1:], results[0]], context))
        case ast.Return(ast.expr() as value):
            yield ast.Return(_negative(value))
        case ast.Expr(ast.Call()):
            yield ast.Pass()


def _negative(value: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "negative", ast.Load()), [value], [])


def of_sweeps(node: ast.AST) -> Iterator[ast.AST]:
    """A gradient that replaces another instead of being added to it, and a statement left out."""
    match node:
        case ast.Expr(ast.Call(ast.Name("add"), [_, contribution, _])):
            for name in ("p", "a", "b"):
                slot = ast.Subscript(ast.Name("grads", ast.Load()), ast.Name(name, ast.Load()), ast.Store())
                yield ast.Assign([slot], contribution, lineno=0)
            yield ast.Pass()
        case ast.Call(ast.Attribute(ast.Name("np"), "add"), [old, new, *_]):
            yield new
            yield old
        case ast.Expr(ast.Call()):
            yield ast.Pass()
