-- These must fail: they would change, make or grant something. One to a line; words in braces are filled in.
alter table {r} disable row level security
alter table {r} no force row level security
drop policy web_reads on {r}
create policy mine on {r} using (true)
grant all on {r} to portal_web
grant portal_gate to portal_web
grant execute on all functions in schema gate to portal_web
alter role portal_web superuser
alter role portal_web bypassrls
alter function gate.viewer() owner to portal_web
alter function gate.viewer() security invoker
create or replace function gate.viewer_role() returns text language sql as 'select ''compliance'''
create function public.mine() returns text language sql as 'select 1'
create view public.mine as select * from {r}
create temp table mine as select * from {r}
create temp view company as select * from {r}
create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0000001 as 'begin raise notice ''%'', $1; return true; end'
create operator pg_temp.=== (leftarg = text, rightarg = text, function = texteq)
create schema mine
create materialized view public.mine as select * from {r}
create rule mine as on select to {r} do instead nothing
create trigger mine before insert on {r} for each row execute function suppress_redundant_updates_trigger()
create event trigger mine on ddl_command_start execute function accesslog.refuse_change()
create index mine on {r} (({r}::text))
alter table {r} add column mine text default 'x'
drop table {r} cascade
drop schema gate cascade
truncate {r}
insert into {r} default values
insert into {r} select * from {r}
insert into {r} select * from {r} on conflict do nothing returning *
delete from {r} where {p}
delete from {r} returning *
update {r} set {c} = {c} where {p}
update {r} set {c} = null returning *
comment on table {r} is 'mine'
merge into {r} t using {r} s on {p} when matched then delete
copy {r} from stdin
copy {r} to '/tmp/qz'
copy {r} to program 'id'
copy (select * from {r}) to program 'cat'
import foreign schema x from server y into z
create extension dblink
create language plpython3u
reassign owned by portal_gate to portal_web
lock table {r}
create server s foreign data wrapper w
create statistics mine on {c}, {c} from {r}
create publication mine for all tables
create cast (text as integer) with inout
alter database postgres owner to portal_web
select setval('{r}', 1)
security label on table {r} is 'x'
