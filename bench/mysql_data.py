"""The data that is measured on MariaDB: the same mixture as PostgreSQL's, made by the server."""

ROWS_A_MEGABYTE = 4600  # of the statement below, of text


def _rows(count, seed):
    return (f"SELECT seq AS id, seq % 1000 AS customer, MD5(seq * {seed}) AS reference, (seq * 7 % 100000) / 100 AS amount,"
            f" TIMESTAMP('2026-01-01') + INTERVAL seq SECOND AS at, IF(seq % 3 = 0, NULL,"
            f" REPEAT(MD5(seq * {seed + 1}), 1 + seq % 7)) AS note FROM seq_1_to_{count}")


def _table(name, keys):
    return (f"CREATE TABLE {name} (id INT PRIMARY KEY, customer INT, reference CHAR(32), amount DECIMAL(12, 2), at DATETIME,"
            f" note TEXT, {keys})")


def fill(server, megabytes):
    rows = megabytes * ROWS_A_MEGABYTE
    server.sql(f"CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop; {_table('big', 'KEY (customer), KEY (at)')};"
               f"INSERT INTO big {_rows(rows * 6 // 10, 3)}")
    for number in range(10):
        server.sql(f"USE shop; {_table(f'middle_{number}', 'KEY (reference)')};"
                   f"INSERT INTO middle_{number} {_rows(rows * 4 // 100, number + 11)}")
    for number in range(200):
        server.sql(f"USE shop; CREATE TABLE small_{number} (id INT PRIMARY KEY, t CHAR(32));"
                   f"INSERT INTO small_{number} SELECT seq, MD5(seq) FROM seq_1_to_50")
    server.sql("USE shop; ANALYZE TABLE big")
