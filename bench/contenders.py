"""The commands that are compared, each run as a whole: `BACKUPS` write a dump, `RESTORES` read it back."""

from measure import Place, run, together
from server import BIN


class PgPlace(Place):
    def client(self, program, *arguments, server=None):
        return [BIN / program, "-h", (server or self.source).folder, "-U", "postgres", *arguments]


def plain_gzip(place):
    dump = place.empty("dump.sql.gz")
    return run(place.client("pg_dump", "shop"), ["gzip"], output=dump, size=dump)


def custom(place):
    dump = place.empty("dump.custom")
    return run(place.client("pg_dump", "-Fc", "-f", dump, "shop"), size=dump)


def directory(place, *options):
    dump = place.empty("dump.directory")
    return run(place.client("pg_dump", "-Fd", "-j", place.jobs, *options, "-f", dump, "shop"), size=dump)


def plain_restore(place):
    place.target.sql("postgres", "CREATE DATABASE shop")
    dump = place.path("dump.sql.gz")
    return run(["gzip", "-dc", dump], place.client("psql", "-X", "-q", "-d", "shop", server=place.target), size=dump)


def pg_restore(place, name):
    place.target.sql("postgres", "CREATE DATABASE shop")
    dump = place.path(name)
    return run(place.client("pg_restore", "-j", place.jobs, "-d", "shop", dump, server=place.target), size=dump)


def pg_restore_and_analyze(place, name):
    """As vya does: a server without statistics plans badly until its autovacuum has been everywhere."""
    restored = pg_restore(place, name)
    return together(restored, run(place.client("vacuumdb", "-j", place.jobs, "-Z", "-d", "shop", server=place.target),
                                  size=place.path(name)))


BACKUPS = {
    "vya backup": PgPlace.vya_backup,
    "pg_dump | gzip": plain_gzip,
    "pg_dump -Fc": custom,
    "pg_dump -Fd -jN": directory,
    "pg_dump -Fd -jN -Z1": lambda place: directory(place, "-Z1"),
}

# What each restore reads is what the backup of the second column left.
RESTORES = {
    "vya restore": (PgPlace.vya_restore, PgPlace.vya_backup),
    "gzip -d | psql": (plain_restore, plain_gzip),
    "pg_restore -jN of -Fc": (lambda place: pg_restore(place, "dump.custom"), custom),
    "pg_restore -jN of -Fd, vacuumdb -Z": (lambda place: pg_restore_and_analyze(place, "dump.directory"), directory),
    "pg_restore -jN of -Fd": (lambda place: pg_restore(place, "dump.directory"), directory),
}
