"""Measurements of kg: each module with a function `measure` is one; `python -m bench` lists them."""
