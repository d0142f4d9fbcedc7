"""The commands that are compared on MariaDB, each run as a whole: `BACKUPS` write a dump, `RESTORES` read it back."""

from measure import Place, run

DUMP = ["mariadb-dump", "--no-defaults", "--single-transaction", "--routines", "--events", "--triggers"]


def dump_through(place, name, *program):
    dump = place.empty(name)
    return run([*DUMP, "-S", place.source.socket, "-u", "root", "--databases", "shop"], program, output=dump, size=dump)


def mydumper(place):
    dump = place.empty("mydumper")
    return run(["mydumper", "-S", place.source.socket, "-u", "root", "-B", "shop", "-c", "-t", place.jobs, "-G", "-E", "-R",
                "-r", "100000", "-o", dump], size=dump)


def replay(place, name, *program):
    dump = place.path(name)
    return run([*program, dump], ["mariadb", "--no-defaults", "-S", place.target.socket, "-u", "root"], size=dump)


def myloader(place):
    dump = place.path("mydumper")
    return run(["myloader", "-S", place.target.socket, "-u", "root", "-t", place.jobs, "-d", dump], size=dump)


BACKUPS = {
    "vya backup": Place.vya_backup,
    "mariadb-dump | gzip": lambda place: dump_through(place, "dump.sql.gz", "gzip"),
    "mariadb-dump | zstd -1": lambda place: dump_through(place, "dump.sql.zst", "zstd", "-1", "-q"),
    "mydumper -c -tN": mydumper,
}

# What each restore reads is what the backup of the second column left.
RESTORES = {
    "vya restore": (Place.vya_restore, Place.vya_backup),
    "gzip -d | mariadb": (lambda place: replay(place, "dump.sql.gz", "gzip", "-dc"), BACKUPS["mariadb-dump | gzip"]),
    "zstd -d | mariadb": (lambda place: replay(place, "dump.sql.zst", "zstd", "-dcq"), BACKUPS["mariadb-dump | zstd -1"]),
    "myloader -tN": (myloader, mydumper),
}
