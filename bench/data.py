"""The data that is measured: one big table, some middle ones, many small ones, with keys and indexes."""

ROWS_A_MEGABYTE = 4600  # of the statement below, of text


def _rows(count, seed):
    return (f"SELECT i AS id, i % 1000 AS customer, md5((i * {seed})::text) AS reference, (i * 7 % 100000) / 100.0 AS amount,"
            f" timestamptz '2026-01-01' + i * interval '1 second' AS at, CASE WHEN i % 3 = 0 THEN NULL ELSE"
            f" repeat(md5((i * {seed + 1})::text), 1 + i % 7) END AS note FROM generate_series(1, {count}) i")


def fill(server, megabytes):
    rows = megabytes * ROWS_A_MEGABYTE
    server.sql("postgres", "CREATE DATABASE shop")
    server.sql("shop", f"CREATE TABLE big AS {_rows(rows * 6 // 10, 3)}; ALTER TABLE big ADD PRIMARY KEY (id);"
               " CREATE INDEX ON big (customer); CREATE INDEX ON big (at)")
    for number in range(10):
        server.sql("shop", f"CREATE TABLE middle_{number} AS {_rows(rows * 4 // 100, number + 11)};"
                   f" ALTER TABLE middle_{number} ADD PRIMARY KEY (id); CREATE INDEX ON middle_{number} (reference)")
    server.sql("shop", "DO $$ BEGIN FOR n IN 1..200 LOOP EXECUTE format('CREATE TABLE small_%s AS SELECT i AS id,"
               " md5(i::text) AS t FROM generate_series(1, 50) i; ALTER TABLE small_%s ADD PRIMARY KEY (id)', n, n);"
               " END LOOP; END $$")
    server.sql("shop", "VACUUM ANALYZE")
