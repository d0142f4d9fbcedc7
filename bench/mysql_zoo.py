"""What a whole MariaDB server loses on its way: the tests' zoos through vya, and through the tools beside it.

What is compared are lines in the server's own words: of accounts, objects, and every value of every row in hexadecimal
digits.
"""

import collections
import pathlib
import subprocess

from measure import VYA
from mysql_contenders import DUMP
from mysql_server import MysqlServer

TESTS = pathlib.Path(__file__).resolve().parent.parent / "tests"
OBJECTS = TESTS / "world/mysql_zoo"
ACCOUNTS = TESTS / "engine/mysql/accounts/zoo"
OURS = "NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"

# What each view of information_schema says of an object, beside its schema.
FACTS = {
    "ROUTINES": ("ROUTINE_SCHEMA", "ROUTINE_TYPE, ROUTINE_NAME, DTD_IDENTIFIER, HEX(ROUTINE_DEFINITION), SECURITY_TYPE, SQL_MODE,"
                 " DEFINER, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION"),
    "TRIGGERS": ("TRIGGER_SCHEMA", "TRIGGER_NAME, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_ORDER, HEX(ACTION_STATEMENT),"
                 " SQL_MODE, DEFINER, CHARACTER_SET_CLIENT, DATABASE_COLLATION"),
    "EVENTS": ("EVENT_SCHEMA", "EVENT_NAME, DEFINER, TIME_ZONE, HEX(EVENT_DEFINITION), EXECUTE_AT, STARTS, STATUS, SQL_MODE"),
    "SCHEMATA": ("SCHEMA_NAME", "DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME"),
}


def fill(server):
    text = lambda path: path.read_bytes()  # noqa: E731
    server.sql(b"".join(text(OBJECTS / f"{name}.sql") for name in ("types", "tables", "mariadb")))
    server.sql(text(OBJECTS / "objects.sql"))
    # The accounts' own objects have other names than these, but for the database.
    objects = text(ACCOUNTS / "objects.sql").replace(b"CREATE DATABASE zoo;", b"")
    server.sql(objects)
    server.sql(text(ACCOUNTS / "package.sql"))
    server.sql(text(ACCOUNTS / "package_body.sql"))
    for name in ("names", "common", "mariadb"):
        server.sql(text(ACCOUNTS / f"{name}.sql"))


def name(text):
    return "`" + (text or "").replace("`", "``") + "`"


def lines(server):
    """Everything, as a multiset of (kind, text)."""
    all_lines = collections.Counter()

    def ask(kind, statement):
        try:
            for row in server.sql(statement):
                all_lines[kind, repr(row)] += 1
        except Exception as error:  # pylint: disable=broad-except
            all_lines[kind, f"{statement}: {error}"] += 1

    for user, host, role in server.sql("SELECT User, Host, is_role FROM mysql.user"):
        who = name(user) if role == "Y" else name(user) + "@" + name(host)
        if user == "PUBLIC":
            who = "PUBLIC"
        elif role != "Y":
            ask("accounts", f"SHOW CREATE USER {who}")
        ask("grants", f"SHOW GRANTS FOR {who}")
    ask("role members", "SELECT User, Host, Role, Admin_option FROM mysql.roles_mapping")
    for view, (schema, columns) in FACTS.items():
        ask(view.lower(), f"SELECT {schema}, {columns} FROM information_schema.{view} WHERE {schema} {OURS}")
    for schema, view in server.sql(f"SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA {OURS}"):
        ask("views", f"USE {name(schema)}; SHOW CREATE VIEW {name(view)}")
    for schema, table, kind in server.sql(f"SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE"
                                          f" TABLE_SCHEMA {OURS} AND TABLE_TYPE <> 'VIEW'"):
        whole = name(schema) + "." + name(table)
        ask("sequences" if kind == "SEQUENCE" else "tables", f"SHOW CREATE TABLE {whole}")
        if kind == "SEQUENCE":
            ask("sequences", f"SELECT '{table}', next_not_cached_value FROM {whole}")
            continue
        columns = server.sql(f"SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                             f"{quoted(schema)} AND TABLE_NAME = {quoted(table)} ORDER BY ORDINAL_POSITION")
        shown = ", ".join(f"{name(c)} * 1e0" if t in ("float", "double") else f"HEX({name(c)})" for c, t in columns)
        past = " FOR SYSTEM_TIME ALL" if kind == "SYSTEM VERSIONED" else ""
        ask("rows", f"SELECT {quoted(table)}, {shown} FROM {whole}{past}")
    return all_lines


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def through_dump(source, target, *options):
    dump = subprocess.run([*DUMP, "-S", source.socket, "-u", "root", "--all-databases", "--flush-privileges"], check=False,
                          capture_output=True)
    said(dump)
    said(subprocess.run(["mariadb", "--no-defaults", "-S", target.socket, "-u", "root", *options], input=dump.stdout, check=False,
                        capture_output=True))


def through_mydumper(source, target, folder):
    dump = folder / "zoo-mydumper"
    said(subprocess.run(["mydumper", "-S", source.socket, "-u", "root", "-G", "-E", "-R", "-c", "-o", dump], check=False,
                        capture_output=True))
    said(subprocess.run(["myloader", "-S", target.socket, "-u", "root", "-o", "-d", dump], check=False, capture_output=True))


def said(ended):
    program = pathlib.Path(ended.args[0]).name
    words = ended.stderr.decode(errors="replace").splitlines()
    if ended.returncode != 0:
        print(f"  {program} ended with status {ended.returncode}: {words[-1][:160] if words else 'it said nothing'}")
    for line in words[:-1]:
        if "rror" in line or "CRITICAL" in line:
            print(f"    {program} said: {line[:160]}")


def through_vya(source, target, folder):
    config = folder / "zoo.yaml"
    config.write_text(f"repository: {folder / 'zoo'}\ninstances:\n"
                      f"  source: {{engine: mysql, socket: {source.socket}, user: root}}\n"
                      f"  target: {{engine: mysql, socket: {target.socket}, user: root}}\n")
    for command in (["init"], ["backup", "source"], ["restore", "source", "--to", "target"]):
        said(subprocess.run([VYA, "--config", config, *command], check=False, capture_output=True))


SHOWN = 5
WAYS = {"vya": through_vya, "mariadb-dump | mariadb": lambda source, target, _: through_dump(source, target),
        "mariadb-dump | mariadb --force": lambda source, target, _: through_dump(source, target, "--force"),
        "mydumper, myloader": through_mydumper}


def compare(folder):
    """Prints, for each way, how many lines of which kind it lost or changed."""
    with MysqlServer(folder / "zoo-source") as source:
        fill(source)
        before = lines(source)
        print(f"\na zoo of {sum(before.values())} lines, MariaDB {source.sql('SELECT VERSION()')[0][0]}")
        for title, way in WAYS.items():
            with MysqlServer(folder / "zoo-target") as target:
                way(source, target, folder)
                lost = before - lines(target)
            kinds = collections.Counter()
            for (kind, _), number in lost.items():
                kinds[kind] += number
            for (kind, text), _ in list(lost.items())[:SHOWN]:
                print(f"    lost: {kind}: {text[:160]}")
            print(f"  {title:31}{sum(kinds.values()):5} lines lost or changed", *(f"{n} of {k}" for k, n in kinds.items()),
                  sep="  ")
