"""What tests know of the query files."""

from kg.shelf import folder


def made_of_another(name: str) -> bool:
    """Tell whether a query is made of another one: its text differs from that in few words."""
    return "// of: " in (folder("queries") / f"{name}.cypher").read_text("utf-8")
