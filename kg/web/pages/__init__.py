"""The pages of the explorer, a module each: what an address asks for, and what its page tells."""
