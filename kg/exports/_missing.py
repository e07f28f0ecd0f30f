"""What is said where a library of an extra is not installed."""

from kg.errors import KgError


def missing(library: str, extra: str) -> KgError:
    """Return the error that names the library and the extra that brings it."""
    return KgError(
        f"{library} is not installed; get it with `pip install {library}`, in a clone `pip install '.[{extra}]'`"
    )
