"""Trees to text in one normal form, which reads back to an equal tree.

One line, one space between tokens, parentheses only where precedence asks for them; a form that would
swallow what follows is in parentheses unless nothing does.
"""

from __future__ import annotations

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Notations
from leanmirror.bridge.lean.operators import BIG_OPERATORS, BY_KEY, MAX_PREC
from leanmirror.bridge.lean.printing import Printer, binder_names, pattern_names

__all__ = ["Printer", "print_term"]

_STICKY = frozenset("|‖=>")


def _prefix(text: str, operand: str) -> str:
    return f"{text}{operand}" if operand[0].isalnum() or operand[0] in "(_" else f"{text} {operand}"


def _ident(p: Printer, node: s.Ident) -> str:
    levels = "" if node.levels is None else f".{{{', '.join(node.levels)}}}"
    return f"{'@' if node.explicit else ''}{p.name(node.name)}{levels}"


def _number(_: Printer, node: s.Number) -> str:
    return str(node.value)


def _decimal(_: Printer, node: s.Decimal) -> str:
    return f"{node.mantissa}e{node.exponent}"


def _section(p: Printer, node: s.Section) -> str:
    text = p.show(node.body)
    return text if isinstance(node.body, s.Tuple | s.Ascription) else f"({text})"


def _sort(_: Printer, node: s.Sort) -> str:
    if node.level is None or node.level == "*":
        return f"{node.kind}{node.level or ''}"
    level = f"({node.level})" if " " in node.level else node.level
    return f"{node.kind} {level}"


def _named(p: Printer, node: s.Named) -> str:
    return f"({node.name} := {p.show(node.value)})"


def _app(p: Printer, node: s.App) -> str:
    fn = f"({p.show(node.fn)})" if isinstance(node.fn, s.Sort) else p.atom(node.fn)
    return " ".join((fn, *(p.atom(arg) for arg in node.args)))


def _base(p: Printer, node: s.Node, field: str) -> str:
    """What a projection or index is taken of: in parentheses where the tokens would run together."""
    closed = isinstance(node, s.Cdot | s.Tuple | s.Ascription | s.Anonymous | s.Section | s.Collection)
    if isinstance(node, s.Collection) and not node.key.endswith("["):
        closed = False
    plain = isinstance(node, s.Ident) and not node.explicit and node.levels is None
    if isinstance(node, s.Index) and node.mode == "":
        closed = True
    if isinstance(node, s.Proj) or closed or (plain and (field.isdigit() or field == "[")):
        text = p.atom(node)
        return f"({text})" if field == "[" and text[-1] in "!?" else text
    return f"({p.show(node)})"


def _proj(p: Printer, node: s.Proj) -> str:
    return f"{_base(p, node.term, node.field)}.{node.field}"


def _index(p: Printer, node: s.Index) -> str:
    text = f"{_base(p, node.term, '[')}[{p.show(node.index)}]{node.mode}"
    return text if node.proof is None else f"{text}{p.atom(node.proof)}"


def _explicit(p: Printer, node: s.Explicit) -> str:
    return f"@({p.show(node.term)})"


def _prefix_node(p: Printer, node: s.Prefix) -> str:
    row = BY_KEY[True, node.op]
    operand = p.atom(node.arg) if row.prec == MAX_PREC else p.show(node.arg, row.right, p.tail)
    return _prefix(row.token, operand)


def _postfix(p: Printer, node: s.Postfix) -> str:
    row = BY_KEY[False, node.op]
    token = " !" if row.token == "!" else row.token  # `n!` is a name
    if row.prec == MAX_PREC and not _tight(node.arg):
        return f"({p.show(node.arg)}){token}"
    return f"{p.show(node.arg, row.left, False)}{token}"


def _tight(node: s.Node) -> bool:
    """Whether a suffix after the text of a node belongs to the whole of it."""
    if isinstance(node, s.Ident):
        return not node.explicit
    if isinstance(node, s.Bracket):
        return len(node.items) < 3
    return not isinstance(node, s.Prefix | s.AsPattern | s.Explicit | s.Notation) and not (
        isinstance(node, s.Index) and node.mode == "'"
    )


