"""The pages of the explorer, a module each, found by being here: its `PLACES` say which addresses it answers at."""
