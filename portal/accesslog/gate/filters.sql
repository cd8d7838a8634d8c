-- The statement that finds what a filter of the log asks for. Who calls it has recorded the reading.

-- An entry's hour in Japan, as the index has it.
create function gate.log_hour() returns text
language sql immutable as $$ select 'extract(hour from entry.recorded_at at time zone ''Asia/Tokyo'')::integer' $$;

-- The conditions on accesslog.entry.
create function gate.log_conditions(asked gate.log_asked, inside boolean, backwards boolean) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select concat_ws(' and ', 'true',
        case when asked.nothing then 'false' end,
        case when asked.one is not null then 'entry.id = ($1).one' end,
        case when accesslog.moment_of(asked.one) is not null then
            'entry.recorded_at >= accesslog.moment_of(($1).one) and entry.recorded_at < accesslog.moment_of(($1).one) + interval ''1 millisecond''' end,
        case when asked.recorded_from is not null then 'entry.recorded_at >= ($1).recorded_from' end,
        case when asked.recorded_to is not null then 'entry.recorded_at < ($1).recorded_to' end,
        case when asked.company_id is not null then 'entry.company_id = ($1).company_id' end,
        case when asked.actor_id is not null then 'entry.actor_id = ($1).actor_id' end,
        case when asked.action is not null then 'entry.action = ($1).action' end,
        case when asked.decision is not null then 'entry.decision = ($1).decision' end,
        -- A literal, which an index on all but the many recruiters' entries can be found by.
        case when asked.role is not null then format('entry.role = %L', asked.role) end,
        -- Likewise what few entries have: contact, contact details, and the uploaded original (see migrations/sought).
        case when asked.purpose is not null then format('entry.purpose & %s <> 0', asked.purpose) end,
        case when asked.item & (@email | @address | @telephone) <> 0 then 'entry.items & (@email | @address | @telephone) <> 0'
             when asked.item = @resume_original then 'entry.items & @resume_original <> 0' end,
        case when asked.company_id is not null and asked.item & (@email | @address | @telephone | @resume_original) <> 0 then
            'entry.items & (@email | @address | @telephone | @resume_original) <> 0' end,
        case when asked.item is not null then 'entry.items & ($1).item <> 0' end,
        case when asked.reason is not null then 'entry.reasons @> array[($1).reason]' end,
        case when asked.hour is not null then format('%s = %s', gate.log_hour(), asked.hour) end,
        case when asked.session_id is not null then 'entry.session_id = ($1).session_id' end,
        case when asked.request_id is not null then 'entry.request_id = ($1).request_id' end,
        case when asked.document is not null then 'entry.document_digest is not null and entry.document_digest = ($1).document' end,
        case when asked.introduction is not null then 'entry.introduction_id = ($1).introduction' end,
        case when inside then case when backwards then '(entry.recorded_at, entry.id) > ($2, $3)' else '(entry.recorded_at, entry.id) < ($2, $3)' end end)
$$;

create function gate.is_aside(asked gate.log_asked) returns boolean
language sql immutable as $$ select asked.address is not null or asked.person is not null $$;

-- The side rows of an address or a person, in the order of time: all of them, or so many.
create function gate.log_aside(asked gate.log_asked, inside boolean, backwards boolean, through integer) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select format('select side.recorded_at, side.entry_id as id from accesslog.entry_subject as side where %s order by side.recorded_at %s, side.entry_id %2$s limit %s',
        concat_ws(' and ', 'true',
            case when asked.address is not null then 'side.ip = ($1).address' end,
            case when asked.person is not null then 'side.candidate_id = ($1).person' end,
            case when asked.recorded_from is not null then 'side.recorded_at >= ($1).recorded_from' end,
            case when asked.recorded_to is not null then 'side.recorded_at < ($1).recorded_to' end,
            case when inside and backwards then 'side.recorded_at >= $2 and (side.recorded_at, side.entry_id) > ($2, $3)'
                 when inside then 'side.recorded_at <= $2 and (side.recorded_at, side.entry_id) < ($2, $3)' end),
        case when backwards then 'asc' else 'desc' end, coalesce(through::text, 'all'))
