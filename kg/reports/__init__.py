"""Reports on an actor, two actors or an event: one module per format, found by being in this folder."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, runtime_checkable

from kg.reports._page import Page, page

__all__ = ["Form", "Page", "forms", "page"]


@runtime_checkable
class Form(Protocol):
    """A module that writes a report in one format."""

    ENDING: str

    def write(self, page: Page) -> str:
        """Return the report as a text; the same page gives the same text."""


def forms() -> Mapping[str, Form]:
    """Return the formats of reports by name, sorted: the modules here that write."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    found: dict[str, object] = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: form for name, form in sorted(found.items()) if isinstance(form, Form)}
