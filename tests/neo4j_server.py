"""A real Neo4j for the tests: one that was given, one in a container, or one from the jars of Maven Central."""

import gc
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

IMAGE = "neo4j:2026.08.1-community"
NEWEST, LONG_TERM = "2026.08.1", "5.26.30"
JAVA_OF = {NEWEST: 21, LONG_TERM: 17}

_START_SECONDS = 240
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>kg</groupId><artifactId>neo4j-for-tests</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{0}</version></dependency>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{0}</version></dependency>
</dependencies></project>"""
_SMALL_JAVA = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_JAVA = ("-Xms1g", "-Xmx2g")  # as docker-compose.yml gives it
_JAVA_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
    "-Dio.netty.tryReflectionSetAccessible=true",
)
_MAIN = {
    NEWEST: "org.neo4j.server.Neo4jCommunity",
    LONG_TERM: "org.neo4j.server.CommunityEntryPoint",
}
_SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.security.auth_max_failed_attempts=0
dbms.usage_report.enabled=false
server.directories.import=import
dbms.security.allow_csv_import_from_file_urls=false
db.tx_log.preallocate=false
"""
_SMALL = """server.memory.pagecache.size=128m
dbms.cypher.min_replan_interval=1h
"""  # to plan anew takes longer than a test's few rows
_LARGE = "server.memory.pagecache.size=1g\n"
_SETTINGS_OF = {
    NEWEST: "dbms.fleet_manager.enabled=false\nserver.fleet_discovery.enabled=false\n",
    LONG_TERM: "",
}


class NoServerError(Exception):
    """No Neo4j can be had here, and why."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a Neo4j listens; the tests empty its database."""

    uri: str
    username: str
    password: str


@contextmanager
def neo4j_server() -> Iterator[Server]:
    """Yield a server: as given by KG_TEST_NEO4J_URI, else in a container, else from jars.

    `KG_TEST_NEO4J_VERSION` picks a version of the jars. Raises NoServerError with the reason.
    """
    given = os.environ.get("KG_TEST_NEO4J_URI")
    wanted = os.environ.get("KG_TEST_NEO4J_VERSION")
    if given:
        name = os.environ.get("KG_TEST_NEO4J_USERNAME", "neo4j")
        yield Server(given, name, os.environ.get("KG_TEST_NEO4J_PASSWORD", ""))
    elif wanted is None and _engine_answers():
        with _container() as server:
            yield server
    else:
        with _from_jars(wanted) as server:
            yield server


