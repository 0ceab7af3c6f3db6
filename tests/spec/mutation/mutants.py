"""Wrong versions of a function, made from its own source by program.

Every operator, constant, comparison, branch, index and argument order is changed, one at a time. A
mutant is a code object, put in place of the function's own for the length of a `with` block, so
every caller sees it.
"""

from __future__ import annotations

import ast
import builtins
import copy
import dis
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from types import CodeType, FunctionType

SWAPPED = {
    "exp": "cosh", "tanh": "sinh", "sinh": "cosh", "cosh": "sinh", "sqrt": "abs_", "log": "exp",
    "lt": "gt", "gt": "lt", "le": "lt", "ge": "gt", "max_": "min_", "min_": "max_", "inv": "abs_",
    "reversed": "list", "sum": "max", "any": "all", "all": "any",
}  # fmt: skip
OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mod,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
Edit = Callable[[ast.AST], Iterator[ast.AST]]
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


@dataclass(frozen=True)
class Mutant:
    """A changed function: which, what was changed where, and its code."""

    function: FunctionType
    change: str
    line: int
    code: CodeType

    @property
    def name(self) -> str:
        """module:function: change, as survivors are listed."""
        module = self.function.__module__.removeprefix("leanmirror.")
        return f"{module}:{self.function.__qualname__}: {self.change}"


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """The mutant in place of its function."""
    original = mutant.function.__code__
    mutant.function.__code__ = mutant.code
    try:
        yield
    finally:
        mutant.function.__code__ = original


def mutants(function: FunctionType, *, more: Edit | None = None) -> Iterator[Mutant]:
    """Every mutant of the function that differs from it and compiles; `more` are further edits of a node."""
    tree = _definition(function)
    seen = {ast.dump(tree)}
    for change, line, mutated in _edits(tree, more or _no_more):
        key = ast.dump(mutated)
        if key in seen:
            continue
        seen.add(key)
        code = _code(mutated, function)
        if code is not None and _resolves(code, function):
            yield Mutant(function, change, line, code)


def _definition(function: FunctionType) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    found = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function.__name__)
    found.decorator_list = []
    if ast.get_docstring(found):
        found.body = found.body[1:] or [ast.Pass()]
    found.returns = None
    return found


def _code(tree: ast.FunctionDef, function: FunctionType) -> CodeType | None:
    module = ast.fix_missing_locations(ast.Module([tree], []))
    compiled = compile(module, inspect.getsourcefile(function) or "?", "exec", flags=_annotations())
    code = next(c for c in compiled.co_consts if isinstance(c, CodeType) and c.co_name == function.__name__)
    return code if code.co_freevars == function.__code__.co_freevars else None


def _resolves(code: CodeType, function: FunctionType) -> bool:
    """Every name that the mutant adds exists where the function stands."""
    new = _names(code) - _names(function.__code__)
    return all(name in function.__globals__ or hasattr(builtins, name) for name in new)


def _names(code: CodeType) -> set[str]:
    """The global names that the code reads; attributes are not among them."""
    inner = (c for c in code.co_consts if isinstance(c, CodeType))
    here = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return here.union(*map(_names, inner))


def _annotations() -> int:
    import __future__

    return __future__.annotations.compiler_flag


def _no_more(node: ast.AST) -> Iterator[ast.AST]:
    return iter(())


def _edits(tree: ast.FunctionDef, more: Edit) -> Iterator[tuple[str, int, ast.FunctionDef]]:
    """(what, line, changed tree) for every node of the body and every way to change it."""
    nodes = [n for statement in tree.body for n in ast.walk(statement)]
    for index, node in enumerate(nodes):
        for change, replacement in _changes(node, more):
            changed = copy.deepcopy(tree)
            twin = [n for statement in changed.body for n in ast.walk(statement)][index]
            yield change, getattr(node, "lineno", 0), _replaced(changed, twin, replacement)


def _replaced(tree: ast.FunctionDef, old: ast.AST, new: ast.AST) -> ast.FunctionDef:
    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    changed = Replace().visit(tree)
    assert isinstance(changed, ast.FunctionDef)
    return changed


def _changes(node: ast.AST, more: Edit) -> Iterator[tuple[str, ast.AST]]:
    text = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    for new in chain(_new_nodes(node), more(node)):
        yield f"{text} -> {ast.unparse(new)}", new


def _new_nodes(node: ast.AST) -> Iterator[ast.AST]:  # noqa: PLR0912 - one case per kind of node
    match node:
        case ast.BinOp(left, op, right):
            for other in OPERATORS.get(type(op), ()):
                yield ast.BinOp(left, other(), right)
            if isinstance(op, ast.Add | ast.Sub | ast.Mult):
                yield left
                yield right
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand
        case ast.Constant(value) if type(value) is int:
            yield ast.Constant(value + 1)
        case ast.Constant(value) if type(value) is bool:
            yield ast.Constant(not value)
        case ast.Compare(left, [op], [right]):
            for comparison in COMPARISONS.get(type(op), ()):
                yield ast.Compare(left, [comparison()], [right])
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
            yield body
            yield orelse
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Call(func, args, keywords):
            yield from _calls(func, args, keywords)
        case ast.Subscript(ast.Subscript(value, one, inner), two, outer):
            yield ast.Subscript(ast.Subscript(value, two, inner), one, outer)
        case _:
            return


def _calls(func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[ast.AST]:
    if isinstance(func, ast.Name) and func.id in SWAPPED:
        yield ast.Call(ast.Name(SWAPPED[func.id], ast.Load()), args, keywords)
    for i in range(len(args) - 1):
        if not any(isinstance(a, ast.Starred) for a in args):
            yield ast.Call(func, [*args[:i], args[i + 1], args[i], *args[i + 2 :]], keywords)
