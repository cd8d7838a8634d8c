"""Run a command with DATABASE_URL naming a migrated, empty database: python -m tests.with_database CMD..."""

import os
import subprocess
import sys

from portal.operate.roles import OWNER
from tests.database import make_template, throwaway_cluster

if __name__ == "__main__":
    with throwaway_cluster() as cluster:
        url = cluster.url(OWNER, make_template(cluster))
        done = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)
