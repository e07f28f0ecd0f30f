"""kg reads news articles into a graph of political events in which every edge leads back to its source."""

from importlib.metadata import version

__version__ = version("kg")
