"""A throwaway PostgreSQL server on a unix socket in a folder of its own."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import time

BIN = pathlib.Path(os.environ.get("PGBIN", "/usr/lib/postgresql/15/bin"))
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
            "shared_buffers": "256MB", "max_wal_size": "4GB", "maintenance_work_mem": "256MB",
            "max_locks_per_transaction": "1024", "autovacuum": "off"}


def as_server(command):
    """PostgreSQL refuses to run as root and then runs as `postgres`; it ends when we do."""
    wrapped = ["setpriv", "--pdeathsig", "QUIT"]
    if os.getuid() == 0:
        wrapped += ["--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    return wrapped + [str(part) for part in command]


class Server:
    def __init__(self, folder, settings=None):
        self.folder = folder
        folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        subprocess.run(as_server([BIN / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                                  "--locale=C.UTF-8", "--no-sync"]), cwd=folder, check=True, stdout=subprocess.DEVNULL)
        options = [part for name, value in {**SETTINGS, **(settings or {})}.items() for part in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            as_server([BIN / "postgres", "-D", folder / "data", "-c", f"unix_socket_directories={folder}"] + options),
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            if subprocess.run([BIN / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def sql(self, database, statement):
        subprocess.run([BIN / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "postgres", "-d",
                        database, "-c", statement], check=True, stdout=subprocess.DEVNULL)

    def instance(self):
        """As vya's configuration describes it."""
        return f"{{engine: postgresql, host: {self.folder}, user: postgres}}"

    def close(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
