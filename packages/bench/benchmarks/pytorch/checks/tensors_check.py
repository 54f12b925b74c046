import json
import tempfile
import unittest
from pathlib import Path

import torch

from layouts import TORCH_AXES, to_muir, to_torch
from tensors import Generated, read_tensors, write_tensors


class Layouts(unittest.TestCase):
    def test_a_dense_kernel_has_a_row_for_each_output_in_pytorch(self):
        kernel = torch.tensor([[1, 2, 3], [4, 5, 6]])
        self.assertEqual(to_torch(kernel, "dense").tolist(), [[1, 4], [2, 5], [3, 6]])

    def test_images_have_their_channels_apart_in_pytorch(self):
        pixels = torch.tensor([[[[1, 2], [3, 4]]]])  # one image, two pixels, two channels
        self.assertEqual(to_torch(pixels, "images").tolist(), [[[[1, 3]], [[2, 4]]]])

    def test_going_to_pytorch_and_back_changes_nothing(self):
        for layout, axes in TORCH_AXES.items():
            shape = [2, 3, 5, 7][: 2 if axes is None else len(axes)]
            tensor = torch.randn(shape)
            self.assertTrue(torch.equal(to_muir(to_torch(tensor, layout), layout), tensor), layout)


class Files(unittest.TestCase):
    def test_what_was_written_is_read(self):
        tensors = {
            "a": torch.randn(2, 3),
            "b/c": torch.randint(-5, 5, (4,), dtype=torch.int32),
            "generated": Generated((3, 3, 4, 4), "conv2d", 7),
            "d": torch.randn(1, 1, 5),
        }
        with tempfile.TemporaryDirectory() as folder:
            write_tensors(folder, tensors)
            read = read_tensors(folder)
        self.assertEqual(list(read), list(tensors))
        self.assertEqual(read["generated"], tensors["generated"])
        for name in ("a", "b/c", "d"):
            self.assertEqual(read[name].dtype, tensors[name].dtype)
            self.assertTrue(torch.equal(read[name], tensors[name]), name)

    def test_a_file_that_is_too_short_or_of_another_type_is_refused(self):
        for entry, message in (
            ({"shape": [2], "dtype": "float32", "offset": 4}, "the file ends"),
            ({"shape": [1], "dtype": "float64", "offset": 0}, "float32 or int32"),
        ):
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "tensors.json").write_text(json.dumps({"a": entry}))
                Path(folder, "tensors.bin").write_bytes(bytes(8))
                with self.assertRaisesRegex(ValueError, message):
                    read_tensors(folder)