$$;

-- Where entries are looked for. An address or a person is looked for among the side rows, of which so many are looked through. Each one's entry, of the
-- same moment, is then looked up ("offset 0"). As one join it would be planned for every month with every other.
create function gate.log_source(asked gate.log_asked, inside boolean, backwards boolean, through integer default null) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when not gate.is_aside(asked) then 'accesslog.entry' else format($source$
        (%s) as place
        cross join lateral (select entry.* from accesslog.entry where entry.recorded_at = place.recorded_at and entry.id = place.id offset 0) as entry
        $source$, gate.log_aside(asked, inside, backwards, through)) end
$$;

-- The order of time, as the source is walked through. Entries of an hour are ordered by their hour first, as the index of hours is.
create function gate.log_order(asked gate.log_asked, backwards boolean) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when asked.hour is not null and not gate.is_aside(asked) then gate.log_hour() || case when backwards then ' desc, ' else ', ' end else '' end
        || format('%1$s.recorded_at %2$s, %1$s.id %2$s', case when gate.is_aside(asked) then 'place' else 'entry' end, case when backwards then 'asc' else 'desc' end)
$$;

-- The statement that finds so many entries that are asked for. It is of fixed pieces only, so that each combination is planned for itself. $1 is what is
-- asked, $2 and $3 are where a page begins.
create function gate.log_query(asked gate.log_asked, inside boolean, backwards boolean, most integer, through integer default null) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select format('select entry.* from %s where %s order by %s limit %s', gate.log_source(asked, inside, backwards, through),
                  gate.log_conditions(asked, inside, backwards), gate.log_order(asked, backwards), most)
$$;

-- Side rows are to be read in the order of an index and not sorted: a frequent address has many, of which a page needs the newest. The functions that
-- call this have the settings, too, so that they end with them.
create function gate.walk_in_order(asked gate.log_asked) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if gate.is_aside(asked) then
        perform set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true);
    end if;
end
$$;

-- So many entries that are asked for, before or after a place. No role may call it: who does has recorded it. What is read in the order of an index is
-- mostly in memory, and beside what was read before; so its pages are reckoned at little more than others.
create function gate.log_found(asked gate.log_asked, from_at timestamptz, from_id uuid, backwards boolean, most integer, through integer default null)
returns accesslog.entry[]
language plpgsql set search_path = pg_catalog, pg_temp set random_page_cost = 1.1 set enable_sort = on set enable_bitmapscan = on as $$
declare
    found accesslog.entry[];
begin
    perform gate.walk_in_order(asked);
    execute format('select array(select row(entry.*)::accesslog.entry from (%s) as entry)', gate.log_query(asked, from_at is not null, backwards, most, through))
    into found using asked, from_at, from_id;
    return found;
end
$$;

-- Of an address or a person no more than so many entries are looked through at once: something else may be asked that none of them has.
create function gate.log_step() returns integer
language sql immutable as $$ select 20000 $$;

-- The place at which a step ends before everything was looked through; null when it does not. No role may call it.
create function gate.log_reached(asked gate.log_asked, from_at timestamptz, from_id uuid, out at timestamptz, out id uuid)
language plpgsql set search_path = pg_catalog, pg_temp set random_page_cost = 1.1 set enable_sort = on set enable_bitmapscan = on as $$
begin
    if gate.is_aside(asked) and not coalesce(asked.nothing, false) then
        perform gate.walk_in_order(asked);
        execute format('select recorded_at, id from (%s) as walked offset %s', gate.log_aside(asked, from_at is not null, false, gate.log_step()), gate.log_step() - 1)
        into at, id using asked, from_at, from_id;
    end if;
end
$$;
