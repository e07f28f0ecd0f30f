"""The commands of kg. Every click command or group that a module here defines belongs to the program."""
