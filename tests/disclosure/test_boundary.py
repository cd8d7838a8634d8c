"""The database is the trust boundary: whoever holds the web process's connection, and any SQL they run, learn
nothing without a session's secret; with one nothing but what that session may see.

Every relation and every function is taken from the catalog, so that a new one is tried without being named here.
"""

import itertools
import math
import random
import re
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.database import Database
from tests.disclosure.marked_world import Marked, leaks, marked_world
from tests.disclosure.probing import Prober
from tests.facts import Agreement, Company, Document, Introduction, Opening, Session

SCHEMAS = ("portal", "personal", "accesslog", "gate", "public")
WORDS = {"portal.item", "portal.purpose", "portal.regime"}
RELATIONS = """
select c.oid::regclass::text as name, c.relkind::text as kind,
       array(select quote_ident(attname) from pg_attribute
             where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       c.relkind <> 'S' and has_any_column_privilege(c.oid, 'select') as open
from pg_class c where c.relnamespace::regnamespace::text = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
order by 1
"""
FUNCTIONS = """
select p.oid::regprocedure::text as signature, p.pronamespace::regnamespace || '.' || quote_ident(p.proname) as name,
       p.prorettype::regtype::text as result, has_function_privilege(p.oid, 'execute') as open,
       array(select format_type(one, null) from unnest(p.proargtypes) as one) as types
from pg_proc p where p.pronamespace::regnamespace::text = any ($1) and p.prokind = 'f' order by 1
"""
TRIES_PER_FUNCTION = 20
VIEWERS = ("recruiter", "nobody", "told_password", "account_manager", "compliance", "administrator")


@pytest.fixture
async def marked(database: Database) -> Marked:
    """The marked world, written."""
    world = marked_world()
    await world.written(await database.connect("portal_owner"))
    return world


async def test_without_a_secret_no_relation_gives_anything_but_words(database: Database, marked: Marked) -> None:
    prober = await Prober.of(database, None)
    for relation in await relations(database):
        statements = reading(relation)
        for sql, heard in zip(statements, await prober.tries(statements, apart=True), strict=True):
            told = [value for row in heard.rows for value in row.values() if value and "table" not in str(value)]
            assert relation["name"] in WORDS or sql.startswith("explain") or not told, sql
            assert not leaks(heard.text, marked.forbidden(False)), sql


async def test_with_a_secret_no_relation_gives_what_is_not_open(database: Database, marked: Marked) -> None:
    for session, forbidden in everyone(marked).values():
        if session is None:
            continue
        prober = await Prober.of(database, session.secret)
        for relation in await relations(database):
            statements = reading(relation)
            if not relation["open"]:  # refused to the role in whatever session; above, each column of it
                statements = statements[:1]
            for sql, heard in zip(statements, await prober.tries(statements, apart=True), strict=True):
                assert not leaks(heard.text, forbidden), sql
                if not relation["open"] or not relation["name"].startswith("portal."):
                    assert heard.error, f"{sql} was allowed"


async def test_of_another_company_a_recruiter_reads_not_even_ordinary_records(
    database: Database, marked: Marked
) -> None:
    prober = await Prober.of(database, marked.session.secret)
    acme = marked.recruiter.company
    foreign = {str(company.id) for company in marked.world.every(Company) if company is not acme}
    for kind in (Opening, Agreement, Session):
        foreign |= {str(fact.id) for fact in marked.world.every(kind) if company_of(fact) is not acme}
    for relation in await relations(database):
        (heard,) = await prober.tries([f"select * from {relation['name']}"])
        assert not leaks(heard.text, foreign), relation["name"]


def company_of(fact: Any) -> Company | None:
    """Whose record it is."""
    company: Company | None = fact.account.company if isinstance(fact, Session) else fact.company
    return company


