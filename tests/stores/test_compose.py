"""The Neo4j that docker-compose.yml starts: pinned, behind a password, on the loopback alone."""

import re
from pathlib import Path

from neo4j_server import IMAGE

COMPOSE = (Path(__file__).resolve().parents[2] / "docker-compose.yml").read_text("utf-8")


def test_image_is_the_one_that_is_tested() -> None:
    assert re.findall(r"image: (\S+)", COMPOSE) == [IMAGE]


def test_ports_are_open_on_the_loopback_alone() -> None:
    ports = re.findall(r'- "([\d.:]+)"', COMPOSE)
    assert {port.rpartition(":")[2] for port in ports} == {"7474", "7687"}
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_password_must_be_given() -> None:
    assert "neo4j/${NEO4J_PASSWORD:?" in COMPOSE


def test_files_cannot_be_read_and_queries_end() -> None:
    for setting in ("allow__csv__import__from__file__urls", "transaction_timeout", "memory_transaction_max"):
        assert setting in COMPOSE
