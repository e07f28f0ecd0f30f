"""The settings of kg, from flag, environment, .env, kg.toml, [tool.kg] of pyproject.toml, default.

Paths of files are relative to the folder that these stand in.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from kg.errors import KgError, UsageError

DEFAULT_STORE = "kg-data"
DEFAULT_USER = "neo4j"
DEFAULT_PATIENCE = "60"
KEYS = ("store", "user", "password", "database", "patience", "judgements", "token")
LISTS = {"tables": "KG_TABLES", "codebook": "KG_CODEBOOK"}
"""Settings that list paths, with their variables: paths joined as in PATH."""

_SAMPLES = {"tables": "my-actors.csv", "codebook": "my-events.toml"}
_VARIABLES = {
    "store": ("KG_STORE", "NEO4J_URI"),
    "user": ("NEO4J_USERNAME", "NEO4J_USER"),
    "password": ("NEO4J_PASSWORD",),
    "database": ("NEO4J_DATABASE",),
    "patience": ("KG_PATIENCE",),
    "judgements": ("KG_JUDGEMENTS",),
    "token": ("KG_TOKEN",),
}
_DEFAULTS = {"store": DEFAULT_STORE, "user": DEFAULT_USER, "patience": DEFAULT_PATIENCE}
_SECRET = ("password", "token")
_SHAREABLE = tuple(key for key in KEYS if key not in _SECRET)  # pyproject.toml is made to be committed
_PYPROJECT = "pyproject.toml [tool.kg]"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value, None where nobody gave one, and who gave it; not in the repr: it may be a password."""

    value: str | None = field(repr=False)
    origin: str


@dataclass(frozen=True, slots=True)
class Files:
    """Paths of files, and who gave them."""

    paths: tuple[Path, ...]
    origin: str


class Login(TypedDict):
    """As whom a Neo4j is entered, which of its databases, and for how many seconds one that goes away is waited for."""

    user: str
    password: str | None
    database: str | None
    patience: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which store is meant, as whom it is entered, and which files of the user's own are read.

    `patience` is how many seconds a server that went away is waited for, `token` what programs must send that ask kg.
    """

    store: Setting
    user: Setting
    password: Setting
    database: Setting
    patience: Setting
    judgements: Setting
    token: Setting
    tables: Files
    codebook: Files

    @property
    def address(self) -> str:
        """The folder or the address of the store."""
        return self.store.value or DEFAULT_STORE

    @property
    def login(self) -> Login:
        """How the store is entered."""
        return {
            "user": self.user.value or DEFAULT_USER,
            "password": self.password.value,
            "database": self.database.value,
            "patience": self.seconds,
        }

    @property
    def seconds(self) -> float:
        """The patience as a number."""
        return float(self.patience.value or DEFAULT_PATIENCE)


def settings(
    store: str | None = None, *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings for a `--store` flag, a folder (default: the current one) and an environment.

    Raises UsageError for an unknown key, a value of a wrong type, a patience that is no number of seconds, and an
    address with a password inside.
    """
    place = folder or Path()
    variables = os.environ if environment is None else environment
    layers = (
        {"store": Setting(store, "flag --store")} if store else {},
        _from_variables(variables, "environment"),
        _from_variables(_dotenv(place / ".env"), ".env"),
        _from_table(_toml(place / "kg.toml"), "kg.toml", KEYS),
        _from_table(_tool_table(place / "pyproject.toml"), _PYPROJECT, _SHAREABLE),
        {key: Setting(value, "default") for key, value in _DEFAULTS.items()},
    )
    chosen = {key: next((layer[key] for layer in layers if key in layer), Setting(None, "not set")) for key in KEYS}
    _refuse_password_in_address(chosen["store"])
    _refuse_what_is_no_time(chosen["patience"])
    if chosen["judgements"].value is None:
        chosen["judgements"] = Setting(_beside(chosen["store"].value or DEFAULT_STORE), "default")
    tables, codebook = (own_files(name, folder=place, environment=variables) for name in ("tables", "codebook"))
    return Settings(**chosen, tables=tables, codebook=codebook)