def _infix(p: Printer, node: s.Infix) -> str:
    row = BY_KEY[False, node.op]
    parameter = "" if node.parameter is None else f"{p.show(node.parameter)}]"
    left = _domain(p, node.left, row.left) if node.op == "×" else p.show(node.left, row.left, False)
    return f"{left} {row.token}{parameter} {p.show(node.right, row.right, p.tail)}"


def _domain(p: Printer, node: s.Node, prec: int) -> str:
    """The left side of an arrow: a type that looks like a binder is in parentheses once more."""
    text = p.show(node, prec, False)
    looks = isinstance(node, s.Ascription) or (isinstance(node, s.Collection) and node.key == "[")
    return f"({text})" if looks else text


def _arrow(p: Printer, node: s.Arrow) -> str:
    return f"{_domain(p, node.domain, 26)} → {p.show(node.codomain, 25, p.tail)}"


def _bracket(p: Printer, node: s.Bracket) -> str:
    open_, _, close = node.key.partition("_")
    items = node.items
    if node.key.startswith("⟪"):
        text = f"⟪{p.listed(items[:2])}⟫"
        return f"{text}_{p.atom(items[2])}" if len(items) > 2 else text
    text = p.show(items[0])
    text = f"({text})" if text[0] in _STICKY or text[-1] in _STICKY else text
    return f"{open_}{text}{close}"


def _collection(p: Printer, node: s.Collection) -> str:
    if not node.key.endswith("["):
        return f"({node.key} {p.listed(node.items)})"
    return f"{node.key}{p.listed(node.items)}]"


def _matrix(p: Printer, node: s.Matrix) -> str:
    return f"!![{'; '.join(p.listed(row) for row in node.rows)}]"


def _fun(p: Printer, node: s.Fun) -> str:
    binders, names = p.binders(node.binders)
    body = p.show(node.body, 0, p.tail)
    p.release(names)
    return f"fun {binders} => {body}"


def _forall(p: Printer, node: s.Forall) -> str:
    binders, names = p.binders(node.binders)
    body = p.show(node.body, 0, p.tail)
    p.release(names)
    return f"∀ {binders}, {body}"


def _exists(p: Printer, node: s.Exists) -> str:
    binders, names = p.binders(node.binders)
    body = p.show(node.body, 0, p.tail)
    p.release(names)
    return f"{node.key} {binders}, {body}"


def _big(p: Printer, node: s.Big) -> str:
    prec = BIG_OPERATORS[node.key]
    text, names = _big_binders(p, node) if node.key in ("∑", "∏") else p.binders(node.binders)
    filtered = node.key in ("∀ᵐ", "∃ᵐ") and node.measure is not None
    rest = "" if node.domain is None else f" in {p.show(node.domain, 1, False)}"
    rest += f" ∂{p.show(node.measure, 71, False)}" if filtered and node.measure is not None else ""
    rest += "" if node.condition is None else f" with {p.show(node.condition, 1, False)}"
    end = "" if filtered or node.measure is None else f" ∂{p.show(node.measure, 70, False)}"
    # an integral inside would take the measure of this one
    body = p.show(node.body, prec + 1, False) if end else p.show(node.body, prec, p.tail)
    p.release(names)
    return f"{node.key} {text}{rest}, {body}{end}"


def _big_binders(p: Printer, node: s.Big) -> tuple[str, list[str]]:
    """The binders of `∑`: several are in parentheses, and so is `a + b = n`."""
    texts: list[str] = []
    names: list[str] = []
    for group in node.binders:
        if group.relation == "=" and isinstance(group.pattern, s.Anonymous) and group.bound is not None:
            left, right = (p.show(each, 66, False) for each in group.pattern.items)
            texts.append(f"({left} + {right} = {p.show(group.bound, 51, False)})")
        else:
            text = p.binder(group)
            texts.append(text if len(node.binders) == 1 or group.type is not None else f"({text})")
        names += p.bind(binder_names(group))
    return " ".join(texts), names


