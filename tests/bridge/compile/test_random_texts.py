"""Random texts made by a grammar, and broken ones: a verdict for each claim, in time, and the same twice."""

from __future__ import annotations

import time
from random import Random

import pytest

from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.search import run

LIMIT = 6.0  # processor seconds for a text; most take well below one
VERDICTS = {"refuted", "no_counterexample", "vacuous", "undecided", "unsupported"}

REALS = (
    "x",
    "y",
    "0",
    "1",
    "2 / 3",
    "1e-3",
    "v i",
    "w j",
    "f x",
    "∑ k, v k",
    "‖v‖",
    "inner ℝ v w",
    "(n : ℝ)",
)
VECTORS = ("v", "w", "0", "v + w", "x • v", "reluVec v", "softmaxVec w", "matCLM A v", "elemwiseVec f v")
FUNCTIONS = (
    "Real.exp",
    "Real.log",
    "Real.sqrt",
    "abs",
    "f",
    "Activation.Math.geluSpec",
    "(fun t => t * |t|)",
)
BINDERS = "{n : ℕ} (x y : ℝ) (v w : Vec n) (i j : Fin n) (f : ℝ → ℝ) (A : Matrix (Fin n) (Fin n) ℝ)"
HUGE = ("9" * 400, "1e9999", "10 ^ 10 ^ 9", "Real.exp (Real.exp (Real.exp 20))", "2 ^ 2 ^ 2 ^ 2 ^ 2 ^ 2")
ODD = (
    "\u202e",
    "\u200b",
    "«x y»",
    "\U0001d7d9",
    "é",
    "\x00",
    "\ufeff",
    "𝓝",
    "↑",
    "⟪",
    "†",
    "‹",
    "?_",
    "·",
    "$",
)
TOKENS = (
    "(",
    ")",
    "{",
    "}",
    "⟨",
    "⟩",
    "[",
    "]",
    ":=",
    "=",
    "fun",
    "∀",
    "if",
    "let",
    ",",
    "@",
    "..",
    "by",
    "⁻¹",
)


def real(rng: Random, depth: int) -> str:
    """A term that mostly is a real number."""
    kind = rng.randrange(7) if depth else 0
    if kind < 2:
        return rng.choice(REALS)
    a, b = real(rng, depth - 1), real(rng, depth - 1)
    if kind == 2:
        return f"{rng.choice(FUNCTIONS)} ({a})"
    if kind == 3:
        return f"(if {a} < {b} then {b} else {a})"
    if kind == 4:
        return f"max ({a}) ({b})"
    if kind == 5:
        return f"({vector(rng, depth - 1)}) i"
    return f"({a}) {rng.choice('+-*/')} ({b})"


def vector(rng: Random, depth: int) -> str:
    """A term that mostly is a vector."""
    if not depth or rng.random() < 0.6:
        return rng.choice(VECTORS)
    return f"({real(rng, depth - 1)}) • ({vector(rng, depth - 1)})"


def proposition(rng: Random, depth: int) -> str:
    """A statement about the binders."""
    kind = rng.randrange(8)
    if kind == 0 and depth:
        return f"({proposition(rng, depth - 1)}) {rng.choice('∧∨→↔')} ({proposition(rng, depth - 1)})"
    if kind == 1 and depth:
        return f"{rng.choice('∀∃')} k : Fin n, {proposition(rng, depth - 1)}"
    if kind == 2:
        return f"HasDerivAt (fun x => {real(rng, depth)}) ({real(rng, depth)}) x"
    if kind == 3:
        return f"({vector(rng, depth)}) = {vector(rng, depth)}"
    return f"{real(rng, depth)} {rng.choice('=<≤≠')} {real(rng, depth)}"


def text(rng: Random) -> str:
    """A file with one claim, sometimes broken in a few places."""
    hypothesis = f" (h : {proposition(rng, 1)})" if rng.random() < 0.4 else ""
    statement = f"{BINDERS}{hypothesis} : {proposition(rng, rng.randint(0, 4))}"
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        statement = broken(rng, statement)
    return f"namespace Proofs.Autograd\nopen Spec\ntheorem t {statement} := by sorry\nend Proofs.Autograd\n"


def broken(rng: Random, statement: str) -> str:
    """The statement with a token lost, doubled, exchanged or put in."""
    words = statement.split(" ")
    at = rng.randrange(len(words))
    kind = rng.randrange(6)
    if kind == 0:
        del words[at]
    elif kind == 1:
        words.insert(at, rng.choice(TOKENS))
    elif kind == 2:
        words[at] = rng.choice(HUGE)
    elif kind == 3:
        words[at] = rng.choice(ODD) + words[at]
    elif kind == 4:
        depth = rng.choice((5, 50, 2000))
        words[at] = "(" * depth + words[at] + ")" * rng.choice((depth, depth - 1))
    else:
        other = rng.randrange(len(words))
        words[at], words[other] = words[other], words[at]
    return " ".join(words)


def outcomes(source: str) -> list[tuple[str, str, int]]:
    """Verdict, reason and number of examples of each claim; what cannot be run says why."""
    found: list[tuple[str, str, int]] = []
    for task in tasks(LeanText("Random.lean", source)):
        try:
            verdict = run(claim_of_task(task).claim, examples=12)
            found.append((verdict.verdict, verdict.reason, verdict.examples))
        except LeanMirrorError as error:
            found.append(("unsupported", str(error), 0))
    return found


def check(seed: int) -> list[str]:
    """The verdicts of one random text: in time, and the same again."""
    source, before = text(Random(seed)), time.process_time()
    first = outcomes(source)
    assert time.process_time() - before < LIMIT, source
    assert first == outcomes(source), source
    assert {verdict for verdict, _, _ in first} <= VERDICTS
    return [verdict for verdict, _, _ in first]


def test_random_texts_have_verdicts() -> None:
    found = [verdict for seed in range(120) for verdict in check(seed)]
    assert {"refuted", "no_counterexample", "unsupported"} <= set(found)


@pytest.mark.campaign
@pytest.mark.parametrize("block", range(20))
def test_many_random_texts_have_verdicts(block: int) -> None:
    for seed in range(1_000 + 200 * block, 1_200 + 200 * block):
        check(seed)
