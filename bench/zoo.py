"""What a whole server loses on its way: the tests' zoo through vya, and through pg_dumpall and psql."""

import os
import pwd
import shutil
import subprocess

from facts import facts_of, files, is_true
from measure import VYA
from server import BIN, Server

MAJOR = int(subprocess.run([BIN / "postgres", "--version"], check=True, text=True, capture_output=True)
            .stdout.split()[2].split(".")[0])
TABLESPACE = "Aquarium"


def psql(server, *arguments):
    return [BIN / "psql", "-h", server.folder, "-U", "postgres", *arguments]


def aquarium(server):
    """An empty folder for the zoo's tablespace."""
    folder = server.folder / "aquarium"
    folder.mkdir()
    if os.getuid() == 0:
        shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
    return folder


def fill(server):
    server.sql("postgres", f"CREATE TABLESPACE \"{TABLESPACE}\" LOCATION '{aquarium(server)}'")
    facts = []
    for path in files(MAJOR, ["postgres_fdw", "citext"]):
        subprocess.run(psql(server, "-Xq", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f", path), check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        facts += facts_of(path)
    return facts


def through_pg_dumpall(source, target, _):
    dump = subprocess.run([BIN / "pg_dumpall", "-h", source.folder, "-U", "postgres"], check=True, capture_output=True).stdout
    # On one machine two servers cannot share the tablespace's folder: psql gets the target's.
    dump = dump.replace(bytes(source.folder / "aquarium"), bytes(aquarium(target)))
    ended = subprocess.run(psql(target, "-Xq", "-d", "postgres"), input=dump, check=False, capture_output=True)
    if ended.returncode != 0:
        print("  psql stopped:", ended.stderr.decode(errors="replace").strip().splitlines()[-1])


def through_vya(source, target, folder):
    config = folder / "zoo.yaml"
    config.write_text(f"repository: {folder / 'zoo'}\ninstances:\n"
                      f"  source: {{engine: postgresql, host: {source.folder}, user: postgres, open_closed_databases: true}}\n"
                      f"  target: {{engine: postgresql, host: {target.folder}, user: postgres}}\n")
    for command in (["init"], ["backup", "source"],
                    ["restore", "source", "--to", "target", "--tablespace", f"{TABLESPACE}={aquarium(target)}"]):
        subprocess.run([VYA, "--config", config, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def closed_rows(server):
    """How many rows came along in the database that allows no connections; the database itself may be missing."""
    subprocess.run(psql(server, "-Xq", "-d", "postgres", "-c", "ALTER DATABASE closed_house ALLOW_CONNECTIONS true"),
                   check=False, stderr=subprocess.DEVNULL)
    ended = subprocess.run(psql(server, "-XAtq", "-d", "closed_house", "-c", "SELECT count(*) FROM sleeping"), check=False,
                           text=True, capture_output=True)
    return ended.stdout.strip() or "0"


def compare(folder):
    """Prints, for each way, how many facts it lost and which."""
    with Server(folder / "zoo-source") as source:
        facts = fill(source)
        before = [fact for fact in facts if not is_true(fact, psql(source))]
        if before:
            raise RuntimeError(f"not true of the zoo itself: {before}")
        print(f"\na zoo of {len(facts)} facts, PostgreSQL {MAJOR}")
        for name, way in {"vya": through_vya, "pg_dumpall | psql": through_pg_dumpall}.items():
            with Server(folder / "zoo-target") as target:
                way(source, target, folder)
                lost = [fact for fact in facts if not is_true(fact, psql(target))]
                rows = closed_rows(target)
            print(f"  {name:20}{len(lost):5} facts lost; {rows} of 2 rows of the closed database came along")
            for fact in lost:
                print(f"    lost: {fact.name}")