def _set_builder(p: Printer, node: s.SetBuilder) -> str:
    group = node.binder
    type_ = "" if group.type is None else f" : {p.show(group.type)}"
    names = p.bind(group.names if group.pattern is None else pattern_names(group.pattern))
    if group.pattern is not None:
        binder = p.show(group.pattern) + type_
    else:
        binder = group.names[0] + type_ if type_ else p.binder(group)
    body = p.show(node.body)
    p.release(names)
    return f"{{{binder} {node.key} {body}}}"


def _set_of(p: Printer, node: s.SetOf) -> str:
    names = p.bind(pattern_names(node.term))
    text = f"{{{p.show(node.term, 51, False)} | {p.show(node.body)}}}"
    p.release(names)
    return text


def _field_value(p: Printer, node: s.FieldValue) -> str:
    if node.value is None:
        return node.name
    binders, names = p.binders(node.binders)
    text = p.show(node.value, 1, False)
    p.release(names)
    return f"{' '.join((node.name, binders)) if binders else node.name} := {text}"


def _struct_inst(p: Printer, node: s.StructInst) -> str:
    items = [_field_value(p, each) for each in node.fields] + ([".."] if node.rest else [])
    sources = f"{p.listed(node.sources)} with " if node.sources else ""
    type_ = "" if node.type is None else f" : {p.show(node.type)}"
    inner = f"{sources}{', '.join(items)}{type_}"
    return f"{{ {inner} }}" if inner else "{}"


def _if(p: Printer, node: s.If) -> str:
    name = "" if node.name is None else f"{node.name} : "
    condition = p.show(node.condition, 1, False)
    names = p.bind([node.name] if node.name else [])
    text = f"if {name}{condition} then {p.show(node.then, 1, False)} else {p.show(node.other, 0, p.tail)}"
    p.release(names)
    return text


def _if_let(p: Printer, node: s.IfLet) -> str:
    value = p.show(node.value, 1, False)
    names = p.bind(pattern_names(node.pattern))
    head = f"if let {p.show(node.pattern, 1, False)} := {value} then {p.show(node.then, 1, False)}"
    p.release(names)
    return f"{head} else {p.show(node.other, 0, p.tail)}"


def local(p: Printer, node: s.Let | s.Local) -> tuple[str, list[str]]:
    """`pattern binders : type := value`, and the variables that it brings into scope, bound already."""
    names = pattern_names(node.pattern)
    recursive = p.bind(names) if isinstance(node, s.Local) or node.key == "let rec" else []
    binders, bound = p.binders(node.binders)
    type_ = "" if node.type is None else f" : {p.show(node.type, 1, False)}"
    value = p.show(node.value, 1, False)
    p.release([*bound, *recursive])
    names = p.bind(names)
    pattern = p.show(node.pattern, 1, False)
    return f"{pattern}{' ' if binders else ''}{binders}{type_} := {value}", names


def _let(p: Printer, node: s.Let) -> str:
    text, names = local(p, node)
    found = f"{node.key} {text}; {p.show(node.body, 0, p.tail)}"
    p.release(names)
    return found


def _show(p: Printer, node: s.Show) -> str:
    return f"show {p.show(node.type, 1, False)} from {p.show(node.value, 0, p.tail)}"


def _suffices(p: Printer, node: s.Suffices) -> str:
    name = "" if node.name is None else f"{node.name} : "
    names = p.bind([node.name or "this"])
    value = p.show(node.value, 1, False)
    p.release(names)
    return f"suffices {name}{p.show(node.type, 1, False)} from {value}; {p.show(node.body, 0, p.tail)}"


def alternative(p: Printer, node: s.Alternative) -> str:
    """`| p, q => v`."""
    names = p.bind(name for row in node.patterns for each in row for name in pattern_names(each))
    rows = " ".join(f"| {p.listed(row)}" for row in node.patterns)
    value = p.show(node.value)
    p.release(names)
    return f"{rows} => {value}"


