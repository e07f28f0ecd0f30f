"""What a store costs when it has grown: articles a second and memory of the client at two sizes of one load.

Each store is filled in a process of its own, in batches as `kg load` does, and timed over a window around either size;
making the synthetic articles is not timed. `ratio` is the speed at the large size over that at the small one, by CPU
seconds of client and server together, which other work on the machine disturbs less than it does the wall time. Peak
memory is the resident one of the client since its start. The graph of the embedded store is measured by opening a
folder that has none yet, and again when it is there.

KG_GROWTH_SMALL, KG_GROWTH_LARGE, KG_GROWTH_WINDOW and KG_GROWTH_WORDS set the sizes, the window (articles) and the
length of an article; KG_GROWTH_STORES=embedded or neo4j leaves the other store out. Needs the /proc of Linux.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import ParamSpec, TypeVar

from bench import _synthetic
from bench._server import own_server
from kg.model import Record, decode, encode
from kg.pipeline import load
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.open import open_store

SMALL, LARGE, WINDOW, WORDS = 3_000, 30_000, 1_000, 100
_BATCH = 20

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a store, who enters it, and the server's process where there is one."""

    address: str
    user: str = "neo4j"
    password: str | None = None
    server: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of wall time and of the CPU in client and server, and MiB of the client's peak memory since its start."""

    wall: float
    client: float
    server: float
    peak: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a store is filled, how many articles are timed around either size, and the file of the templates."""

    small: int
    large: int
    window: int
    kinds: str


def measure() -> dict[str, float | int]:
    """Return the figures of both stores. Raises KgError where there is no Neo4j to measure with."""
    stores = os.environ.get("KG_GROWTH_STORES", "embedded,neo4j")
    words = _number("WORDS", WORDS)
    with tempfile.TemporaryDirectory(prefix="kg-growth-") as place:
        folder = Path(place)
        kinds = folder / "kinds.jsonl"
        kinds.write_bytes(b"\n".join(map(encode, _synthetic.templates(words))))
        plan = Plan(_number("SMALL", SMALL), _number("LARGE", LARGE), _number("WINDOW", WINDOW), str(kinds))
        figures: dict[str, float | int] = {"small": plan.small, "large": plan.large, "window": plan.window}
        figures["words_at_least"] = words
        if "embedded" in stores:
            figures |= _embedded(plan, folder)
        if "neo4j" in stores:
            figures |= _neo4j(plan)
    return figures


def filled(place: Place, plan: Plan, *sizes: int) -> list[Spent]:
    """Fill an empty store to half a window beyond the last size, and return what a window around each size took."""
    kinds = [decode(line) for line in Path(plan.kinds).read_bytes().splitlines()]
    stream = _synthetic.records(kinds)
    store = open_store(place.address, user=place.user, password=place.password)
    store.prepare()
    done, spent = 0, []
    for size in sizes:
        begin = size - plan.window // 2
        _put(store, stream, begin - done, place)
        spent.append(_put(store, stream, plan.window, place))
        done = begin + plan.window
    if not isinstance(store, EmbeddedStore):
        store.close()  # a folder is left without its graph, which is measured apart
    return spent


def opened(folder: str) -> Spent:
    """Open a folder and bring its graph up to the records; return what that took."""
    with closing(EmbeddedStore(Path(folder), read_only=True)) as store:
        start = perf_counter(), process_time()
        store.counts()
        return Spent(perf_counter() - start[0], process_time() - start[1], 0, _peak())


def _embedded(plan: Plan, folder: Path) -> dict[str, float | int]:
    large, small = str(folder / "large"), str(folder / "small")
    figures = _compared("embedded", plan, _apart(filled, Place(large), plan, plan.small, plan.large))
    _apart(filled, Place(small), plan, plan.small - plan.window // 2)
    for size, place in (("small", small), ("large", large)):
        for name, spent in (("made", _apart(opened, place)), ("opened", _apart(opened, place))):
            figures[f"graph_{name}_cpu_seconds_{size}"] = round(spent.client, 1)
            figures[f"graph_{name}_peak_mib_{size}"] = round(spent.peak)
    return figures


def _neo4j(plan: Plan) -> dict[str, float | int]:
    with own_server() as own:
        server = own.server
        place = Place(server.uri, server.username, server.password, own.pid)
        return _compared("neo4j", plan, _apart(filled, place, plan, plan.small, plan.large))


def _compared(name: str, plan: Plan, spent: Sequence[Spent]) -> dict[str, float | int]:
    small, large = spent
    figures: dict[str, float | int] = {
        f"{name}_ratio": round((small.client + small.server) / (large.client + large.server), 3),
        f"{name}_ratio_client": round(small.client / large.client, 3),
        f"{name}_ratio_wall": round(small.wall / large.wall, 3),
        f"{name}_memory_ratio": round(large.peak / small.peak, 3),
    }
    for size, each in (("small", small), ("large", large)):
        figures[f"{name}_articles_per_cpu_second_{size}"] = round(plan.window / (each.client + each.server), 1)
        figures[f"{name}_articles_per_second_{size}"] = round(plan.window / each.wall, 1)
        figures[f"{name}_peak_mib_{size}"] = round(each.peak)
    return figures


def _put(store: Store, stream: Iterator[Record], number: int, place: Place) -> Spent:
    """Store the next articles; only the storing is timed."""
    wall = client = 0.0
    server = _cpu_of(place.server)
    for left in range(number, 0, -_BATCH):
        batch = list(islice(stream, min(left, _BATCH)))
        start = perf_counter(), process_time()
        load(store, batch, batch=_BATCH)
        wall, client = wall + perf_counter() - start[0], client + process_time() - start[1]
    return Spent(wall, client, _cpu_of(place.server) - server, _peak())


def _cpu_of(process: int | None) -> float:
    """Return the CPU seconds that a process has taken."""
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak() -> float:
    """Return the MiB of this process at most; unlike ru_maxrss it knows nothing of the process that started it."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _apart(work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Return what a function gives in a new process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **options).result()


def _number(name: str, otherwise: int) -> int:
    return int(os.environ.get(f"KG_GROWTH_{name}", otherwise))
