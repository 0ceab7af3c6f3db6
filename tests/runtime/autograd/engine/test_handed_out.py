"""What a tape hands out cannot change it: arrays, copies, pickles."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Container

import numpy as np
import pytest

from leanmirror.runtime import TapeM


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 0)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_array_that_is_handed_out_can_be_made_writeable(shape: tuple[int, ...], dtype: type) -> None:
    t = TapeM()
    x = t.leaf(np.ones(shape, dtype))
    y = t.tanh(x)
    handed_out = [t.value(x), t.value(y), t.backward(y, np.ones(shape, dtype))[x]]
    for found in handed_out:
        array: object = found if isinstance(found, np.ndarray) else found.t
        assert isinstance(array, np.ndarray)
        assert (shape, np.dtype(dtype)) == (array.shape, array.dtype)
        while isinstance(array, np.ndarray):
            with pytest.raises(ValueError, match="WRITEABLE"):
                array.setflags(write=True)
            array = array.base


def test_a_copy_goes_on_by_itself() -> None:
    t = TapeM()
    x = t.leaf(np.ones(2))
    for other in (copy.copy(t), copy.deepcopy(t)):
        y = other.tanh(x)
        assert (1, 2) == (len(t.getTape().nodes), len(other.getTape().nodes))
        assert [np.tanh(1.0)] * 2 == other.value(y).tolist()
    assert t.getTape().nodes[0].value.t.tolist() == copy.deepcopy(t.getTape()).nodes[0].value.t.tolist()


def test_a_tape_says_that_it_is_not_pickled() -> None:
    t = TapeM()
    for each in (t, t.getTape()):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(each)


def test_gradients_are_asked_for_anything() -> None:
    t = TapeM()
    x = t.leaf(np.ones(2))
    gradients: Container[object] = t.backward(t.tanh(x), np.ones(2))
    asked: list[object] = [x, "0", None, np.int64(x), 7]
    assert [True, False, False, True, False] == [each in gradients for each in asked]
