"""The trust boundary against SQL that nobody wrote: scripts from the grammar, run without a secret and with several."""

import asyncio
import os
import re
import subprocess
from collections.abc import Sequence
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings

from tests.database import Database
from tests.disclosure.marked_world import Marked, leaks, marked_world
from tests.disclosure.sql_grammar import Forbidden, scripts
from tests.disclosure.test_boundary import RELATIONS, SCHEMAS
from tests.facts import Company, Document, Introduction

MARK = uuid4().hex  # what psql prints between its answers, and nothing else prints
SCRIPTS = int(os.environ.get("SHOKAI_SCRIPTS", "150"))


def test_no_script_learns_or_changes_anything(database: Database) -> None:
    with asyncio.Runner() as runner:
        marked = marked_world()
        runner.run(marked.written(runner.run(database.connect("portal_owner"))))
        web = runner.run(database.connect("portal_web"))
        rows = runner.run(web.fetch(RELATIONS, SCHEMAS))
        ids = [one.id for kind in (Introduction, Document, Company) for one in marked.world.every(kind)]
        ids += [one.id for one in (*marked.people.values(), marked.recruiter, marked.session)]
        viewers = [
            (None, marked.forbidden(False)),
            (marked.session.secret, marked.forbidden(True)),
            (marked.staff["compliance"].secret, marked.items_of_all),
        ]
        before = runner.run(contents(database, marked))

        @settings(
            max_examples=SCRIPTS,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(
            scripts([row["name"] for row in rows], sorted({column for row in rows for column in row["columns"]}), ids)
        )
        def harmless(script: list[str]) -> None:
            for (_, forbidden), told in zip(
                viewers, run(database, script, [secret for secret, _ in viewers]), strict=True
            ):
                assert not leaks(told, forbidden), told
                for place, statement in enumerate(script):
                    if isinstance(statement, Forbidden):
                        in_vain = statement.startswith("grant") and "WARNING:  01007" in told
                        assert f"{MARK}-{place} true" in told or in_vain, f"{statement} was allowed:\n{told}"

        harmless()
        assert runner.run(contents(database, marked)) == before


def run(database: Database, script: list[str], secrets: Sequence[str | None]) -> list[str]:
    """All that psql prints for the script, once in each session: rows, notices, errors in full.

    After each statement it prints whether that one failed; a failure does not stop the next. Nothing stays.
    """
    lines = ["\\set ON_ERROR_ROLLBACK on", "\\set VERBOSITY verbose", "\\pset pager off"]
    for secret in secrets:
        lines += [f"\\echo {MARK}", "begin;"]
        lines += [f"select count(*) from gate.arrive('{secret}', '{{}}');"] if secret else []
        for place, statement in enumerate(script):
            lines += [f"{statement};", f"\\echo {MARK}-{place} :ERROR"]
        lines += [
            "rollback;",
            "reset session authorization;",
            "reset role;",
            "reset all;",
            "close all;",
            "deallocate all;",
        ]
    psql = [str(database.cluster.binaries / "psql"), "-X", "-A", "-t", "-q", "-d", database.url("portal_web")]
    done = subprocess.run(
        psql,
        input="\n".join(lines),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
        cwd="/",
    )
    told = re.sub(r"^LINE \d+:.*\n.*$", "", done.stdout, flags=re.MULTILINE).split(f"{MARK}\n")
    assert len(told) == len(secrets) + 1, done.stdout
    return told[1:]


async def contents(database: Database, marked: Marked) -> list[tuple[str, str | None]]:
    """A digest of each table, for nothing that was tried may have stayed; the sessions' last use apart."""
    owner = await database.connect("portal_owner")
    found = []
    for row in await owner.fetch(RELATIONS, ["portal", "personal", "accesslog"]):
        if row["kind"] in ("r", "p"):
            columns = ", ".join(column for column in row["columns"] if column not in ("last_seen_at", "ip"))
            sql = f"select md5(string_agg(t::text, ' ' order by t::text)) from (select {columns} from {row['name']}) t"
            found.append((row["name"], await owner.fetchval(sql)))
    return found
