"""What kg learned from annotated texts: `python -m training NAME` makes a file of weights again from its sources."""