def own_files(name: str, *, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Files:
    """Return the files that the user adds to those of kg: "tables" or "codebook".

    Raises UsageError for an unknown key and for a value that is no list of texts.
    """
    place = folder or Path()
    found = (
        _listed(name, os.environ if environment is None else environment, "environment"),
        _listed(name, _dotenv(place / ".env"), ".env"),
        _paths(name, _known(_toml(place / "kg.toml"), "kg.toml", KEYS), "kg.toml"),
        _paths(name, _known(_tool_table(place / "pyproject.toml"), _PYPROJECT, _SHAREABLE), _PYPROJECT),
    )
    chosen = next(filter(None, found), Files((), "not set"))
    return Files(tuple(place / path.expanduser() for path in chosen.paths), chosen.origin)


def shown(found: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and origin of each setting, what is secret masked."""
    for key in KEYS:
        setting: Setting = getattr(found, key)
        hidden = key in _SECRET and setting.value
        yield key, "********" if hidden else setting.value or "", setting.origin
    for name in LISTS:
        listed: Files = getattr(found, name)
        yield name, ", ".join(map(str, listed.paths)), listed.origin


def _beside(store: str) -> str:
    """Return where judgements on a store are kept: beside its folder, or in the current one for a server."""
    return "kg.judgements.jsonl" if is_server(store) else f"{store.rstrip('/')}.judgements.jsonl"


def without_password(address: str) -> str:
    """Return an address with the password in it, if there is one, replaced by `***`."""
    scheme, mark, rest = address.partition("://")
    login, at, host = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    return f"{scheme}://{user}:***@{host}" if mark and at and colon else address


def is_server(address: str) -> bool:
    """Return whether an address names a server rather than a folder."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", address) is not None


def _refuse_password_in_address(store: Setting) -> None:
    address = store.value or ""
    masked = without_password(address)
    if masked != address:
        raise UsageError(
            f"the store's address {masked!r} ({store.origin}) holds a password, which ends up in logs and in "
            "the shell's history; give it as NEO4J_PASSWORD in the environment or in .env, and the user as "
            "NEO4J_USERNAME"
        )


def _refuse_what_is_no_time(patience: Setting) -> None:
    value = patience.value or ""
    if not re.fullmatch(r"\d{1,9}(\.\d*)?", value, re.ASCII):
        raise UsageError(f"{patience.origin}: {value!r} is no number of seconds; give one such as {DEFAULT_PATIENCE}")


def _from_variables(variables: Mapping[str, str], origin: str) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for key, names in _VARIABLES.items():
        name = next((name for name in names if variables.get(name)), None)
        if name is not None:
            found[key] = Setting(variables[name], f"{origin} {name}")
    return found


def _from_table(table: Mapping[str, object], origin: str, keys: tuple[str, ...]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for key, value in _known(table, origin, keys).items():
        if key in LISTS:
            continue
        value = str(value) if key == "patience" and not isinstance(value, bool) else value
        if not isinstance(value, str):
            raise UsageError(f"{origin}: {key} must be a text in quotation marks")
        if value:
            found[key] = Setting(value, f"{origin} {key}" if origin == "kg.toml" else origin)
    return found


def _known(table: Mapping[str, object], origin: str, keys: tuple[str, ...]) -> Mapping[str, object]:
    known = sorted((*keys, *LISTS))
    for key in table:
        if key not in known:
            raise UsageError(f"{origin}: unknown key {key!r}; there are {', '.join(known)}")
    return table


def _listed(name: str, variables: Mapping[str, str], origin: str) -> Files | None:
    paths = tuple(Path(path) for path in variables.get(LISTS[name], "").split(os.pathsep) if path)
    return Files(paths, f"{origin} {LISTS[name]}") if paths else None


def _paths(name: str, table: Mapping[str, object], origin: str) -> Files | None:
    paths = table.get(name, [])
    if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
        raise UsageError(f'{origin}: {name} must be a list of paths such as ["{_SAMPLES[name]}"]')
    return Files(tuple(map(Path, paths)), f"{origin} {name}" if origin == "kg.toml" else origin) if paths else None


def _tool_table(path: Path) -> Mapping[str, object]:
    tool = _toml(path).get("tool")
    table = tool.get("kg") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else {}


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error


def _dotenv(path: Path) -> dict[str, str]:
    lines = (line.strip() for line in _text(path).splitlines())
    pairs = (line.removeprefix("export ").partition("=") for line in lines if not line.startswith("#"))
    return {key.strip(): _unquoted(value.strip()) for key, sign, value in pairs if sign}


def _unquoted(value: str) -> str:
    for mark in "\"'":
        if value.startswith(mark) and mark in value[1:]:
            return value[1 : value.index(mark, 1)]
    return value.partition(" #")[0].rstrip()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise KgError(f"{path} cannot be read: {error.strerror}") from error