@pytest.mark.parametrize("secret", [True, False])
async def test_no_relation_can_be_written(database: Database, marked: Marked, secret: bool) -> None:
    prober = await Prober.of(database, marked.session.secret if secret else None)
    for relation in await relations(database):
        name, first = relation["name"], relation["columns"][0]
        statements = [
            f"insert into {name} default values",
            f"insert into {name} select * from {name}",
            f"update {name} set {first} = {first}",
            f"update {name} set {first} = null",
            f"delete from {name}",
            f"delete from {name} returning *",
            f"merge into {name} t using (select 1) s on true when matched then delete",
            f"truncate {name}",
            f"lock table {name} in access exclusive mode",
            f"alter table {name} disable row level security",
            f"alter table {name} owner to portal_web",
            f"create policy mine on {name} using (true)",
            f"create trigger mine before insert on {name} for each row execute function accesslog.refuse_change()",
            f"grant select on {name} to portal_web",
            f"drop table {name}",
            f"select setval('{name}', 1)",
            f"select * from {name} for update",
        ]
        for sql, heard in zip(statements, await prober.tries(statements, apart=True), strict=True):
            granted_nothing = sql.startswith("grant") and any("no privileges were granted" in n for n in heard.notices)
            assert heard.error or granted_nothing, f"{sql} was allowed"
            assert not leaks(heard.text, marked.forbidden(secret)), sql


@pytest.mark.parametrize("who", VIEWERS)
async def test_no_function_gives_what_is_not_open(database: Database, marked: Marked, who: str) -> None:
    assert set(everyone(marked)) == set(VIEWERS)
    session, forbidden = everyone(marked)[who]
    prober = await Prober.of(database, session.secret if session else None)
    answered = set()
    for function in await functions(database):
        ways = arguments(marked, function["types"])
        if not function["open"]:  # refused to the role whatever it is given and in whatever session: one way tells
            ways = sorted(ways, key=lambda values: None in values)[: who in ("nobody", "recruiter")]
        told = await prober.tries([call(function, values) for values in ways], apart=True)
        assert function["open"] or all(heard.error for heard in told), f"{function['signature']} was not refused"
        for values, heard in zip(ways, told, strict=True):
            assert not leaks(heard.text, forbidden), f"{function['signature']} {values}: {heard.text[:300]}"
            if heard.rows and any(value is not None for value in heard.rows[0].values()):
                answered.add(function["name"])
    if session is marked.session:
        assert {"gate.disclose", "gate.search", "gate.open_document", "gate.arrive"} <= answered, answered


async def test_the_marks_would_be_seen_if_they_were_shown(database: Database, marked: Marked) -> None:
    """The tests above are not blind: what is open is found by the same means."""
    prober = await Prober.of(database, marked.session.secret)
    ids = [introduction.id for introduction in marked.world.every(Introduction)]
    statement = ("select * from gate.disclose($1, null, 'listed', 16383)", [ids])
    (heard,) = await prober.tries([statement])
    everything = marked.forbidden(False)
    shown = leaks(heard.text, everything)
    assert {"qz11latin", "qz12label", "qz13nationality", "1881-11-13"} <= shown
    assert not shown & marked.forbidden(True)
    owner = await database.connect("portal_owner")
    stored = " ".join([row[0] for row in await owner.fetch("select i::text from personal.candidate_items i")])
    assert {"qz14email", "qz19latin", "1885-11-13"} <= leaks(stored, everything)


async def test_errors_of_the_open_functions_tell_nothing(database: Database, marked: Marked) -> None:
    """Constraint violations quote rows; here they can only quote what the caller said."""
    prober = await Prober.of(database, marked.session.secret)
    for introduction, result, reason in itertools.product(
        [one.id for one in marked.world.every(Introduction)],
        ("maybe", None, "hired"),
        (None, "offer_accepted", "nationality"),
    ):
        for correcting in (False, True):
            sql = f"select gate.put_outcome($1, $2, $3, null, {correcting})"
            heard = await prober.tries([(sql, [introduction, result, reason]), (sql, [introduction, result, reason])])
            assert not leaks(" ".join(one.text for one in heard), marked.forbidden(True))


def everyone(marked: Marked) -> dict[str, tuple[Session | None, set[str]]]:
    """Each viewer's session, and nobody's, with the marks it must not meet."""
    return {
        "nobody": (None, marked.forbidden(False)),
        "recruiter": (marked.session, marked.forbidden(True)),
        "told_password": (marked.must_change_password, marked.forbidden(False)),
        **{role: (session, marked.items_of_all) for role, session in marked.staff.items()},
    }


