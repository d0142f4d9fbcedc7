"""A throwaway MariaDB server of the system on a unix socket in a folder of its own."""

import os
import pathlib
import pwd
import shutil
import subprocess
import time

import pymysql
from pymysql.constants import CLIENT

from server import as_server

PROGRAM = pathlib.Path("/usr/sbin/mariadbd")
SETTINGS = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=512M",
            "--innodb-log-file-size=1G", "--innodb-doublewrite=0", "--max-allowed-packet=64M"]


class MysqlServer:
    def __init__(self, folder):
        self.folder = folder
        self.socket = folder / "s.sock"
        folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        own = ["--no-defaults", f"--datadir={folder / 'data'}"]
        subprocess.run(as_server(["mariadb-install-db", *own, "--basedir=/usr", "--skip-test-db",
                                  "--auth-root-authentication-method=normal"]),
                       cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env={**os.environ, "TMPDIR": str(folder)})
        self.process = subprocess.Popen(
            as_server([PROGRAM, *own, f"--socket={self.socket}", f"--tmpdir={folder}", *SETTINGS]),
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                self.connect().close()
                return
            except pymysql.err.OperationalError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def connect(self):
        return pymysql.connect(unix_socket=str(self.socket), user="root", charset="utf8mb4", autocommit=True,
                               client_flag=CLIENT.MULTI_STATEMENTS)

    def sql(self, statements):
        """Runs statements, and returns the rows of the last one that has any."""
        connection, rows = self.connect(), ()
        with connection.cursor() as cursor:
            cursor.execute(statements)
            rows = cursor.fetchall() or rows
            while cursor.nextset():
                rows = cursor.fetchall() or rows
        connection.close()
        return rows

    def instance(self):
        """As vya's configuration describes it."""
        return f"{{engine: mysql, socket: {self.socket}, user: root}}"

    def close(self):
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
