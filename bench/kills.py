"""What loading survives: `kg load` killed at any moment and run again must leave what an undisturbed load leaves.

A child runs `kg load` and gets SIGKILL at a moment drawn from the length of an undisturbed load, start-up included;
then the same command is run again, and may be killed again, until it ends. The dump must then equal the undisturbed
one, byte for byte. A kill after the last article falls while the embedded store makes its graph. In some rounds it is
the Neo4j server that is killed; it is started again on the same home, and the load, if it did not wait for it, is run
again. After every kill `kg status` must run, or say that there is no store yet.

KG_KILLS is the number of kills (default 200): four ninths of the embedded store loading records, one ninth loading a
folder of articles, the rest of Neo4j, where a tenth of all, 20 at most, fall on the server. KG_KILLS_STORES=embedded or
neo4j leaves the other store out. Ctrl-C ends it early with what there is.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import _synthetic
from bench._server import OwnServer, emptied, login, own_server
from kg.errors import KgError
from kg.model import Record, encode

KILLS = 200
RECORDS, WORDS, FILES = {"embedded": 300, "neo4j": 80}, 100, 24
_AGAIN = 0.3  # of the second runs are killed too
_NO_STORE = 4
_PROGRAM = "import sys; from kg.cli.main import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Case:
    """A way of loading: its arguments, the settings that name the store, what empties that, and how many articles."""

    name: str
    arguments: tuple[str, ...]
    settings: dict[str, str]
    empty: Callable[[], None]
    articles: int


@dataclass
class Tally:
    """What became of the kills."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def killed(self, case: Case, articles: int) -> None:
        """Count a kill after which so many articles were stored."""
        self.counts["kills"] += 1
        self.counts[f"kills_{case.name}"] += 1
        self.counts["kills_in_mid_load"] += 0 < articles < case.articles
        self.counts["kills_after_the_last_article"] += articles == case.articles

    def ended(self, case: Case, *, equal: bool) -> None:
        """Count the end of a round."""
        self.counts["rounds"] += 1
        self.counts["equal_dumps"] += equal
        if not equal:
            self.faults.append(f"{case.name}: another dump in round {self.counts['rounds']}")


def measure() -> dict[str, object]:
    """Return how many kills there were, how many in mid-load, and how many rounds ended in the undisturbed dump."""
    kills, tally = int(os.environ.get("KG_KILLS", KILLS)), Tally()
    stores = os.environ.get("KG_KILLS_STORES", "embedded,neo4j")
    with tempfile.TemporaryDirectory(prefix="kg-kills-") as place, suppress(KeyboardInterrupt):
        kinds = _synthetic.templates(WORDS)
        if "embedded" in stores:
            _kill_embedded(Path(place), kinds, kills, tally)
        if "neo4j" in stores:
            _kill_neo4j(Path(place), kinds, kills, tally)
    return {**tally.counts, "faults": tally.faults}


def _kill_embedded(folder: Path, kinds: Sequence[Record], kills: int, tally: Tally) -> None:
    chance = random.Random(0)
    records = _written(folder, _synthetic.some(kinds, RECORDS["embedded"]))
    case = _embedded(folder, "records", ("--records", str(records)), RECORDS["embedded"])
    _kill_clients(case, kills * 4 // 9, chance, tally)
    texts = _texts(folder, _synthetic.some(kinds, FILES))
    _kill_clients(_embedded(folder, "folder", (str(texts),), FILES), kills // 9, chance, tally)


def _kill_neo4j(folder: Path, kinds: Sequence[Record], kills: int, tally: Tally) -> None:
    chance, servers = random.Random(1), min(20, kills // 10)
    records = _written(folder, _synthetic.some(kinds, RECORDS["neo4j"]))
    with own_server() as own:
        empty = partial(emptied, own.server)
        case = Case("neo4j", ("--records", str(records)), login(own.server), empty, RECORDS["neo4j"])
        _kill_clients(case, kills - kills * 4 // 9 - kills // 9 - servers, chance, tally)
        _kill_servers(case, own, servers, chance, tally)


def _embedded(folder: Path, name: str, arguments: tuple[str, ...], articles: int) -> Case:
    store = folder / f"store-{name}"
    empty = partial(shutil.rmtree, store, ignore_errors=True)
    return Case(f"embedded_{name}", arguments, {"KG_STORE": str(store)}, empty, articles)


def _kill_clients(case: Case, kills: int, chance: random.Random, tally: Tally) -> None:
    length, undisturbed = _undisturbed(case)
    left = kills
    while left > 0:
        case.empty()
        ended = False
        while left > 0 and not ended:
            ended = _ended_before(case, chance.uniform(0, length))
            if not ended:
                tally.killed(case, _stored(case, tally))
                left -= 1
                ended = chance.random() >= _AGAIN
        _load(case)
        tally.ended(case, equal=_dump(case) == undisturbed)


def _kill_servers(case: Case, own: OwnServer, kills: int, chance: random.Random, tally: Tally) -> None:
    length, undisturbed = _undisturbed(case)
    for _ in range(kills):
        case.empty()
        with _started(case) as load:
            time.sleep(chance.uniform(0, length))
            own.kill()
            own.start()
            tally.counts["loads_that_waited_for_the_server"] += load.wait() == 0
        tally.killed(case, _stored(case, tally))
        tally.counts["kills_of_the_server"] += 1
        _load(case)
        tally.ended(case, equal=_dump(case) == undisturbed)


def _undisturbed(case: Case) -> tuple[float, bytes]:
    """Return how many seconds a load takes, and the dump after it."""
    case.empty()
    _load(case)  # the first one warms caches
    case.empty()
    start = time.monotonic()
    _load(case)
    return time.monotonic() - start, _dump(case)


def _ended_before(case: Case, seconds: float) -> bool:
    """Start a load, kill it after so many seconds, and return whether it had ended by then."""
    with _started(case) as load:
        try:
            load.wait(seconds)
        except subprocess.TimeoutExpired:
            load.kill()
            return False
    return True


def _stored(case: Case, tally: Tally) -> int:
    """Return how many articles `kg status` counts after a kill."""
    done = _kg(case, "status", "--format", "json")
    if done.returncode == _NO_STORE and b"no store" in done.stderr:
        tally.counts["kills_before_there_was_a_store"] += 1
        return 0
    if done.returncode:
        tally.faults.append(f"{case.name}: kg status ended with {done.returncode}: {done.stderr.decode()}")
        return 0
    return int(json.loads(done.stdout)["articles"])


def _load(case: Case) -> None:
    done = _kg(case, "load", *case.arguments)
    if done.returncode:
        raise KgError(f"{case.name}: kg load ended with {done.returncode}: {done.stderr.decode()}")


def _dump(case: Case) -> bytes:
    return _kg(case, "dump").stdout


def _started(case: Case) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        _command("load", *case.arguments), env={**os.environ, **case.settings}, stdout=quiet, stderr=quiet
    )


def _kg(case: Case, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **case.settings}
    return subprocess.run(_command(*arguments), env=environment, capture_output=True, check=False)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", _PROGRAM, *arguments]


def _written(folder: Path, records: Sequence[Record]) -> Path:
    path = folder / "records.jsonl"
    path.write_bytes(b"".join(encode(record) + b"\n" for record in records))
    return path


def _texts(folder: Path, records: Sequence[Record]) -> Path:
    texts = folder / "texts"
    texts.mkdir()
    for number, record in enumerate(records):
        (texts / f"{number:05}.txt").write_text(record.article.text, encoding="utf-8")
    return texts
