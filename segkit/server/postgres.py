"""PostgreSQL in a folder of its own: reached through a socket in it and with a password, by nobody from outside."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from segkit.errors import UserError, WorkFailed
from segkit.server.leash import Leashed, as_user, leashed
from segkit.server.passwords import secret_in, write_privately

_USER = "segkit"
# Runs and models, and the accounts of those who may see them.
RUNS, ACCOUNTS = "mlflow", "mlflow_auth"
_START_SECONDS = 120
# A socket's whole path may not be longer, on any system.
_LONGEST_PATH = 100
_PROGRAMS = ("initdb", "postgres")


@dataclass(frozen=True)
class Database:
    """PostgreSQL's programs, the folder that it keeps everything in, and as whom it runs ("" for whoever asks)."""

    programs: Path
    folder: Path
    user: str

    @property
    def socket(self) -> Path:
        """The folder of the socket that it answers on."""
        return self.folder / "socket"

    @property
    def data(self) -> Path:
        """PostgreSQL's own files."""
        return self.folder / "postgres"

    @property
    def passwords(self) -> Path:
        """The file from which its own programs (`PGPASSFILE`) and drivers take the password."""
        return self.folder / "pgpass"

    def uri(self, name: str) -> str:
        """The address of one of its databases, without the password."""
        where = f"host={quote(str(self.socket))}&passfile={quote(str(self.passwords))}"
        return f"postgresql+psycopg2://{_USER}@/{name}?{where}"


def find_database(folder: Path, programs: str | None = None) -> Database:
    """PostgreSQL for a folder; raises UserError where it is not installed or cannot work there."""
    database = Database(_programs(programs), folder, _unprivileged())
    if len(str(database.socket)) + len("/.s.PGSQL.5432") > _LONGEST_PATH:
        raise UserError(f"the path {folder} is too long for a socket", "choose a shorter one: folder=/srv/segkit")
    return database


def start_database(database: Database, lock: int) -> Leashed:
    """Make it on first use, start it, and return once it answers; raises WorkFailed with what PostgreSQL says."""
    _own(database, database.socket)
    if not database.data.exists():
        _create(database)
    settings = {"listen_addresses": "", "unix_socket_directories": str(database.socket)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(database.programs / "postgres"), "-D", str(database.data), *options]
    started = leashed(command, database.folder / "postgres.log", lock, database.user)
    try:
        _wait_for(database, started)
    except BaseException:
        started.end()
        raise
    return started


def _programs(given: str | None) -> Path:
    found = shutil.which("initdb", path=given)
    places = [Path(found).resolve().parent] if found else []
    places += [] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for place in places:
        if all((place / program).exists() for program in _PROGRAMS):
            return place
    where = f"PostgreSQL's programs are not in {given}" if given else "PostgreSQL is not installed"
    raise UserError(where, "install it (Debian, Ubuntu: apt-get install postgresql), or say where: postgres=/path/bin")


def _version(place: Path) -> int:
    name = place.parent.name
    return int(name) if name.isdigit() else 0


def _unprivileged() -> str:
    """PostgreSQL refuses to run as root: the user that it then runs as."""
    if os.geteuid() != 0:
        return ""
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in known), None)
    if user is None:
        raise UserError("PostgreSQL does not run as root", "start this as another user")
    return user


def _own(database: Database, folder: Path) -> None:
    """A folder that belongs to whom PostgreSQL runs as."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711 if database.user else 0o700)
    if database.user:
        shutil.chown(folder, database.user)


def _create(database: Database) -> None:
    """Make PostgreSQL's files beside their place and then put them there: who is killed meanwhile leaves no half."""
    unfinished, given = database.folder / "postgres.unfinished", database.folder / "initial-password"
    shutil.rmtree(unfinished, ignore_errors=True)
    password = secret_in(database.folder / "database-password")
    write_privately(database.passwords, f"*:*:*:{_USER}:{password}\n")
    write_privately(given, password)
    _own(database, unfinished)
    if database.user:
        shutil.chown(given, database.user)
    command = [str(database.programs / "initdb"), "-D", str(unfinished), "-U", _USER, f"--pwfile={given}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_user(database.user))
    given.unlink()
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise WorkFailed(f"PostgreSQL cannot be set up in {database.folder}: {_complaint(done.stderr)}")
    os.replace(unfinished, database.data)


def _complaint(said: str) -> str:
    """The line of an error that says what is wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    loud = [line for line in lines if "FATAL:" in line or "error:" in line]
    return (loud or lines or ["it does not say why"])[0].rpartition("FATAL:")[2].strip()


def _wait_for(database: Database, started: Leashed) -> None:
    """Return once every database is there."""
    import psycopg2

    deadline = time.monotonic() + _START_SECONDS
    while started.lives and time.monotonic() < deadline:
        try:
            return _make_databases(database)
        except psycopg2.OperationalError as error:
            if "password" in str(error):
                mend = f"the file {database.passwords} is not the one that it was made with"
                raise WorkFailed(f"PostgreSQL refuses its own password; {mend}") from error
            time.sleep(0.1)
    raise WorkFailed(f"PostgreSQL did not start: {started.last_words()} (more in {database.folder}/postgres.log)")


def _make_databases(database: Database) -> None:
    import psycopg2

    place = {"host": str(database.socket), "passfile": str(database.passwords), "user": _USER}
    connection = psycopg2.connect(dbname="postgres", **place)
    try:
        connection.autocommit = True  # a database is not made within a transaction
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            known = {name for (name,) in cursor.fetchall()}
            for name in {RUNS, ACCOUNTS} - known:
                cursor.execute(f"CREATE DATABASE {name}")
    finally:
        connection.close()
