-- Ways to read a relation. One to a line; words in braces are filled in.
select * from {r} where {p}
select a.* from {r} a join {s} b on {p} limit 50
select count(*), min(a::text), max(a::text) from {r} a
select {c} from {r} a where {p} order by {c} limit 3
select row_to_json(a) from {r} a where {p}
table {r}
select * from only {r}
select * from {r} tablesample system (100)
select string_agg(a::text, ' ') from {r} a
with found as materialized (select * from {r}) select * from found where found::text ~ 'qz'
select (select string_agg(b::text, '') from {s} b) from {r} a limit 1
select * from {r} a, lateral (select * from {s} b where {p}) l
explain (analyze, verbose, buffers) select * from {r} a where {p}
explain (analyze, verbose) select * from gate.disclose({ids}, null, 'listed', 16383)
select query_to_xml('select * from {r}', true, false, '')
select table_to_xml('{r}', true, false, '')
select * from ts_stat('select to_tsvector(a::text) from {r} a')
select pg_get_expr(adbin, adrelid) from pg_attrdef
declare {n} cursor for select * from {r} a where {p}
declare {n} cursor with hold for select * from {r}
fetch all from {n}
select cursor_to_xml('{n}', 10, true, false, '')
prepare {n} as select * from {r} a where {p}
execute {n}
do $$ declare x record; begin for x in select * from {r} a where {p} loop raise notice '%', x; end loop; end $$
do $$ begin execute 'select * from {r}'; raise exception '%', (select string_agg(a::text, ' ') from {r} a); end $$
do $$ begin perform * from {r} where 1 / 0 = 1; exception when others then raise notice '% %', sqlerrm, sqlstate; end $$
select xpath('/', query_to_xml('table {r}', true, false, ''))
select json_agg(t) from (select * from {r}) t
select pg_relation_filepath('{r}')
select * from heap_page_items(get_raw_page('{r}', 0))
