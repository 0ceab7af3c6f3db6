"""The scalar interfaces under the specification: transcendental functions and constants.

In Lean these are classes with one instance per scalar type; here each member dispatches on the type of
its argument. A constant takes `like`, any scalar of the wanted kind. Integer constants are Python
integers, which are exact literals in every kind.

Lean module: NN.Core.Numeric
"""

from __future__ import annotations

from leanmirror.spec.core import context as c
from leanmirror.spec.core.context import Scalar


class MathFunctions:
    """Scalar functions, with Lean's total meaning over ℝ and IEEE's over floats.

    Lean: MathFunctions
    """

    @staticmethod
    def exp(x: Scalar) -> Scalar:
        """The exponential.

        Lean: MathFunctions.exp
        """
        return c.exp(x)

    @staticmethod
    def tanh(x: Scalar) -> Scalar:
        """The hyperbolic tangent.

        Lean: MathFunctions.tanh
        """
        return c.tanh(x)

    @staticmethod
    def cosh(x: Scalar) -> Scalar:
        """The hyperbolic cosine.

        Lean: MathFunctions.cosh
        """
        return c.cosh(x)

    @staticmethod
    def sqrt(x: Scalar) -> Scalar:
        """The square root; over ℝ it is 0 for `x ≤ 0`.

        Lean: MathFunctions.sqrt
        """
        return c.sqrt(x)

    @staticmethod
    def abs(x: Scalar) -> Scalar:
        """The absolute value.

        Lean: MathFunctions.abs
        """
        return c.abs_(x)

    @staticmethod
    def log(x: Scalar) -> Scalar:
        """The logarithm; over ℝ it is `log |x|`, and 0 at 0.

        Lean: MathFunctions.log
        """
        return c.log(x)

    @staticmethod
    def pi(like: Scalar) -> Scalar:
        """π.

        Lean: MathFunctions.pi
        """
        return c.pi(like)

    @staticmethod
    def sinh(x: Scalar) -> Scalar:
        """The hyperbolic sine.

        Lean: MathFunctions.sinh
        """
        return c.sinh(x)


class Numbers:
    """The constants of model definitions, exact rationals over ℝ.

    Lean: Numbers
    """

    @staticmethod
    def neg_point_five(like: Scalar) -> Scalar:
        """-1/2.

        Lean: Numbers.neg_point_five
        """
        return c.rational(like, -1, 2)

    @staticmethod
    def neg_one(like: Scalar) -> Scalar:
        """-1.

        Lean: Numbers.neg_one
        """
        return -1

    @staticmethod
    def pointone(like: Scalar) -> Scalar:
        """1/10.

        Lean: Numbers.pointone
        """
        return c.rational(like, 1, 10)

    @staticmethod
    def pointfive(like: Scalar) -> Scalar:
        """1/2.

        Lean: Numbers.pointfive
        """
        return c.rational(like, 1, 2)

    @staticmethod
    def one(like: Scalar) -> Scalar:
        """1.

        Lean: Numbers.one
        """
        return 1

    @staticmethod
    def zero(like: Scalar) -> Scalar:
        """0.

        Lean: Numbers.zero
        """
        return 0

    @staticmethod
    def two(like: Scalar) -> Scalar:
        """2.

        Lean: Numbers.two
        """
        return 2

    @staticmethod
    def three(like: Scalar) -> Scalar:
        """3.

        Lean: Numbers.three
        """
        return 3

    @staticmethod
    def four(like: Scalar) -> Scalar:
        """4.

        Lean: Numbers.four
        """
        return 4

    @staticmethod
    def five(like: Scalar) -> Scalar:
        """5.

        Lean: Numbers.five
        """
        return 5

    @staticmethod
    def ten(like: Scalar) -> Scalar:
        """10.

        Lean: Numbers.ten
        """
        return 10

    @staticmethod
    def log10(like: Scalar) -> Scalar:
        """The natural logarithm of 10.

        Lean: Numbers.log10
        """
        return c.log(c.rational(like, 10, 1))

    @staticmethod
    def log10000(like: Scalar) -> Scalar:
        """The natural logarithm of 10000.

        Lean: Numbers.log10000
        """
        return c.log(c.rational(like, 10000, 1))

    @staticmethod
    def epsilon(like: Scalar) -> Scalar:
        """1/1000000, the tolerance of guarded formulas.

        Lean: Numbers.epsilon
        """
        return c.rational(like, 1, 1000000)
