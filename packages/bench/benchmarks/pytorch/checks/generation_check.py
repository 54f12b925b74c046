import unittest

import torch
from close import assert_close, gradients_of
from obvious import obvious_blocks, obvious_weight

from blocks import assemble, location_count
from cases import CASES
from draw import draw
from generator import generate_blocks
from sizes import PAPER, TINY
from tensors import Generated


class Weights(unittest.TestCase):
    def test_a_matrix_of_2_x_3_takes_two_blocks_of_2_x_2_and_drops_a_column(self):
        self.assertEqual(location_count((2, 3), "dense", (2, 2)), 2)
        blocks = torch.tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
        self.assertEqual(assemble(blocks, (2, 3), "dense").tolist(), [[1, 2, 5], [3, 4, 7]])

    def test_the_gates_of_an_lstm_are_four_matrices_side_by_side(self):
        blocks = torch.arange(4).reshape(4, 1, 1)
        self.assertEqual(assemble(blocks, (1, 4), "lstm").tolist(), [[0, 1, 2, 3]])

    def test_they_are_what_the_obvious_loop_makes(self):
        for shape, layout in (
            ((5, 7), "dense"),
            ((4, 8), "dense"),
            ((6, 20), "lstm"),
            ((3, 5, 6), "conv1d"),
            ((2, 3, 4, 7), "conv2d"),
        ):
            for block in ((4, 4), (2, 3), (8, 1)):
                count = location_count(shape, layout, block)
                numbered = torch.arange(count * block[0] * block[1]).reshape(count, *block)
                expected = obvious_weight(numbered, Generated(shape, layout, 0))
                self.assertTrue(torch.equal(assemble(numbered, shape, layout), expected), layout)


class Blocks(unittest.TestCase):
    def test_they_are_the_mixture_of_the_candidates_products(self):
        case = draw("generation", TINY)
        bank = [case[name] for name in ("modules", "contexts", "softWeights", "candidates")]
        actual = {"blocks": generate_blocks(*bank[:3], bank[3])}
        assert_close(self, actual, {"blocks": obvious_blocks(*bank)})

    def test_their_gradients_are_those_of_the_obvious_loop(self):
        case = draw("generation", TINY)
        training = CASES["generation"]({**case})
        training.gradients()
        leaves = [
            case[name].clone().detach().requires_grad_()
            for name in ("modules", "contexts", "softWeights")
        ]
        obvious_blocks(*leaves, case["candidates"]).backward(case["blocksGradient"])
        expected = dict(zip(training.trained, (leaf.grad for leaf in leaves)))
        assert_close(self, gradients_of(training), expected)

    def test_the_paper_counts_10857_and_12764_of_them(self):
        for case, locations in (("joint_lenet", 10_857), ("joint_wide_resnet", 12_764)):
            self.assertEqual(draw(case, PAPER)["contexts"].shape[0], locations)
