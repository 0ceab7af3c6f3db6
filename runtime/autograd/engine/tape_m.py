"""NN.Runtime.Autograd.Engine.TapeM: the tape as a thing that grows, for programs rather than proofs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core import activations_loss as al
from leanmirror.runtime.autograd.engine.core import backward as reverse
from leanmirror.runtime.autograd.engine.core import elementwise as ew
from leanmirror.runtime.autograd.engine.core import linear as la
from leanmirror.runtime.autograd.engine.core.core import Tape, append_leaf, value_of
from leanmirror.runtime.storage import Growing, apply_binary, apply_unary, handle

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
        self.setTape(Tape.empty() if t is None else t)

    def __copy__(self) -> TapeM:
        """Another one from here on: neither sees what is appended to the other."""
        return TapeM(self.getTape())

    def __deepcopy__(self, memo: dict[int, Any]) -> TapeM:
        """The same: what is on a tape does not change."""
        return TapeM(self.getTape())

    def __reduce__(self) -> NoReturn:
        raise TypeError("a tape cannot be pickled, since its operations are functions: pickle values instead")

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
        return handle(Tape, self._tape._store, self._tape._size)

    def setTape(self, t: Tape) -> None:
        """Go on from another tape.

        Lean: Runtime.Autograd.TapeM.setTape
        """
        self._tape = handle(Growing, t._store, t._size)

    def __len__(self) -> int:
        return self._tape._size

    def leaf(self, value: Any, name: str | None = None, requires_grad: bool = True) -> int:
        """An input; the array is copied.

        Lean: Runtime.Autograd.TapeM.leaf
        """
        return append_leaf(self._tape, value, name, requires_grad)[1]

    def value(self, id: int) -> Array:
        """The entries of a node, read-only."""
        return value_of(self._tape, id, None)

    def backward(self, outId: int, seed: Any = None) -> Mapping[int, Array]:
        """The gradients of node `outId` along `seed`, as read-only arrays, for the nodes that influence
        it. Without a seed the output must be a scalar."""
        if seed is None:
            return reverse.Arrays(self.backwardScalar(outId))
        return reverse.Arrays(reverse.backward(self.getTape(), outId, seed))

    def backwardScalar(self, outId: int) -> reverse.Gradients:
        """The gradients of a scalar node.

        Lean: Runtime.Autograd.TapeM.backwardScalar
        """
        return reverse.backwardScalar(self.getTape(), outId)

    def add(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a + b.

        Lean: Runtime.Autograd.TapeM.add
        """
        return apply_binary(self._tape, ew.ADD, aId, bId, s)[1]

    def sub(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a − b.

        Lean: Runtime.Autograd.TapeM.sub
        """
        return apply_binary(self._tape, ew.SUB, aId, bId, s)[1]

    def mul(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a·b.

        Lean: Runtime.Autograd.TapeM.mul
        """
        return apply_binary(self._tape, ew.MUL, aId, bId, s)[1]

    def div(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise a/b.

        Lean: Runtime.Autograd.TapeM.div
        """
        return apply_binary(self._tape, ew.DIV, aId, bId, s)[1]

    def scale(self, xId: int, c: Any, s: Sequence[int] | None = None) -> int:
        """Entrywise x·c for a number c.

        Lean: Runtime.Autograd.TapeM.scale
        """
        return ew.scale(self._tape, xId, c, s)[1]

    def abs(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise |x|.

        Lean: Runtime.Autograd.TapeM.abs
        """
        return apply_unary(self._tape, ew.ABS, xId, s)[1]

    def sqrt(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise √(max x 0).

        Lean: Runtime.Autograd.TapeM.sqrt
        """
        return apply_unary(self._tape, ew.SQRT, xId, s)[1]

    def clamp(self, xId: int, minVal: Any, maxVal: Any, s: Sequence[int] | None = None) -> int:
        """Entrywise min maxVal (max minVal x).

        Lean: Runtime.Autograd.TapeM.clamp
        """
        return ew.clamp(self._tape, xId, minVal, maxVal, s)[1]

    def max(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise maximum; a tie halves the gradient.

        Lean: Runtime.Autograd.TapeM.max
        """
        return apply_binary(self._tape, ew.MAX, aId, bId, s)[1]

    def min(self, aId: int, bId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise minimum; a tie halves the gradient.

        Lean: Runtime.Autograd.TapeM.min
        """
        return apply_binary(self._tape, ew.MIN, aId, bId, s)[1]

    def relu(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise max x 0.

        Lean: Runtime.Autograd.TapeM.relu
        """
        return apply_unary(self._tape, ew.RELU, xId, s)[1]

    def linear(self, wId: int, bId: int, xId: int) -> int:
        """W x + b.

        Lean: Runtime.Autograd.TapeM.linear
        """
        return la.linear(self._tape, wId, bId, xId)[1]

    def matmul(self, aId: int, bId: int) -> int:
        """The product of two matrices.

        Lean: Runtime.Autograd.TapeM.matmul
        """
        return la.matmul(self._tape, aId, bId)[1]

    def bmm(self, aId: int, bId: int) -> int:
        """The products of two stacks of matrices."""
        return la.bmm(self._tape, aId, bId)[1]

    def concatVectors(self, aId: int, bId: int) -> int:
        """One vector after the other.

        Lean: Runtime.Autograd.TapeM.concatVectors
        """
        return la.concatVectors(self._tape, aId, bId)[1]

    def concatLeadingAxis(self, aId: int, bId: int) -> int:
        """One tensor after the other along the first axis."""
        return la.concatLeadingAxis(self._tape, aId, bId)[1]

    def sliceLeadingAxisRange(self, xId: int, start: int, len: int) -> int:
        """`len` entries of the first axis from `start` on."""
        return la.sliceLeadingAxisRange(self._tape, xId, start, len)[1]

    def sigmoid(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise 1/(1 + exp(−x)).

        Lean: Runtime.Autograd.TapeM.sigmoid
        """
        return apply_unary(self._tape, al.SIGMOID, xId, s)[1]

    def tanh(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise tanh x.

        Lean: Runtime.Autograd.TapeM.tanh
        """
        return apply_unary(self._tape, al.TANH, xId, s)[1]

    def gelu(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise GELU in its tanh form."""
        return apply_unary(self._tape, al.GELU, xId, s)[1]

    def softmax(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Softmax along the last axis.

        Lean: Runtime.Autograd.TapeM.softmax
        """
        return al.softmax(self._tape, xId, s)[1]

    def logSoftmax(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Log-softmax along the last axis."""
        return al.logSoftmax(self._tape, xId, s)[1]

    def softplus(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise log(1 + exp x).

        Lean: Runtime.Autograd.TapeM.softplus
        """
        return apply_unary(self._tape, al.SOFTPLUS, xId, s)[1]

    def exp(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise exp x.

        Lean: Runtime.Autograd.TapeM.exp
        """
        return apply_unary(self._tape, al.EXP, xId, s)[1]

    def log(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise natural logarithm; all entries must be > 0.

        Lean: Runtime.Autograd.TapeM.log
        """
        return al.log(self._tape, xId, s)[1]

    def inv(self, xId: int, s: Sequence[int] | None = None) -> int:
        """Entrywise 1/x.

        Lean: Runtime.Autograd.TapeM.inv
        """
        return apply_unary(self._tape, al.INV, xId, s)[1]

    def safeLog(self, xId: int, ε: Any = None, s: Sequence[int] | None = None) -> int:
        """Entrywise log(softplus x + ε), which is not log(x + ε); ε is 1e-6 unless given.

        Lean: Runtime.Autograd.TapeM.safeLog
        """
        return al.safeLog(self._tape, xId, ε, s)[1]

    def sum(self, xId: int, s: Sequence[int] | None = None) -> int:
        """The sum of all entries, a scalar.

        Lean: Runtime.Autograd.TapeM.sum
        """
        return al.sum(self._tape, xId, s)[1]

    def mseLoss(self, yhatId: int, targetId: int, s: Sequence[int] | None = None) -> int:
        """The mean squared error, a scalar.

        Lean: Runtime.Autograd.TapeM.mseLoss
        """
        return al.mseLoss(self._tape, yhatId, targetId, s)[1]
