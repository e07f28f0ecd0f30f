"""The command line: one module of commands for each group, found by being in `commands/`."""
