-- Conditions that betray the value they are given, by an error, a notice or a side effect. One to a line; words in braces are filled in.
true
{a}::text like 'qz%'
{a}::text::integer = 1
1 / (case when {a}::text ~ 'qz' then 0 else 1 end) = 1
({a}::text)::xml is not null
{a}::text::uuid is not null
{a}::text::inet is not null
{a}::text::jsonb is not null
query_to_xml(quote_literal({a}::text), true, true, '') is not null
set_config('qz.' || {a}::text, 'x', true) is not null
pg_sleep(0) is not null and {a}::text <> ''
to_regclass({a}::text) is null
{a}::text = any (enum_range(null::anyenum)::text[])
has_table_privilege({a}::text, 'select')
exists (select from {r} inner_r where inner_r::text ~ 'qz')
pg_notify('qz', {a}::text) is not null
textregexeq({a}::text, '(')
{a}::text ~ ('[' || {a}::text)
make_interval(secs => length({a}::text)) is null
pg_advisory_lock(hashtext({a}::text)) is null
lo_from_bytea(0, {a}::text::bytea) is null
to_date({a}::text, {a}::text) is null
