"""A small grammar of hostile SQL: what someone would try who holds the web process's connection.

`scripts(...)` makes lists of statements to run in one transaction. Those that would change, make or grant anything
in the portal's schemas come as `Forbidden`: they must fail, whatever else they tell.
"""

from collections.abc import Sequence
from uuid import UUID

from hypothesis import strategies as st


class Forbidden(str):
    """A statement that must not succeed."""


Text = st.SearchStrategy[str]

SETTINGS = (
    "set role portal_gate", "set role portal_owner", "set role postgres", "set local role portal_worker", "reset role",
    "set session authorization portal_owner", "set session authorization default", "set row_security = off",
    "set search_path = pg_temp, personal, gate, portal, public", "set session_replication_role = replica",
    "set default_transaction_isolation = 'serializable'", "set local portal.session = ''", "set check_function_bodies = off",
    "set plan_cache_mode = force_custom_plan", "set enable_indexscan = off", "set debug_print_plan = on",
    "set client_min_messages = debug5", "set log_min_messages = debug5", "set backtrace_functions = 'x'",
    "set constraints all deferred", "discard plans", "reset all", "set session characteristics as transaction read only",
)  # fmt: skip
LOOKS = (
    "select * from pg_stats", "select * from pg_statistic", "select * from pg_stats_ext", "select * from pg_authid",
    "select * from pg_shadow", "select * from pg_stat_activity", "select * from pg_largeobject", "select * from pg_user_mapping",
    "select * from pg_prepared_statements", "select * from pg_cursors", "select * from pg_locks", "select * from pg_seclabel",
    "select * from pg_hba_file_rules", "select * from pg_file_settings", "select * from pg_config",
    "select * from pg_stat_user_tables", "select pg_get_functiondef(oid) from pg_proc where proname = 'viewer'",
    "select * from pg_publication_tables", "select * from pg_subscription", "select * from information_schema.columns",
    "select pg_read_file('/etc/passwd')", "select pg_read_file('postgresql.conf')", "select pg_read_binary_file('global/1262')",
    "select pg_ls_dir('base')", "select * from pg_ls_waldir()", "select lo_import('/etc/passwd')", "select lo_export(1, '/tmp/qz')",
    "select lo_get(1)", "select pg_logdir_ls()", "select pg_current_logfile()", "select pg_ls_logdir()",
    "select dblink('dbname=shokai user=portal_owner', 'select 1')", "select pg_terminate_backend(pid) from pg_stat_activity where usename <> 'portal_web'",
    "select pg_logical_emit_message(false, 'qz', 'x')", "select * from pg_logical_slot_peek_changes('x', null, null)",
    "select schema_to_xml('personal', true, false, '')", "select database_to_xml(true, false, '')",
    "select schema_to_xml('portal', true, false, '')", "select current_setting('portal.session', true)",
    "select has_table_privilege('personal.candidate', 'select')", "select pg_get_viewdef('gate.standing')",
    "alter default privileges grant all on tables to portal_web", "load 'plpgsql'", "checkpoint", "vacuum", "notify qz, 'x'", "show all",
)  # fmt: skip
CHANGES = (
    "alter table {r} disable row level security", "alter table {r} no force row level security", "drop policy web_reads on {r}",
    "create policy mine on {r} using (true)", "grant all on {r} to portal_web", "grant portal_gate to portal_web",
    "grant execute on all functions in schema gate to portal_web", "alter role portal_web superuser", "alter role portal_web bypassrls",
    "alter function gate.viewer() owner to portal_web", "alter function gate.viewer() security invoker",
    "create or replace function gate.viewer_role() returns text language sql as 'select ''compliance'''",
    "create function public.mine() returns text language sql as 'select 1'", "create view public.mine as select * from {r}",
    "create temp table mine as select * from {r}", "create temp view company as select * from {r}",
    "create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0000001 as 'begin raise notice ''%'', $1; return true; end'",
    "create operator pg_temp.=== (leftarg = text, rightarg = text, function = texteq)", "create schema mine",
    "create materialized view public.mine as select * from {r}", "create rule mine as on select to {r} do instead nothing",
    "create trigger mine before insert on {r} for each row execute function suppress_redundant_updates_trigger()",
    "create event trigger mine on ddl_command_start execute function accesslog.refuse_change()",
    "create index mine on {r} (({r}::text))", "alter table {r} add column mine text default 'x'", "drop table {r} cascade",
    "drop schema gate cascade", "truncate {r}", "insert into {r} default values", "insert into {r} select * from {r}",
    "insert into {r} select * from {r} on conflict do nothing returning *", "delete from {r} where {p}", "delete from {r} returning *",
    "update {r} set {c} = {c} where {p}", "update {r} set {c} = null returning *", "comment on table {r} is 'mine'",
    "merge into {r} t using {r} s on {p} when matched then delete", "copy {r} from stdin", "copy {r} to '/tmp/qz'",
    "copy {r} to program 'id'", "copy (select * from {r}) to program 'cat'", "import foreign schema x from server y into z",
    "create extension dblink", "create language plpython3u", "reassign owned by portal_gate to portal_web", "lock table {r}",
    "create server s foreign data wrapper w",
    "create statistics mine on {c}, {c} from {r}", "create publication mine for all tables", "create cast (text as integer) with inout",
    "alter database postgres owner to portal_web", "select setval('{r}', 1)", "security label on table {r} is 'x'",
)  # fmt: skip
PREDICATES = (
    "true", "{a}::text like 'qz%'", "{a}::text::integer = 1", "1 / (case when {a}::text ~ 'qz' then 0 else 1 end) = 1",
    "({a}::text)::xml is not null", "{a}::text::uuid is not null", "{a}::text::inet is not null", "{a}::text::jsonb is not null",
    "query_to_xml(quote_literal({a}::text), true, true, '') is not null", "set_config('qz.' || {a}::text, 'x', true) is not null",
    "pg_sleep(0) is not null and {a}::text <> ''", "to_regclass({a}::text) is null", "{a}::text = any (enum_range(null::anyenum)::text[])",
    "has_table_privilege({a}::text, 'select')", "exists (select from {r} inner_r where inner_r::text ~ 'qz')",
    "pg_notify('qz', {a}::text) is not null", "textregexeq({a}::text, '(')", "{a}::text ~ ('[' || {a}::text)", "make_interval(secs => length({a}::text)) is null",
    "pg_advisory_lock(hashtext({a}::text)) is null", "lo_from_bytea(0, {a}::text::bytea) is null", "to_date({a}::text, {a}::text) is null",
)  # fmt: skip
SELECTS = (
    "select * from {r} where {p}", "select a.* from {r} a join {s} b on {p} limit 50", "select count(*), min(a::text), max(a::text) from {r} a",
    "select {c} from {r} a where {p} order by {c} limit 3", "select row_to_json(a) from {r} a where {p}",
    "table {r}", "select * from only {r}", "select * from {r} tablesample system (100)", "select string_agg(a::text, ' ') from {r} a",
    "with found as materialized (select * from {r}) select * from found where found::text ~ 'qz'",
    "select (select string_agg(b::text, '') from {s} b) from {r} a limit 1", "select * from {r} a, lateral (select * from {s} b where {p}) l",
    "explain (analyze, verbose, buffers) select * from {r} a where {p}", "explain (analyze, verbose) select * from gate.disclose({ids}, null, 'listed', 16383)",
    "select query_to_xml('select * from {r}', true, false, '')", "select table_to_xml('{r}', true, false, '')",
    "select * from ts_stat('select to_tsvector(a::text) from {r} a')", "select pg_get_expr(adbin, adrelid) from pg_attrdef",
    "declare {n} cursor for select * from {r} a where {p}", "declare {n} cursor with hold for select * from {r}", "fetch all from {n}",
    "select cursor_to_xml('{n}', 10, true, false, '')", "prepare {n} as select * from {r} a where {p}", "execute {n}",
    "do $$ declare x record; begin for x in select * from {r} a where {p} loop raise notice '%', x; end loop; end $$",
    "do $$ begin execute 'select * from {r}'; raise exception '%', (select string_agg(a::text, ' ') from {r} a); end $$",
    "do $$ begin perform * from {r} where 1 / 0 = 1; exception when others then raise notice '% %', sqlerrm, sqlstate; end $$",
    "select xpath('/', query_to_xml('table {r}', true, false, ''))", "select json_agg(t) from (select * from {r}) t",
    "select pg_relation_filepath('{r}')", "select * from heap_page_items(get_raw_page('{r}', 0))",
)  # fmt: skip
CALLS = (
    "select * from gate.disclose({ids}, {purpose}, {act}, {mask})", "select d.* from {r} a, gate.disclose(array[a.{c}::text::uuid], null, 'listed', 16383) d",
    "select * from gate.search(row({name}, null, {stage}, {rank}, {work}, {flag})::gate.search_filter, null, null, {flag}, 100)",
    "select (gate.search(row({name}, null, null, null, null, null)::gate.search_filter, {at}, {id}, {flag}, {mask})).*",
    "select * from gate.basis({id})", "select * from unnest({ids}) as one, gate.basis(one)", "select * from gate.open_document({id}, {id})",
    "select * from gate.explain({id})", "select * from gate.managed_introductions(null, null, null, 100)",
    "select * from gate.log_entries(row(null,null,null,null,null,null,null)::gate.log_filter, null, null, null, {flag}, 100)",
    "select gate.record_outcome({id}, {result}, {text}, {text})", "select gate.correct_outcome({id}, {result}, {text}, {text})",
    "select gate.accept_undertaking({id})", "select * from gate.my_sessions()", "select gate.end_session({id})",
    "select * from gate.accounts({text}, null, null)", "select * from gate.arrive({text}, '{{}}')", "select gate.companies()", "select gate.viewer()",
    "select set_config('portal.session', {text}, true)", "select set_config('portal.session', id::text, true) from portal.account",
    "select set_config('portal.request', '{{\"ip\": \"10.0.0.1\", \"agent\": \"' || repeat('x', 999) || '\"}}', true)",
    "select gate.create_account('x', {text}, 'compliance', null, '\\x00'::bytea, '\\x00'::bytea, 1, 1, 1)",
    "select gate.record('listed', null::gate.viewer_row)", "select * from gate.judge(null::gate.viewer_row, now())",
    "select * from gate.judge(row({id}, {id}, 'recruiter', {id}, {id}, 'JP', '10.0.0.1', 'x')::gate.viewer_row, now())",
    "select * from gate.standing", "select * from gate.standing_at(now(), null)", "select * from gate.few_named(array['qz'])",
    "select * from gate.name_tokens('{{}}')", "select gate.record_import('x', {id}, {id}, {id})", "select gate.keep_name_tokens()",
    "select * from gate.sign_in({text}, '\\x00'::bytea, sha256('x'::bytea), '{{}}')", "select * from gate.sign_in_parameters({text})",
)  # fmt: skip


