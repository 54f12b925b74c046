import unittest

from close import assert_close, gradients_of

from cases import CASES
from draw import draw
from sizes import TINY

MIDDLE = {"deepbind": {"batch": 6, "length": 61, "size": 16, "width": 24, "filters": 12, "fc1": 10}}


class Folding(unittest.TestCase):
    def test_changes_neither_the_loss_nor_any_gradient(self):
        for sizes in (TINY, MIDDLE):
            plain = CASES["deepbind"](draw("deepbind", sizes))
            folded = CASES["deepbind_folded"](draw("deepbind", sizes))
            expected, actual = float(plain.gradients()[0]), float(folded.gradients()[0])
            self.assertAlmostEqual(actual, expected, delta=1e-5 * expected)
            assert_close(self, gradients_of(folded), gradients_of(plain))
