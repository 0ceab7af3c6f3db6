"""numpy's functions under a module that Python looks them up in quickly; kernels import it as `np`.

numpy's own module computes some of its attributes when asked, so Python cannot cache where the others are,
and each look-up costs 40 ns, a sixth of adding two vectors of sixteen entries. This module has nothing but
names. What is no function of arrays comes from numpy itself.
"""

from numpy import *  # noqa: F403