def scripts(relations: Sequence[str], columns: Sequence[str], ids: Sequence[UUID]) -> st.SearchStrategy[list[str]]:
    """Lists of up to six statements over these relations, columns and ids."""
    one_id = st.sampled_from([f"'{one}'::uuid" for one in ids])
    array = st.lists(one_id, max_size=8).map(lambda chosen: f"array[{', '.join(chosen)}]::uuid[]")
    fills = {
        "r": st.sampled_from(relations), "s": st.sampled_from(relations), "c": st.sampled_from(columns),
        "a": st.sampled_from(["a", *(f"a.{column}" for column in columns)]), "id": one_id, "ids": array,
        "n": st.sampled_from(["c1", "c2"]), "purpose": st.sampled_from(["null", "'selection'", "'contact'", "'marketing'"]),
        "act": st.sampled_from(["'listed'", "'page_shown'", "'resume_downloaded'", "'contact_revealed'", "null", "'x'"]),
        "mask": st.sampled_from(["16383", "-1", "0", "null", "2147483647", "1"]), "name": st.sampled_from(["null", "'qz'", "'%'", "'q z'"]),
        "stage": st.sampled_from(["null", "'introduced'", "'decided'"]), "rank": st.sampled_from(["null", "0::smallint", "3::smallint"]),
        "work": st.sampled_from(["null", "'none'"]), "flag": st.sampled_from(["null", "true", "false"]),
        "at": st.sampled_from(["null", "now()", "'-infinity'::timestamptz"]), "result": st.sampled_from(["'hired'", "'x'", "null"]),
        "text": st.sampled_from(["null", "''", "'aiko@acme.example'", "'qz'", "repeat('x', 9999)"]),
    }  # fmt: skip
    values = st.fixed_dictionaries(fills)
    predicate = st.builds(lambda text, words: text.format(**words), st.sampled_from(PREDICATES), values)
    filled = st.builds(lambda words, where: {**words, "p": where}, values, predicate)
    told: Text = st.builds(lambda text, words: text.format(**words), st.sampled_from(SELECTS + CALLS), filled)
    forbidden: Text = st.builds(lambda text, words: Forbidden(text.format(**words)), st.sampled_from(CHANGES), filled)
    plain: Text = st.sampled_from(SETTINGS + LOOKS)
    return st.lists(st.one_of(told, told, plain, forbidden), min_size=1, max_size=6)