class OwnServer:
    """A Neo4j from jars in a process of ours, which can be killed and started again with all that it stored."""

    def __init__(self, version: str, java: str, home: Path, *, small: bool = True) -> None:
        self._home = home
        self._port = free_port()
        self._start = [_MAIN[version], f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
        self._command = [java, *(_SMALL_JAVA if small else _JAVA), *_JAVA_OPTIONS, "-cp", f"{_jars(version)}/*"]
        self._environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        self._running = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self.server = Server(f"bolt://127.0.0.1:{self._port}", "neo4j", secrets.token_hex(12))
        settings = _SETTINGS.format(port=self._port) + _SETTINGS_OF[version]
        self._make_home(settings + (_SMALL if small else _LARGE))

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process is not None, "the server was not started"
        return self._process.pid

    def start(self, *, wait: bool = True) -> None:
        """Start the process, and wait until it takes connections. Raises NoServerError where it does not."""
        with (self._home / "console").open("wb") as console:
            command = [*self._command, *self._start]
            self._process = subprocess.Popen(command, env=self._environment, stdout=console, stderr=console)
        self._running.enter_context(_ends_with_us(self._process))
        if wait:
            self.wait()

    def wait(self) -> None:
        """Wait until it takes connections. Raises NoServerError where it does not."""
        assert self._process is not None, "the server was not started"
        _wait(self._process, self._port, self._home / "console")

    def kill(self) -> None:
        """End the process as a power cut would."""
        self._running.close()

    def admin(self, arguments: list[str], folder: Path) -> str:
        """Run `neo4j-admin` in a folder while the process is not running, and return what it prints."""
        command = [*self._command, "org.neo4j.cli.AdminTool", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=self._environment, capture_output=True, text=True, check=False, timeout=240
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pause(self) -> None:
        """Let the process stand still, its connections open."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let the process go on."""
        os.kill(self.pid, signal.SIGCONT)

    def _make_home(self, settings: str) -> None:
        for folder in ("conf", "import", "logs", "data"):
            (self._home / folder).mkdir()
        (self._home / "conf" / "neo4j.conf").write_text(settings)
        admin = ["org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", self.server.password]
        subprocess.run([*self._command, *admin], env=self._environment, capture_output=True, check=True)


@contextmanager
def own_server(wanted: str | None = None, *, small: bool = True) -> Iterator[OwnServer]:
    """Yield a running server from jars, of the version wanted, in a home that goes with it. Raises NoServerError.

    A small one starts soon and keeps its plans; else it has the memory of `docker-compose.yml`, compiles what is asked
    often, and plans anew when much has changed.
    """
    version, java = _version_and_java(wanted)
    home = Path(tempfile.mkdtemp(prefix="kg-neo4j-"))
    try:
        own = OwnServer(version, java, home, small=small)
        try:
            own.start()
            yield own
        finally:
            own.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def emptied(server: Server) -> None:
    """Take every node out of the server's database; constraints and indexes stay."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _engine_answers() -> bool:
    import docker
    from docker.errors import DockerException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # a client without engine forgets its socket
        try:
            with closing(docker.from_env(timeout=2)) as client:
                return bool(client.ping())
        except DockerException:
            return False
        finally:
            gc.collect()


@contextmanager
def _container() -> Iterator[Server]:
    from testcontainers.community.neo4j import Neo4jContainer

    password = secrets.token_hex(12)
    with Neo4jContainer(IMAGE, password=password) as container:
        yield Server(container.get_connection_url(), "neo4j", password)


@contextmanager
def _from_jars(wanted: str | None) -> Iterator[Server]:
    with own_server(wanted) as own:
        yield own.server


def _version_and_java(wanted: str | None) -> tuple[str, str]:
    found = {java: _java_version(java) for java in _javas()}
    for version in (wanted,) if wanted else (NEWEST, LONG_TERM):
        if version not in JAVA_OF:
            raise NoServerError(f"no settings for Neo4j {version}; there are {', '.join(JAVA_OF)}")
        for java, major in sorted(found.items(), key=lambda item: item[1]):
            if major == 17 if version == LONG_TERM else major >= JAVA_OF[version]:
                return version, java
    raise NoServerError(f"no Java for Neo4j {wanted or 'of any version'}: install JDK 21 or newer, or 17")


def _javas() -> list[str]:
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    on_path = shutil.which("java")
    javas = [str(home / "bin" / "java") for home in homes] + ([on_path] if on_path else [])
    return [java for java in dict.fromkeys(javas) if os.access(java, os.X_OK)]


def _java_version(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


def _jars(version: str) -> Path:
    """Return the folder of the jars, fetched once and kept; a half-fetched one is never seen under its name."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg"
    kept = cache / f"neo4j-{version}"
    if kept.is_dir():
        return kept
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServerError("Neo4j comes by Maven, which is not installed, and no container engine answers")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        _fetch(maven, version, Path(folder))
        try:
            (Path(folder) / "lib").rename(kept)
        except OSError:
            if not kept.is_dir():  # else another run was first
                raise
    return kept


def _fetch(maven: str, version: str, folder: Path) -> None:
    (folder / "pom.xml").write_text(_POM.format(version))
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder / 'lib'}", "-DincludeScope=runtime"]
    done = subprocess.run([maven, "-q", "-B", *goal], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServerError(f"Maven cannot fetch Neo4j {version}: {done.stdout.strip()[-500:]}")


@contextmanager
def _ends_with_us(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill a process at the end, or when this one is killed: a shell waits for the pipe between them to close."""
    watch = ["sh", "-c", 'cat > /dev/null; kill -9 "$0"', str(process.pid)]
    watchman = subprocess.Popen(watch, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        watchman.communicate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, console: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise NoServerError(f"Neo4j did not start: {console.read_text(errors='replace')[-2000:]}")
        with closing(socket.socket()) as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise NoServerError(f"Neo4j did not answer within {_START_SECONDS} s")
