"""Checks these scripts: `python3 benchmarks/pytorch/check.py [-v]`."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent

if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE / "checks")]
    checks = unittest.defaultTestLoader.discover(str(HERE / "checks"), pattern="*_check.py")
    verbosity = 2 if "-v" in sys.argv else 1
    sys.exit(not unittest.TextTestRunner(verbosity=verbosity).run(checks).wasSuccessful())
