"""Examples of inductive types and structures: a constructor, and an example of each of its fields.

A field that is a proof is no data: the others are drawn so that it holds, as a statement's variables are for
its hypotheses, and where that fails drawn again. In `structure Step where lr : ℝ; pos : 0 < lr` lr is moved
above 0 like a variable with `(h : 0 < lr)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.hypotheses import Constraint, Variables, conjuncts, constraint
from leanmirror.bridge.compile.instances import said
from leanmirror.bridge.compile.sizes import free, narrow
from leanmirror.bridge.compile.terms import Parameter, replaced, telescope
from leanmirror.bridge.core.environment import Family
from leanmirror.bridge.core.substitute import subterms
from leanmirror.bridge.core.term import Const, Proof, Term, app
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput, NotDrawn, Unsupported
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.judgement import attempt
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.simpler import one_simpler
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import MOST_VALUES, Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler

DEEP = 3
"""From this depth on values are drawn that end, where there are such."""
TOO_DEEP = 30
TRIES = 20
MOST_FAILURES = 20
"""Draws of a type that failed one after the other, after which each is one try only."""

UNTIED = 6
"""After so many tries every number is drawn for itself."""

WORKING_BITS = 200

_DEPTH: ContextVar[int] = ContextVar("depth", default=0)
"""How many values the one that is drawn stands in: drawing goes through types, which know nothing of this."""


@dataclass(frozen=True, slots=True)
class Constructor:
    """A constructor for given parameters: what its fields are, what is proved of them, and the value of it.

    The types, proofs and the value are closures of the fields and of what the parameters speak of (`given`),
    by the ids of the variables. `hidden` fields are not written in Lean. `constraints` are the proofs that
    can be met.
    """

    name: str
    given: Mapping[int, Value]
    fields: tuple[tuple[int, str, Closure], ...]
    proofs: tuple[Closure, ...]
    value: Closure
    hidden: frozenset[int]
    recursive: bool
    structure: bool
    constraints: tuple[Constraint, ...] = ()

    def env(self, fields: tuple[Value, ...]) -> dict[int, Value]:
        """What is given and the fields, by the ids of their variables."""
        return {**self.given, **{var: value for (var, _, _), value in zip(self.fields, fields, strict=True)}}


@dataclass(frozen=True, slots=True)
class DataRecipe:
    """A value of an inductive type: its constructor, and the examples that its fields are."""

    made: Constructor
    types: tuple[Type, ...]
    values: tuple[Value, ...]

    def reals(self) -> Iterator[Scalar]:
        """The real entries of all fields."""
        for of_type, value in zip(self.types, self.values, strict=True):
            yield from of_type.reals(value)

    def with_reals(self, entries: Iterator[Scalar]) -> DataRecipe:
        """The value with other real entries; itself where these are not what its proofs say."""
        pairs = zip(self.types, self.values, strict=True)
        changed = replace(self, values=tuple(of_type.with_reals(v, entries) for of_type, v in pairs))
        return changed if _proved(changed) else self

    def build(self, entry: Callable[[Scalar], Scalar]) -> Value:
        """The value, real entries converted."""
        pairs = zip(self.types, self.values, strict=True)
        fields = tuple(realize(of_type, v, entry) for of_type, v in pairs)
        return self.made.value(self.made.env(fields))

    @property
    def weight(self) -> int:
        """How many constructors it is made of, and what is in its fields."""
        return 1 + sum(of_type.weight(v) for of_type, v in zip(self.types, self.values, strict=True))

    def wholes(self) -> Iterator[int]:
        """The whole numbers in its fields."""
        for of_type, value in zip(self.types, self.values, strict=True):
            yield from of_type.wholes(value)

    def simpler(self) -> Iterator[DataRecipe]:
        """One field simpler, where the types of the others and the proofs allow it."""
        for values in one_simpler(self.values, lambda j, v: self.types[j].simpler(v)):
            changed = replace(self, values=tuple(values))
            if changed.fits and _proved(changed):
                yield changed

    @property
    def fits(self) -> bool:
        """The fields have the types that the fields before them ask for."""
        env = dict(self.made.given)
        for (var, _, of_type), known, value in zip(self.made.fields, self.types, self.values, strict=True):
            if of_type(env) != known:
                return False
            env[var] = realize(known, value)
        return True

    @property
    def lean(self) -> str:
        """The value in Lean."""
        own = zip(self.made.fields, self.types, self.values, strict=True)
        shown = [(name, of_type.show(v)) for (var, name, _), of_type, v in own if not self._hidden(var)]
        if self.made.structure:
            return f"{{ {', '.join(f'{name} := {text}' for name, text in shown)} }}"
        texts = [text if text.replace(".", "").isalnum() else f"({text})" for _, text in shown]
        return " ".join([self.made.name, *texts, *("(by sorry)" for _ in self.made.proofs)])

    def _hidden(self, var: int) -> bool:
        return var in self.made.hidden

    def to_json(self) -> dict[str, Any]:
        """The value for a witness."""
        fields = [of_type.encode(v) for of_type, v in zip(self.types, self.values, strict=True)]
        return {"constructor": self.made.name, "fields": fields}


def _proved(recipe: DataRecipe) -> bool:
    """What the proofs among its fields say is certainly true."""
    constructor = recipe.made
    if not constructor.proofs:
        return True
    pairs = zip(recipe.types, recipe.values, strict=True)
    env = constructor.env(tuple(realize(of_type, v) for of_type, v in pairs))
    with precision(WORKING_BITS):
        found = [attempt(partial(proof, env)) for proof in constructor.proofs]
    return all(each.holds and each.proved for each in found)


def stands(constructors: Sequence[Constructor], recipe: DataRecipe) -> bool:
    """Whether a recipe is one of a type with other parameters: its fields fit, and its proofs hold."""
    made = next((each for each in constructors if each.name == recipe.made.name), None)
    if made is None:
        return False
    env = dict(made.given)
    for (var, _, of_type), value in zip(made.fields, recipe.values, strict=True):
        known = of_type(env)
        if known.is_conditional and not known.accepts(value):
            return False
        env[var] = realize(known, value)
    return _proved(replace(recipe, made=made))


def with_data(env: Mapping[int, Value]) -> Mapping[int, Value]:
    """The values, data instead of its recipes, with fractions as real entries: what types look at."""
    if not any(type(value) is DataRecipe or type(value) is list for value in env.values()):
        return env
    return {var: _described(value) for var, value in env.items()}


def _described(value: Value) -> Value:
    if type(value) is DataRecipe:
        return value.build(_itself)
    if type(value) is list and value and type(value[0]) is DataRecipe:
        return [each.build(_itself) for each in value]
    return value


def _itself(x: Scalar) -> Scalar:
    return x


@dataclass(slots=True)
class Patience:
    """How often drawing values of one type has failed since it last succeeded."""

    failures: int = 0

    @property
    def tries(self) -> int:
        """How many tries the next draw has."""
        return TRIES if self.failures < MOST_FAILURES else 1


def drawn(name: str, constructors: Sequence[Constructor], source: Source, patience: Patience) -> DataRecipe:
    """A value made by one of the constructors.

    Raises Unsupported where there is no way to one, NotDrawn where none was found that is as its proofs say.
    """
    depth = _DEPTH.get() + 1
    before = _DEPTH.set(depth)
    try:
        ending = [each for each in constructors if not each.recursive]
        choices = ending if ending and depth > DEEP else constructors
        if not choices or depth > TOO_DEEP:
            raise Unsupported(f"examples of type {name}", cause="draw", name=name)
        for tried in range(patience.tries):
            if tried == UNTIED:  # numbers that are equal, or all 0, may not meet the proofs
                source.pool = None
            found = _of(source.data.choice(choices), source)
            if found is not None and _proved(found):
                patience.failures = 0
                return found
        patience.failures += 1
        raise NotDrawn(f"examples of type {name} that are as its proofs say")
    finally:
        _DEPTH.reset(before)


def read(name: str, constructors: Sequence[Constructor], data: Any) -> DataRecipe:
    """The value that a witness gives; BadInput where it is none."""
    by_name = {each.name: each for each in constructors}
    if not isinstance(data, dict) or data.get("constructor") not in by_name:
        raise BadInput(f"a constructor of {name} is needed ({', '.join(by_name)})")
    constructor, fields = by_name[data["constructor"]], data.get("fields")
    if not isinstance(fields, list) or len(fields) != len(constructor.fields):
        raise BadInput(f"{constructor.name} has {len(constructor.fields)} fields")
    return _filled(constructor, lambda at, of_type: of_type.decode(fields[at]))


def inhabited(constructors: Sequence[Constructor]) -> bool | None:
    """Whether one of the constructors makes a value; None where none was found and not all can be tried."""
    source = Source(Seeded(0))
    try:
        for each in constructors:
            for _ in range(TRIES):
                found = _of(each, source)
                if found is not None and _proved(found):
                    return True
        return False if constructors and all(map(_makes_nothing, constructors)) else None
    except Unsupported:
        return None


def _makes_nothing(constructor: Constructor) -> bool:
    """The fields have finitely many values, and for each choice of them a proof is certainly false."""
    pending = [dict(constructor.given)]
    for var, _, of_type in constructor.fields:
        extended = []
        for env in pending:
            values = of_type(env).values()
            if values is None:
                return False
            extended += [{**env, var: value} for value in values]
        if len(extended) > MOST_VALUES:
            return False
        pending = extended
    return all(_refuted(constructor, env) for env in pending)


def _refuted(constructor: Constructor, env: Mapping[int, Value]) -> bool:
    found = [attempt(partial(proof, env)) for proof in constructor.proofs]
    return any(each.fails and each.proved for each in found)


class _Empty(Exception):
    """A field whose type has no values."""


def _of(constructor: Constructor, source: Source) -> DataRecipe | None:
    def drawn(_: int, of_type: Type) -> Value:
        if of_type.is_empty:
            raise _Empty
        return of_type.draw(source)

    try:
        return _met(_filled(constructor, drawn), source)
    except (_Empty, NotDrawn):
        return None


def _met(recipe: DataRecipe, source: Source) -> DataRecipe:
    """The recipe with fields changed so that what is proved of them holds, as far as that can be seen."""
    made = recipe.made
    if not made.constraints:
        return recipe
    names = {var: str(var) for var, _, _ in made.fields}
    types = {var: of_type for var, _, of_type in made.fields}
    variables = Variables(names, types, made.given)
    values = dict(zip(names.values(), recipe.values, strict=True))
    for each in made.constraints:
        _, make = each(variables)
        if make is not None:
            values |= make(values, source)
    return replace(recipe, values=tuple(values.values()))


def _filled(constructor: Constructor, value: Callable[[int, Type], Value]) -> DataRecipe:
    """The recipe whose fields are given one after the other."""
    env = dict(constructor.given)
    types: list[Type] = []
    values: list[Value] = []
    for at, (var, _, of_type) in enumerate(constructor.fields):
        types.append(of_type(env))
        values.append(value(at, types[-1]))
        env[var] = realize(types[-1], values[-1])
    return DataRecipe(constructor, tuple(types), tuple(values))


def constructors_of(compiler: Compiler, name: str, args: Sequence[Term]) -> tuple[Constructor, ...]:
    """The constructors of a type for given parameters; none where an index decides which values there are.

    They are closures of the variables that the parameters speak of: see `Constructor.given`.
    """
    family = compiler.constants.family(name)
    if family is None:
        return ()
    found = [_constructor(compiler, family, each, args) for each in family.constructors]
    return tuple(each for each in found if each is not None) if all(found) else ()


def _constructor(compiler: Compiler, family: Family, name: str, args: Sequence[Term]) -> Constructor | None:
    declared = compiler.constants.lookup(name)
    if declared is None:
        return None
    parameters = telescope(declared.type)
    own = [p for p in parameters[: family.params] if compiler.counts(p)]
    if len(own) != len(args):
        return None
    by = {p.var.id: arg for p, arg in zip(own, args, strict=True)}
    inner = [Parameter(p.var, replaced(p.type, by), p.kind) for p in parameters[family.params :]]
    fields = [p for p in inner if compiler.counts(p)]
    proofs = _proofs(compiler, inner, args)
    made = app(Const(name), *(_argument(p, by) for p in parameters[: family.params]))
    made = app(made, *(p.var if p in fields or p.kind == "instance" else Proof(p.type) for p in inner))
    types = _narrowed(compiler, fields, proofs)
    return Constructor(
        name,
        {},
        tuple((p.var.id, p.var.name, types[p.var.id]) for p in fields),
        tuple(map(compiler.compile, proofs)),
        compiler.compile(made),
        frozenset(p.var.id for p in fields if p.kind != "explicit"),
        any(_mentions(p.type, family.name) for p in fields),
        family.is_structure,
        tuple(each for p in proofs if (each := constraint(compiler, p, types)) is not None),
    )


def _argument(p: Parameter, by: Mapping[int, Term]) -> Term:
    """What a parameter of the type is; instances and proofs are not looked at."""
    return by.get(p.var.id, p.var if p.kind == "instance" else Proof(p.type))


def _proofs(compiler: Compiler, parameters: Sequence[Parameter], args: Sequence[Term]) -> list[Term]:
    """What is proved of the fields, and what instances among them say, conjunct by conjunct."""
    types_run = {var for arg in args for var in free(arg)}
    found: list[Term] = []
    for p in parameters:
        if compiler.counts(p):
            continue
        if p.kind == "instance" or compiler.types.is_instance(p.type):
            found += said(compiler.constants, p.type, p.var, types_run)
        else:
            found.append(p.type)
    return [part for each in found for part in conjuncts(each)]


def _narrowed(compiler: Compiler, fields: Sequence[Parameter], proofs: Sequence[Term]) -> dict[int, Closure]:
    """The types of the fields, those of natural numbers with the bounds that proofs give them."""
    narrowed = narrow(compiler, proofs, {p.var.id: p.type for p in fields})
    found: dict[int, Closure] = {}
    for p in fields:
        of_type, known = compiler.compile(p.type), narrowed.get(p.var.id)
        found[p.var.id] = known.type(of_type) if known and known.needs <= found.keys() else of_type
    return found


def _mentions(term: Term, name: str) -> bool:
    return any(isinstance(each, Const) and each.name == name for each in subterms(term))