def _match(p: Printer, node: s.Match) -> str:
    motive = "" if node.motive is None else f"(motive := {p.show(node.motive)}) "
    terms = ", ".join(
        ("" if each.name is None else f"{each.name} : ") + p.show(each.term, 1, False)
        for each in node.discriminants
    )
    names = p.bind(each.name for each in node.discriminants if each.name)
    alternatives = "".join(f" {alternative(p, each)}" for each in node.alternatives)
    p.release(names)
    return f"(match {motive}{terms} with{alternatives})"


def _fun_match(p: Printer, node: s.FunMatch) -> str:
    return f"(fun {' '.join(alternative(p, each) for each in node.alternatives)})"


def _no_match(p: Printer, node: s.NoMatch) -> str:
    return f"(nomatch {p.listed(node.items)})" if node.items else "nofun"


def _opaque(_: Printer, node: s.Opaque) -> str:
    return node.text if node.key == "quotation" else f"({node.key} {node.text})"


def _local_node(p: Printer, node: s.Local) -> str:
    text, names = local(p, node)
    p.release(names)
    return text


def _where(p: Printer, node: s.Where) -> str:
    names = p.bind(name for each in node.locals for name in pattern_names(each.pattern))
    texts = []
    for each in node.locals:
        text, bound = local(p, each)
        p.release(bound)
        texts.append(text)
    body = p.show(node.body, 1, False)
    p.release(names)
    return f"{body} where {'; '.join(texts)}"


Printer.RULES = {
    s.Ident: _ident,
    s.Dot: lambda p, n: f".{n.name}",
    s.Number: _number,
    s.Decimal: _decimal,
    s.Text: lambda p, n: n.text,
    s.Hole: lambda p, n: "_" if n.name is None else f"?{n.name}",
    s.Cdot: lambda p, n: "·",
    s.Section: _section,
    s.Constant: lambda p, n: n.key,
    s.Sort: _sort,
    s.Named: _named,
    s.Rest: lambda p, n: "..",
    s.App: _app,
    s.Proj: _proj,
    s.Explicit: _explicit,
    s.Prefix: _prefix_node,
    s.Postfix: _postfix,
    s.Infix: _infix,
    s.Notation: lambda p, n: p.notation(n),
    s.Bracket: _bracket,
    s.Collection: _collection,
    s.Matrix: _matrix,
    s.Anonymous: lambda p, n: f"⟨{p.listed(n.items)}⟩",
    s.Tuple: lambda p, n: f"({p.listed(n.items)})",
    s.Ascription: lambda p, n: (
        f"({p.show(n.term)} : {p.show(n.type)})" if n.type else f"({p.show(n.term)} :)"
    ),
    s.Index: _index,
    s.Binder: lambda p, n: p.binder(n),
    s.Fun: _fun,
    s.Forall: _forall,
    s.Exists: _exists,
    s.Arrow: _arrow,
    s.Big: _big,
    s.SetBuilder: _set_builder,
    s.SetOf: _set_of,
    s.SetLiteral: lambda p, n: f"{{{p.listed(n.items)}}}",
    s.FieldValue: _field_value,
    s.StructInst: _struct_inst,
    s.If: _if,
    s.IfLet: _if_let,
    s.Let: _let,
    s.Show: _show,
    s.Suffices: _suffices,
    s.Alternative: lambda p, n: alternative(p, n),
    s.Discriminant: lambda p, n: p.show(n.term),
    s.Match: _match,
    s.FunMatch: _fun_match,
    s.NoMatch: _no_match,
    s.AsPattern: lambda p, n: f"{n.name}@{p.atom(n.pattern)}",
    s.Scoped: lambda p, n: f"{n.command} in {p.show(n.body, 0, p.tail)}",
    s.Opaque: _opaque,
    s.Local: _local_node,
    s.Where: _where,
    s.Tactic: lambda p, n: f"(by exact {p.atom(n.term)})",
}


def print_term(node: s.Node, notations: Notations = NO_NOTATIONS) -> str:
    """The normal form of a term: `parse_term` gives an equal tree back."""
    return Printer(notations).show(node)
