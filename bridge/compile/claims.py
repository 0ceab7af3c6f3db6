"""Statements as claims: binders become generators, hypotheses constructions or filters, conclusions parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from leanmirror.bridge.compile import certificates, contracts
from leanmirror.bridge.compile.certainty import untainted
from leanmirror.bridge.compile.compiler import Closure, Compiler, Meanings, Values, variable
from leanmirror.bridge.compile.contracts import CONTRACTS
from leanmirror.bridge.compile.definitions import Definition
from leanmirror.bridge.compile.determined import determined
from leanmirror.bridge.compile.examples import with_data
from leanmirror.bridge.compile.hypotheses import Variables, constraint
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.magnitudes import numbers, reaches
from leanmirror.bridge.compile.reader import Reader
from leanmirror.bridge.compile.routines import rests_on
from leanmirror.bridge.compile.sizes import Narrowed, free, narrow, ordered
from leanmirror.bridge.compile.specialize import specialized
from leanmirror.bridge.compile.structures import STRUCTURES, fields
from leanmirror.bridge.compile.terms import Constants, head, head_name, mentions
from leanmirror.bridge.compile.whole_equations import Make, Whole, constructions
from leanmirror.bridge.core.substitute import subterms
from leanmirror.bridge.core.term import App, Const, Lam, Pi, Term, app, children
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge.claim import Binder, Claim, Env, Hypothesis
from leanmirror.spec.judge.judgement import TRUE, Judgement
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import Type, Value
from leanmirror.spec.judge.whole_numbers import Reach

Text = Callable[[Mapping[str, str]], str | None]
CLAIMING = ("theorem", "lemma", "example")


def is_claim(statement: Statement) -> bool:
    """A theorem, a lemma, an example, or a definition whose type is a contract."""
    type_ = statement.conclusion
    while isinstance(type_, Pi):
        type_ = type_.body
    name = head_name(type_) or ""
    return statement.kind in CLAIMING or name in CONTRACTS or name.rpartition(".")[2] in STRUCTURES


@dataclass(frozen=True, slots=True)
class TextClaim:
    """A claim made from a statement.

    `at` says at which types it is run, where the statement speaks of others or of more. `arguments` are what
    the statement is applied to, in its order: a variable by its name in the claim, None for a proof.
    `rational`: it speaks of numbers and of nothing that leaves the rationals, so that Lean can decide it at
    an example. `interpreted` are the definitions of the text that it rests on, which nothing mirrors.
    `defined` are the variables that hypotheses define, each with its value as text at the inputs, where that
    is short.
    """

    claim: Claim
    at: tuple[str, ...] = ()
    arguments: tuple[str | None, ...] = ()
    rational: bool = False
    interpreted: tuple[str, ...] = ()
    defined: tuple[tuple[str, Text], ...] = ()


def claim_of(
    statement: Statement,
    constants: Constants,
    meanings: Meanings,
    *,
    name: str | None = None,
    doc: str = "",
    key: str = "",
    compiler: Compiler | None = None,
) -> TextClaim:
    """The claim that a statement makes, compiled by the compiler that is given or one of its own.

    Raises Unsupported for what cannot be run.
    """
    made = specialized(statement)
    statement = made.statement
    compiler = compiler or Compiler(constants, meanings, getattr(meanings, "routines", None))
    reader = Reader(compiler, made.sizes)
    for each in statement.binders:
        reader.bind(each.var, each.type, each.kind, prop=each.prop)
    if statement.kind == "def" and head_name(statement.conclusion) not in CONTRACTS:
        parts = _fields(reader, app(Const(statement.name), *made.arguments), statement.conclusion, constants)
    else:
        parts = _parts(reader, reader.conclude(statement.conclusion))
    variables, binders = _binders(reader)
    closures = tuple((part, _judge(closure, variables, uses)) for part, closure, uses in parts)
    fixed = determined([type_ for _, type_ in reader.hypotheses], variables.names)
    fixed |= dict.fromkeys(reader.determined, 1)
    used = tuple(sorted(rests_on(compiler)))
    bodies = [body for each in used if (body := _body(constants, each)) is not None]
    named, reach = numbers((statement.type, *bodies)), _reach(reader, variables)
    claim = Claim(name or statement.name, binders, closures, doc, key, named, fixed, reach)
    known = {**variables.names, **{each.var.id: each.var.name for each in reader.defined}}
    arguments = tuple(None if var is None else known.get(var) for var in reader.arguments)
    defined = tuple(_defined(each, known) for each in reader.defined)
    at = (*made.at, *(["ℚ := ℝ"] if mentions(statement.type, "Rat") else []))
    rational = _is_rational(constants, statement.type)
    return TextClaim(claim, at, arguments, rational, used, defined)


def _body(constants: Constants, name: str) -> Term | None:
    declared = constants.lookup(name)
    return None if declared is None else declared.body


def claim_about(
    compiler: Compiler,
    binders: Iterable[Binding],
    part: Callable[[Values], Judgement],
    *,
    name: str,
    constants: tuple[Fraction, ...] = (),
    drawn_as: Callable[[Type], Type] | None = None,
) -> tuple[Claim, Callable[[Env], Values]]:
    """The claim that a judgement of the binders' values holds, and these values by id at an example.

    `drawn_as` says how values of types are drawn that have no examples of their own.
    Raises Unsupported as `claim_of` does.
    """
    reader = Reader(compiler, {})
    for each in binders:
        reader.bind(each.var, each.type, each.kind, prop=each.prop)
    if drawn_as is not None:
        reader.variables = [(v, _mapped(of_type, drawn_as), term) for v, of_type, term in reader.variables]
    variables, found = _binders(reader)
    values = _valued(variables, {*variables.names, *variables.derived})
    judge = partial(_untainted, part, values)
    return Claim(name, found, (("value", judge),), constants=constants), values


def _mapped(of_type: Closure, to: Callable[[Type], Type]) -> Closure:
    return lambda env: to(of_type(env))


RATIONAL = frozenset(
    (
        *("Real", "Rat", "Nat", "Int", "Eq", "Ne", "LT.lt", "LE.le", "GT.gt", "GE.ge", "And", "Or", "Not"),
        *("HAdd.hAdd", "HSub.hSub", "HMul.hMul", "HDiv.hDiv", "HMod.hMod", "HPow.hPow", "Neg.neg", "Inv.inv"),
        *("OfNat.ofNat", "Nat.cast", "Int.cast", "abs", "Max.max", "Min.min", "True", "False", "Iff"),
    )
)
"""What Lean decides by computing with rational numbers."""


def _is_rational(constants: Constants, term: Term) -> bool:
    """Only names of that list occur, outside of instances."""
    if head_name(term) == "HPow.hPow" and [head_name(each) for each in head(term)[1][1:2]] not in (
        [],
        ["Nat"],
    ):
        return False  # a real power of a rational is no rational
    if isinstance(term, Const):
        declared = constants.lookup(term.name)
        return term.name in RATIONAL or (declared is not None and declared.kind == "instance")
    return not isinstance(term, Lam) and all(_is_rational(constants, each) for each in children(term))


def _parts(reader: Reader, conclusion: Term) -> list[tuple[str, Closure, set[int]]]:
    """The conclusions by name, each with the variables that it speaks of."""
    name, args = head_name(conclusion), head(conclusion)[1]
    if name not in CONTRACTS:
        return [("statement", reader.compiler.compile(conclusion), free(conclusion))]
    node = reader.compiler.compile(args[2])
    if name.endswith("At"):
        point = reader.compiler.compile(args[3])
    else:
        point = variable(reader.draw(contracts.POINT, _of_node(contracts.context, node)).id)
    ids = {key: reader.draw(key, _of_node(f, node)).id for key, f in contracts.DIRECTIONS.items()}
    uses = free(conclusion) | ({reader.variables[-len(ids) - 1][0].id} if not name.endswith("At") else set())
    place = contracts.Place(node, point, ids.values())
    return [
        (key, contracts.part(judge, place, {d: ids[d] for d in used}), uses | {ids[d] for d in used})
        for key, judge, used in contracts.PARTS
    ]


def _fields(
    reader: Reader, value: Term, type_: Term, constants: Constants
) -> list[tuple[str, Closure, set[int]]]:
    """What a definition of a structure claims: a part for each proof in it."""
    found = []
    for field_, proposition in fields(constants, type_, value):
        conclusion = reader.conclude(proposition)
        found.append((field_, reader.compiler.compile(conclusion), free(conclusion)))
    if not found:
        raise Unsupported(f"a definition of type {head_name(type_)}, which has no proofs in it")
    return found


def _of_node(f: Callable[..., Type], node: Closure) -> Closure:
    return lambda env: f(node(env))


def _binders(reader: Reader) -> tuple[Variables, tuple[Binder | Hypothesis, ...]]:
    """The variables in an order in which they can be drawn, then the hypotheses."""
    reader.define()
    narrowed = narrow(
        reader.compiler,
        [type_ for _, type_ in reader.hypotheses if not free(type_) & {d.var.id for d in reader.defined}],
        {var.id: type_ for var, _, type_ in reader.variables if type_ is not None},
    )
    types = {
        v.id: _on_data(narrowed[v.id].type(of) if v.id in narrowed else of) for v, of, _ in reader.variables
    }
    for _, type_ in reader.certified:
        certificates.everywhere(type_, types)
    names = _unique([(var.id, var.name) for var, _, _ in reader.variables])
    derived = {each.var.id: each.value for each in reader.defined}
    needs_of = {each.var.id: each.needs for each in reader.defined}
    for var, type_ in reader.certified:
        derived[var.id] = certificates.value(reader.compiler, type_)
        needs_of[var.id] = frozenset(free(type_))
    variables = Variables(names, types, reader.fixed, derived, needs_of)
    needs = _needs(reader, narrowed)
    order = ordered(list(types), needs)
    drawn = [Binder(names[var], _typed(types[var], variables, needs[var])) for var in order]
    assumed = [_hypothesis(reader.compiler, name, term, variables) for name, term in reader.hypotheses]
    makes, reader.determined = _whole(reader, narrowed, variables)
    if makes:
        own = assumed[0].make
        assumed[0] = replace(assumed[0], make=partial(_in_turn, makes if own is None else [*makes, own]))
    assumed += [Hypothesis(name, lambda _: TRUE) for name, _ in reader.taken]
    for var, type_ in reader.certified:
        judge = _judge(certificates.holds(reader.compiler, type_), variables, free(type_))
        assumed.append(Hypothesis(var.name, judge))
    return variables, (*drawn, *assumed)


def _reach(reader: Reader, variables: Variables) -> dict[str, Reach]:
    """What the variables are used for in the propositions, by name."""
    assumed = [*(term for _, term in (*reader.hypotheses, *reader.taken)), *reader.concluded]
    found = reaches(
        reader.compiler.types,
        assumed,
        [*(term for *_, term in reader.variables if term is not None), *_steps(reader, assumed)],
    )
    return {variables.names[var]: reach for var, reach in found.items() if var in variables.names}


def _steps(reader: Reader, terms: Iterable[Term]) -> Iterator[Term]:
    """At what numbers functions that recursions define are asked for."""
    functions = {each.var for each in reader.defined if each.recursive}
    for term in terms:
        for each in subterms(term):
            if isinstance(each, App) and each.fn in functions:
                yield from each.args


def _whole(
    reader: Reader, narrowed: Mapping[int, Narrowed], variables: Variables
) -> tuple[list[Make], frozenset[str]]:
    """What changes whole numbers that no type depends on so that equations between them hold."""
    kinds = {var.id: kind_of(reader.compiler, t) for var, _, t in reader.variables if t is not None}
    sizes = {id_ for var, _, t in reader.variables if t is not None for id_ in free(t) - {var.id}}
    whole = {
        var: Whole(variables.names[var], kind == "int")
        for var, kind in kinds.items()
        if kind in ("nat", "int") and var not in sizes | reader.sizes.keys()
        if var not in narrowed or narrowed[var].given is None
    }
    return constructions(reader.compiler, [term for _, term in reader.hypotheses], whole)


def _in_turn(makes: Sequence[Make], env: Env, source: Source) -> Env:
    """What several constructions change, one after the other."""
    changed: dict[str, Value] = {}
    for make in makes:
        changed |= make({**env, **changed}, source)
    return changed


def _needs(reader: Reader, narrowed: Mapping[int, Narrowed]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    before: set[int] = set()
    for var, _, type_ in reader.variables:
        extra = narrowed[var.id].needs if var.id in narrowed else set()
        found[var.id] = (before if type_ is None else free(type_)) | extra
        before = before | {var.id}
    return found


def _on_data(of_type: Closure) -> Closure:
    def found(env: Values) -> Type:
        try:
            kind: Type = of_type(with_data(env))
        except BadInput as error:
            raise Unsupported("a type or size that follows from real numbers", cause="draw") from error
        return kind

    return found


def _typed(of_type: Closure, variables: Variables, needs: Collection[int]) -> Callable[[Env], Type]:
    names = [(var, name) for var, name in variables.names.items() if var in needs]
    fixed = variables.fixed
    return lambda env: of_type({**fixed, **{var: env[name] for var, name in names}})


def _unique(named: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Display names: as in the text, the later of two equal ones with a number."""
    found: dict[int, str] = {}
    used: set[str] = set()
    for var, name in named:
        found[var] = next(each for each in _candidates(name) if each not in used)
        used.add(found[var])
    return found


