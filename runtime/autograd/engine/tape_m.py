"""NN.Runtime.Autograd.Engine.TapeM: the tape as a thing that grows, for programs rather than proofs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core import activations_loss as al
from leanmirror.runtime.autograd.engine.core import backward as reverse
from leanmirror.runtime.autograd.engine.core import elementwise as ew
from leanmirror.runtime.autograd.engine.core import linear as la
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.storage import apply_binary, apply_unary

β = TypeVar("β")


class TapeM:
    """A tape threaded by itself: each operation appends a node and returns its id.

        t = TapeM()
        x = t.leaf(np.array([0.5, -1.0]))
        y = t.tanh(x)
        gradients = t.backward(y, np.ones(2))
        gradients[x]

    Operations mean and raise what the functions of the same name do; one that fails leaves the tape
    as it was. Lean's type is a computation `TapeM α β`; here that is a function of a TapeM.
    Lean: Runtime.Autograd.TapeM
    """

    __slots__ = ("_tape",)

    def __init__(self, t: Tape | None = None) -> None:
        self._tape = Tape.empty() if t is None else t

    @staticmethod
    def run(t: Tape, m: Callable[[TapeM], β]) -> tuple[β, Tape]:
        """The result of a computation that starts from `t`, and the tape at its end.

        Lean: Runtime.Autograd.TapeM.run
        """
        state = TapeM(t)
        return m(state), state.getTape()

    @staticmethod
    def eval(t: Tape, m: Callable[[TapeM], β]) -> β:
        """The result of a computation that starts from `t`.

        Lean: Runtime.Autograd.TapeM.eval
        """
        return TapeM.run(t, m)[0]

    @staticmethod
    def exec(t: Tape, m: Callable[[TapeM], β]) -> Tape:
        """The tape at the end of a computation that starts from `t`.

        Lean: Runtime.Autograd.TapeM.exec
        """
        return TapeM.run(t, m)[1]

    def getTape(self) -> Tape:
        """The tape as it is now; going on here does not change it.

        Lean: Runtime.Autograd.TapeM.getTape
        """
        return self._tape

    def setTape(self, t: Tape) -> None:
        """Go on from another tape.

        Lean: Runtime.Autograd.TapeM.setTape
        """
        self._tape = t

    def __len__(self) -> int:
        return self._tape.size()

    def leaf(self, value: Any, name: str | None = None, requires_grad: bool = True) -> int:
        """An input; the array is copied.

        Lean: Runtime.Autograd.TapeM.leaf
        """
        self._tape, id = self._tape.leaf(value, name, requires_grad)
        return id

    def value(self, id: int) -> Array:
        """The entries of a node, read-only."""
        return self._tape.requireValue(id)

    def backward(self, outId: int, seed: Any = None) -> Mapping[int, Array]:
        """The gradients of node `outId` along `seed`, as read-only arrays, for the nodes that influence
        it. Without a seed the output must be a scalar."""
        found = (
            reverse.backwardScalar(self._tape, outId)
            if seed is None
            else reverse.backward(self._tape, outId, seed)
        )
        return reverse.Arrays(found)

    def backwardScalar(self, outId: int) -> Mapping[int, AnyTensor]:
        """The gradients of a scalar node.

        Lean: Runtime.Autograd.TapeM.backwardScalar
        """
        return reverse.backwardScalar(self._tape, outId)

    def add(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a + b.

        Lean: Runtime.Autograd.TapeM.add
        """
        self._tape, id = apply_binary(self._tape, ew.ADD, aId, bId, s)
        return id

    def sub(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a − b.

        Lean: Runtime.Autograd.TapeM.sub
        """
        self._tape, id = apply_binary(self._tape, ew.SUB, aId, bId, s)
        return id

    def mul(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a·b.

        Lean: Runtime.Autograd.TapeM.mul
        """
        self._tape, id = apply_binary(self._tape, ew.MUL, aId, bId, s)
        return id

    def div(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a/b.

        Lean: Runtime.Autograd.TapeM.div
        """
        self._tape, id = apply_binary(self._tape, ew.DIV, aId, bId, s)
        return id

    def scale(self, xId: int, c: Any, s: Sequence[int] | None = None) -> int:
        """Entrywise x·c for a number c.

        Lean: Runtime.Autograd.TapeM.scale
        """
        self._tape, id = ew.scale(self._tape, xId, c, s)
        return id

    def abs(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise |x|.

        Lean: Runtime.Autograd.TapeM.abs
        """
        self._tape, id = apply_unary(self._tape, ew.ABS, xId, s)
        return id

    def sqrt(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise √(max x 0).

        Lean: Runtime.Autograd.TapeM.sqrt
        """
        self._tape, id = apply_unary(self._tape, ew.SQRT, xId, s)
        return id

    def clamp(self, xId: int, minVal: Any, maxVal: Any, s: Sequence[int] | None = None) -> int:
        """Entrywise min maxVal (max minVal x).

        Lean: Runtime.Autograd.TapeM.clamp
        """
        self._tape, id = ew.clamp(self._tape, xId, minVal, maxVal, s)
        return id

    def max(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise maximum; a tie halves the gradient.

        Lean: Runtime.Autograd.TapeM.max
        """
        self._tape, id = apply_binary(self._tape, ew.MAX, aId, bId, s)
        return id

    def min(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise minimum; a tie halves the gradient.

        Lean: Runtime.Autograd.TapeM.min
        """
        self._tape, id = apply_binary(self._tape, ew.MIN, aId, bId, s)
        return id

    def relu(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise max x 0.

        Lean: Runtime.Autograd.TapeM.relu
        """
        self._tape, id = apply_unary(self._tape, ew.RELU, xId, s)
        return id

    def linear(self, wId: int, bId: int, xId: int) -> int:
        """W x + b.

        Lean: Runtime.Autograd.TapeM.linear
        """
        self._tape, id = la.linear(self._tape, wId, bId, xId)
        return id

    def matmul(self, aId: int, bId: int) -> int:
        """The product of two matrices.

        Lean: Runtime.Autograd.TapeM.matmul
        """
        self._tape, id = la.matmul(self._tape, aId, bId)
        return id

    def bmm(self, aId: int, bId: int) -> int:
        """The products of two stacks of matrices."""
        self._tape, id = la.bmm(self._tape, aId, bId)
        return id

    def concatVectors(self, aId: int, bId: int) -> int:
        """One vector after the other.

        Lean: Runtime.Autograd.TapeM.concatVectors
        """
        self._tape, id = la.concatVectors(self._tape, aId, bId)
        return id

    def concatLeadingAxis(self, aId: int, bId: int) -> int:
        """One tensor after the other along the first axis."""
        self._tape, id = la.concatLeadingAxis(self._tape, aId, bId)
        return id

    def sliceLeadingAxisRange(self, xId: int, start: int, len: int) -> int:
        """`len` entries of the first axis from `start` on."""
        self._tape, id = la.sliceLeadingAxisRange(self._tape, xId, start, len)
        return id

    def sigmoid(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise 1/(1 + exp(−x)).

        Lean: Runtime.Autograd.TapeM.sigmoid
        """
        self._tape, id = apply_unary(self._tape, al.SIGMOID, xId, s)
        return id

    def tanh(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise tanh x.

        Lean: Runtime.Autograd.TapeM.tanh
        """
        self._tape, id = apply_unary(self._tape, al.TANH, xId, s)
        return id

    def gelu(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise GELU in its tanh form."""
        self._tape, id = apply_unary(self._tape, al.GELU, xId, s)
        return id

    def softmax(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Softmax along the last axis.

        Lean: Runtime.Autograd.TapeM.softmax
        """
        self._tape, id = al.softmax(self._tape, xId, s)
        return id

    def logSoftmax(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Log-softmax along the last axis."""
        self._tape, id = al.logSoftmax(self._tape, xId, s)
        return id

    def softplus(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise log(1 + exp x).

        Lean: Runtime.Autograd.TapeM.softplus
        """
        self._tape, id = apply_unary(self._tape, al.SOFTPLUS, xId, s)
        return id

    def exp(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise exp x.

        Lean: Runtime.Autograd.TapeM.exp
        """
        self._tape, id = apply_unary(self._tape, al.EXP, xId, s)
        return id

    def log(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise natural logarithm; all entries must be > 0.

        Lean: Runtime.Autograd.TapeM.log
        """
        self._tape, id = al.log(self._tape, xId, s)
        return id

    def inv(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise 1/x.

        Lean: Runtime.Autograd.TapeM.inv
        """
        self._tape, id = apply_unary(self._tape, al.INV, xId, s)
        return id

    def safeLog(self, xId: int, ε: Any = None, s: Sequence[int] | None = None) -> int:
        """Entrywise log(softplus x + ε), which is not log(x + ε); ε is 1e-6 unless given.

        Lean: Runtime.Autograd.TapeM.safeLog
        """
        self._tape, id = al.safeLog(self._tape, xId, ε, s)
        return id

    def sum(self, xId: int, s: Sequence[int] | None = None) -> int:
        """The sum of all entries, a scalar.

        Lean: Runtime.Autograd.TapeM.sum
        """
        self._tape, id = al.sum(self._tape, xId, s)
        return id

    def mseLoss(self, yhatId: int, targetId: int, s: Sequence[int] | None = None) -> int:
        """The mean squared error, a scalar.

        Lean: Runtime.Autograd.TapeM.mseLoss
        """
        self._tape, id = al.mseLoss(self._tape, yhatId, targetId, s)
        return id
