"""Where settings come from, and that no password gets out."""

from pathlib import Path

import pytest

from kg.config import DEFAULT_STORE, Settings, is_server, settings, shown, without_password
from kg.errors import UsageError


def found(folder: Path, *, flag: str | None = None, **environment: str) -> Settings:
    return settings(flag, folder=folder, environment=environment)


def fill(folder: Path, upto: int) -> None:
    """Write the lowest `upto` of the layers below the environment."""
    texts = (
        ("pyproject.toml", '[tool.kg]\nstore = "from-pyproject"\n'),
        ("kg.toml", 'store = "from-toml"\n'),
        (".env", "KG_STORE=from-dotenv\n"),
    )
    for name, text in texts[:upto]:
        (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("layers", "value", "origin"),
    [
        (0, DEFAULT_STORE, "default"),
        (1, "from-pyproject", "pyproject.toml [tool.kg]"),
        (2, "from-toml", "kg.toml store"),
        (3, "from-dotenv", ".env KG_STORE"),
    ],
)
def test_the_higher_layer_wins(tmp_path: Path, layers: int, value: str, origin: str) -> None:
    fill(tmp_path, layers)
    store = found(tmp_path).store
    assert (store.value, store.origin) == (value, origin)


def test_environment_wins_over_files_and_the_flag_over_all(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    assert found(tmp_path, KG_STORE="here").store.origin == "environment KG_STORE"
    assert found(tmp_path, flag="there", KG_STORE="here").store.value == "there"


def test_kg_store_wins_over_neo4j_uri(tmp_path: Path) -> None:
    store = found(tmp_path, KG_STORE="here", NEO4J_URI="bolt://localhost").store
    assert store.value == "here"
    assert found(tmp_path, NEO4J_URI="bolt://localhost").store.value == "bolt://localhost"


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert found(tmp_path, KG_STORE="", NEO4J_URI="bolt://localhost").store.value == "bolt://localhost"


def test_neo4j_user_is_an_alias_of_neo4j_username(tmp_path: Path) -> None:
    assert found(tmp_path, NEO4J_USER="ada").user.value == "ada"
    assert found(tmp_path, NEO4J_USER="ada", NEO4J_USERNAME="eve").user.value == "eve"


def test_layers_are_mixed_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('store = "bolt://localhost"\nuser = "ada"\ndatabase = "news"\n')
    (tmp_path / ".env").write_text("NEO4J_PASSWORD=secret\n")
    mixed = found(tmp_path, NEO4J_USERNAME="eve")
    assert (mixed.store.value, mixed.user.value) == ("bolt://localhost", "eve")
    assert (mixed.password.value, mixed.database.value) == ("secret", "news")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("KG_STORE=a", "a"),
        ("export KG_STORE = a b ", "a b"),
        ("KG_STORE='a # b'", "a # b"),
        ('KG_STORE="a" # why', "a"),
        ("KG_STORE=a#b # why", "a#b"),
        ("# KG_STORE=a", DEFAULT_STORE),
        ("KG_STORE", DEFAULT_STORE),
        ("\ufeffKG_STORE=a", "a"),
    ],
)
def test_lines_of_dotenv(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / ".env").write_text(f"OTHER=1\n{line}\n" if "\ufeff" not in line else line, encoding="utf-8")
    assert found(tmp_path).store.value == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "kg.toml",
            'stor = "x"',
            "key 'stor'; there are codebook, database, judgements, password, patience, store, tables, token, user",
        ),
        ("kg.toml", "store = 1", "kg.toml: store must be a text"),
        ("kg.toml", "store =", "not valid TOML"),
        ("pyproject.toml", '[tool.kg]\npassword = "x"', "unknown key 'password'"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError) as caught:
        found(tmp_path)
    assert message in str(caught.value)
    assert name in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"KG_STORE=\xff\n")
    with pytest.raises(UsageError, match=r"\.env: not UTF-8"):
        found(tmp_path)


def test_a_pyproject_of_something_else_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert found(tmp_path).store.origin == "default"


def test_patience_is_a_number_of_seconds(tmp_path: Path) -> None:
    assert found(tmp_path).seconds == 60
    (tmp_path / "kg.toml").write_text("patience = 5.5\n")
    assert found(tmp_path).seconds == 5.5
    assert found(tmp_path, KG_PATIENCE="0").seconds == 0


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "1e3", "٣", "9" * 400])
def test_patience_that_is_no_number_is_refused_by_its_origin(tmp_path: Path, value: str) -> None:
    (tmp_path / "kg.toml").write_text(f'patience = "{value}"\n')
    with pytest.raises(UsageError, match=r"kg\.toml patience: .* no number of seconds"):
        found(tmp_path)


def test_an_address_with_a_password_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        found(tmp_path, NEO4J_URI="neo4j://ada:hunter2@localhost:7687")
    assert "hunter2" not in str(caught.value)
    assert "neo4j://ada:***@localhost:7687" in str(caught.value)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("bolt://a:b@c@host", "bolt://a:***@host"),
        ("bolt://host:7687", "bolt://host:7687"),
        ("bolt://ada@host", "bolt://ada@host"),
        ("folder/a:b@c", "folder/a:b@c"),
    ],
)
def test_masking_of_addresses(address: str, masked: str) -> None:
    assert without_password(address) == masked


def test_servers_are_told_from_folders() -> None:
    assert is_server("neo4j+s://example.org")
    assert not is_server("./kg-data")


def test_the_password_is_masked_in_lists_and_absent_from_the_repr(tmp_path: Path) -> None:
    secret = found(tmp_path, NEO4J_PASSWORD="hunter2")
    assert ("password", "********", "environment NEO4J_PASSWORD") in set(shown(secret))
    assert "hunter2" not in repr(secret)
