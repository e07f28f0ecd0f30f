"""Stores of older schemas brought forward: `base.py` says what both kinds can do, `from_1.py` is the step from 1 to 2."""
