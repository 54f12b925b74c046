import re
import unittest
from pathlib import Path

from cases import CASES
from draw import draw
from sizes import TINY


class Readme(unittest.TestCase):
    def test_names_every_case_and_every_tensor(self):
        readme = (Path(__file__).parents[1] / "README.md").read_text()
        for case in CASES:
            self.assertIn(f"| `{case}`", readme)
            for name in draw(case, TINY):
                if case.startswith("joint_"):  # there names stand after the task's
                    name = name.partition("/")[2] or name
                for letter, word in (("g", "group"), ("b", "block"), ("n", "layer")):
                    name = re.sub(rf"\b{word}\d+/", f"{word}<{letter}>/", name)
                self.assertIn(f"`{name}`", readme, case)