async def relations(database: Database) -> list[Any]:
    """Every table, view and sequence of the portal's schemas, as the catalog tells portal_web itself."""
    connection = await database.connect("portal_web")
    found: list[Any] = await connection.fetch(RELATIONS, SCHEMAS)
    assert len(found) > 40
    return found


async def functions(database: Database) -> list[Any]:
    """Every function likewise."""
    connection = await database.connect("portal_web")
    found: list[Any] = await connection.fetch(FUNCTIONS, SCHEMAS)
    assert len(found) > 30
    return found


def reading(relation: Any) -> list[str]:
    """Ways to read it."""
    name = relation["name"]
    each = [f"select {column} from {name}" for column in relation["columns"]]
    return [
        f"select * from {name}",
        f"select r::text from {name} r",
        f"select json_agg(r) from {name} r",
        f"select count(*) filter (where r::text like '%qz%') as number from {name} r",
        f"select query_to_xml('select * from {name}', true, false, '')::text",
        f"explain (analyze, verbose, costs off) select * from {name} r where r::text ~ 'qz'",
        *(
            each if not name.startswith("portal.") and not re.search(r"_\d{4}_\d\d", name) else []
        ),  # each partition as a whole
    ]


def call(function: Any, values: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """The call of a function, its arguments cast to their types."""
    if function["result"] == "trigger":
        return f"do 'begin perform {function['name']}(); end'", []
    places = ", ".join(f"${place}::{kind}" for place, kind in enumerate(function["types"], 1))
    return f"select * from {function['name']}({places})", list(values)


def arguments(marked: Marked, types: list[str]) -> list[tuple[Any, ...]]:
    """Some of the ways to fill these types, the ids of everything included; the same at each run."""
    introductions: list[UUID] = [one.id for one in marked.world.every(Introduction)]
    documents = [one.id for one in marked.world.every(Document)]
    others = [one.id for one in (*marked.people.values(), *marked.world.every(Company), marked.recruiter)]
    pools: dict[str, list[Any]] = {
        "uuid": [None, uuid4(), *introductions, *documents, *others],
        "uuid[]": [introductions, others, documents, []],
        "text": [
            None,
            "",
            "selection",
            "contact",
            "listed",
            "document_opened",
            "qz",
            "aiko@acme.example",
            "{}",
            marked.session.secret,
        ],
        "integer": [None, 0, 1, 16383, 100],
        "smallint": [None, 1],
        "boolean": [None, True, False],
        "timestamp with time zone": [None, marked.world.now],
        "bytea": [None, bytes(32), bytes(16)],
        "jsonb": [None, "{}", '{"ip": "10.0.0.1"}'],
        "inet": [None, "10.0.0.1"],
        "gate.search_filter": [
            (None,) * 15,
            ("qz", *(None,) * 14),
            (None, None, None, 1, *(None,) * 11),
            (*(None,) * 6, "SK-0", *(None,) * 8),
            (*(None,) * 7, 1, *(None,) * 7),
            (*(None,) * 8, "hired", True, "me", *(None,) * 4),
            (*(None,) * 11, "qz", "qz", "en", 1),
        ],
        "gate.log_filter": [(None,) * 19],
        "gate.account_details": [(None,) * 4, ("qz", "aiko@acme.example", "recruiter", None)],
    }
    usual = [None]
    ways = [pools.get(kind, usual) for kind in types]
    dice = random.Random(repr(types))
    every = math.prod(map(len, ways))
    fitting: dict[tuple[str, ...], list[tuple[Any, ...]]] = {
        ("uuid", "uuid"): list(zip(introductions, documents, strict=True)),
        ("uuid", "uuid", "boolean"): [(*one, False) for one in zip(introductions, documents, strict=True)],
        ("uuid[]", "text", "text", "integer"): [(introductions, None, "listed", 16383)],
    }
    chosen = range(every) if every <= TRIES_PER_FUNCTION else dice.sample(range(every), TRIES_PER_FUNCTION)
    return fitting.get(tuple(types), []) + [_combination(ways, place) for place in chosen]


def _combination(ways: list[list[Any]], place: int) -> tuple[Any, ...]:
    """The one at this place among all, the last value running quickest."""
    values = []
    for way in reversed(ways):
        place, at = divmod(place, len(way))
        values.append(way[at])
    return tuple(reversed(values))


async def test_the_web_role_cannot_make_anything(database: Database) -> None:
    """No temporary table, function or schema to shadow a name with."""
    prober = await Prober.of(database, None)
    for sql in (
        "create temp table company (id uuid)",
        "create temp view company as select 1",
        "create function pg_temp.sha256(bytea) returns bytea language sql as 'select $1'",
        "create schema mine",
        "create table public.mine (id int)",
        "create table gate.mine (id int)",
        "create type gate.mine as (id int)",
        "create function gate.mine() returns int language sql as 'select 1'",
        "create role mine",
        "create extension dblink",
        "alter role portal_owner password 'mine'",
        "alter database current owner to portal_web",
    ):
        (heard,) = await prober.tries([sql])
        assert isinstance(heard.error, asyncpg.PostgresError), f"{sql} was allowed"


async def test_the_web_role_is_nobody_elses_member(database: Database) -> None:
    web = await database.connect("portal_web")
    held = await web.fetch(
        "select rolname from pg_roles where rolname <> 'portal_web' and pg_has_role('portal_web', oid, 'member')"
    )
    assert held == []


async def test_p1_the_servers_own_counters_are_closed(database: Database) -> None:
    """How many rows of a table were read, or are there, would tell of rows that were not shown."""
    web = await database.connect("portal_web")
    for sql in (
        "select pg_stat_get_xact_tuples_returned('pg_class'::regclass)", "select * from pg_stat_all_tables",
        "select * from pg_statio_all_indexes", "select lo_create(0)", "select * from pg_stat_wal",
        "select reltuples from pg_class", "select relpages from pg_class", "select * from pg_class",
        "select pg_relation_size('portal.company')", "select pg_total_relation_size('personal.candidate')",
        "select pg_current_wal_insert_lsn()", "select pg_current_wal_lsn()",
        "select pg_database_size(current_database())",
    ):  # fmt: skip
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await web.fetch(sql)


async def test_one_connection_of_the_web_process_cannot_end_another(database: Database) -> None:
    web, other = await database.connect("portal_web"), await database.connect("portal_web")
    for function in ("pg_terminate_backend", "pg_cancel_backend"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await web.fetch(f"select {function}($1)", other.get_server_pid())
    assert await other.fetchval("select 1") == 1


async def test_p9_a_value_in_an_error_is_not_in_the_servers_log(database: Database) -> None:
    web = await database.connect("portal_web")
    with pytest.raises(asyncpg.InvalidTextRepresentationError, match="qz77name"):
        await web.fetch("select 'qz77name'::text::integer")
    owner = await database.connect("portal_owner")
    with pytest.raises(asyncpg.InvalidTextRepresentationError, match="qz78name"):
        await owner.fetch("select 'qz78name'::text::integer")
    logged = database.cluster.log.read_text()
    assert "qz78name" in logged, "the log was looked at"
    assert "qz77name" not in logged


@pytest.mark.parametrize("secret", [True, False])
async def test_p1_no_setting_of_the_caller_shows_what_a_function_does(
    database: Database, marked: Marked, secret: bool
) -> None:
    """With these a server prints each statement it plans, constants and all, to whoever asks."""
    prober = await Prober.of(database, marked.session.secret if secret else None)
    show = ["set debug_print_parse = on", "set debug_print_rewritten = on", "set debug_print_plan = on"]
    show += ["set debug_pretty_print = off", "set client_min_messages = log", "set trace_sort = on"]
    for introduction in marked.world.every(Introduction):
        asked: list[str | tuple[str, list[Any]]] = [
            ("select * from gate.disclose($1, null, 'page_shown', 16383)", [[introduction.id]]),
            ("select * from gate.basis($1)", [introduction.id]),
            ("select * from gate.explain($1)", [introduction.id]),
            ("select gate.put_outcome($1, 'x', 'y', null, false)", [introduction.id]),
        ]
        await prober.tries(asked)  # so that the driver has asked for the types that it does not know
        own, *inside = (await prober.tries([*show, "select 'seen' as own", *asked]))[len(show) :]
        assert own.notices, "statements are printed"
        for (
            one
        ) in inside:  # a savepoint's begin and end, each parsed and rewritten; the call parsed, rewritten and planned
            assert len(one.notices) <= 7, f"{one.sql}: more than the call itself was printed"