def _candidates(name: str) -> Iterator[str]:
    plain = "x" if name in {"", "_"} else name
    yield plain
    number = 1
    while True:
        yield f"{plain}_{number}"
        number += 1


def _hypothesis(compiler: Compiler, name: str, term: Term, variables: Variables) -> Hypothesis:
    found = constraint(compiler, term, variables.names)
    holds, make = found(variables) if found is not None else (None, None)
    return Hypothesis(name, holds or _judge(compiler.compile(term), variables, free(term)), make)


def _defined(each: Definition, names: Mapping[int, str]) -> tuple[str, Text]:
    def text(inputs: Mapping[str, str]) -> str | None:
        return each.text({var: inputs[name] for var, name in names.items() if name in inputs})

    return each.var.name, text


def _judge(closure: Closure, variables: Variables, uses: set[int]) -> Callable[[Env], Judgement]:
    return partial(_untainted, closure, _valued(variables, uses))


def _untainted(closure: Closure, valued: Callable[[Env], Values], env: Env) -> Judgement:
    values = valued(env)
    return untainted(lambda: closure(values))


def _valued(variables: Variables, uses: set[int]) -> Callable[[Env], Values]:
    """The values by id of the variables in use, those that follow from others among them."""
    reached = variables.reached(uses)
    names = [(var, name) for var, name in variables.names.items() if var in reached]

    def valued(env: Env) -> Values:
        return variables.completed({**variables.fixed, **{var: env[name] for var, name in names}}, reached)

    return valued
