"""The pages of the explorer, a module each, found by being here: its `ADDRESSES` say which addresses it answers at."""
