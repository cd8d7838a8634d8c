"""Run pgrls over the policies that bind the web process and the worker: python -m tests.row_security

The owner and the gate have a policy each on every table that lets them through: forced row-level
security leaves them none otherwise. Those are taken out of a throwaway database first, so that
what is linted is what anybody else is let through by. So are the triggers that each monthly partition
has a copy of: the list in pgrls.toml names those of the whole table. Settings are in pgrls.toml.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import asyncpg

from portal.operate.roles import DATABASE, OWNER
from tests.database import migrated_cluster

_TAKE_OUT = """
do $$
declare
    held record;
begin
    for held in
        select schemaname, tablename, policyname from pg_policies
        where roles <@ array['portal_owner', 'portal_gate']::name[]
    loop
        execute format('drop policy %I on %I.%I',
            held.policyname, held.schemaname, held.tablename);
    end loop;
    for held in
        select tgname, tgrelid::regclass::text as partition from pg_trigger
        where tgname = 'no_truncate' and tgrelid in (select inhrelid from pg_inherits)
    loop
        execute format('drop trigger %I on %s', held.tgname, held.partition);
    end loop;
end
$$;
"""


async def _take_out(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(_TAKE_OUT)
    await connection.close()


if __name__ == "__main__":
    pgrls = Path(sys.executable).with_name("pgrls")
    with migrated_cluster() as cluster:
        url = cluster.url(OWNER, DATABASE)
        asyncio.run(_take_out(url))
        done = subprocess.run([pgrls, "lint"], env={**os.environ, "DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)
