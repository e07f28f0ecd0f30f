"""Stores of older schemas brought forward: `base.py` says what can be done, `from_1.py` is the step from 1 to 2."""
