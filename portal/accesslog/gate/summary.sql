-- What a filter finds, summed up, of its newest 20000 entries: the answers to compliance's questions. Recorded as reading the log is.

-- Whether a moment is at night (22 to 7), at a weekend or on one of these holidays, in Japan.
create function gate.is_off_hours(moment timestamp, holidays date[]) returns boolean
language sql immutable as $$
    select moment::time >= '22:00' or moment::time < '07:00' or not gate.is_working_day(moment::date, holidays)
$$;

-- Who did what for which purpose, with which outcome, how often and about how many introductions. Which items were shown, how much of it
-- in unusual hours, from when to when. And how many by account, company, action, purpose, decision, hour and day. "after_decisions" are the
-- employers' acts on introductions that were decided before, "most_downloads" the most files that one account took on one day.
-- Introductions are looked up one by one ("offset 0"): the planner would read all of them for the decisions of a few.
-- for: portal_web
create function gate.log_summary(filter gate.log_filter, one uuid, holidays date[]) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_hashjoin = on set enable_mergejoin = on as $$
#variable_conflict use_column
declare
    begun record;
    answer jsonb;
begin
    select * into begun from gate.ask_log(@'log_read', filter, one);
    if begun.entry is null then
        return null;
    end if;
    if (begun.asked).address is not null or (begun.asked).person is not null then  -- see gate.log_found; until the function ends
        perform set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
    end if;
    execute format($query$
        with found as materialized (
            select entry.actor_id, entry.role, entry.company_id, entry.action, entry.decision, coalesce(entry.reasons, '{}') as reasons, entry.purpose,
                   entry.items, entry.introduction_id, entry.recorded_at, (entry.recorded_at at time zone 'Asia/Tokyo')::date as day, date_part('hour', entry.recorded_at at time zone 'Asia/Tokyo')::integer as hour,
                   gate.is_off_hours(entry.recorded_at at time zone 'Asia/Tokyo', $4) as off_hours
            from %s where %s order by entry.recorded_at desc, entry.id desc limit 20001
        ), grouped as (
            select actor_id, role, company_id, action, decision, reasons, purpose, bit_or(items) as items, count(*) as entries,
                   count(distinct introduction_id) as introductions, count(*) filter (where off_hours) as off_hours,
                   min(recorded_at) as first_at, max(recorded_at) as last_at
            from found group by actor_id, role, company_id, action, decision, reasons, purpose
        ), counted (dimension, key, entries) as (
            select case grouping(actor_id, company_id, action, purpose, decision, hour, day)
                       when 63 then 'actor' when 95 then 'company' when 111 then 'action' when 119 then 'purpose' when 123 then 'decision'
                       when 125 then 'hour' when 126 then 'day' end,
                   coalesce(actor_id::text, company_id::text, action, purpose::text, decision, hour::text, day::text), count(*)
            from found
            group by grouping sets ((actor_id), (company_id), (action), (purpose), (decision), (hour), (day))
        ), ranked as (
            select counted.*, row_number() over (partition by dimension order by entries desc, key) as rank from counted where key is not null
        )
        select jsonb_build_object(
            'entries', (select least(count(*), 20000) from found), 'capped', (select count(*) > 20000 from found),
            'first_at', (select min(recorded_at) from found), 'last_at', (select max(recorded_at) from found),
            'off_hours', (select count(*) from found where off_hours),
            'refused', (select count(*) from found where decision <> 'permitted'),
            'introductions', (select count(distinct introduction_id) from found),
            'sums', (select count(*) from grouped),
            'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                        'actor_id', grouped.actor_id, 'actor_name', account.display_name, 'role', grouped.role, 'company_id', grouped.company_id,
                        'company_name', company.name, 'company_name_latin', company.name_latin, 'action', grouped.action, 'decision', grouped.decision,
                        'reasons', grouped.reasons, 'purposes', gate.purpose_codes(grouped.purpose), 'items', gate.item_codes(grouped.items),
                        'entries', grouped.entries, 'introductions', grouped.introductions, 'off_hours', grouped.off_hours,
                        'first_at', grouped.first_at, 'last_at', grouped.last_at) order by grouped.last_at desc), '[]')
                     from (select * from grouped order by last_at desc limit 500) as grouped left join portal.account on account.id = grouped.actor_id left join portal.company on company.id = grouped.company_id),
            'counts', (select coalesce(jsonb_agg(jsonb_build_object(
                          'dimension', ranked.dimension, 'key', ranked.key, 'entries', ranked.entries, 'name', coalesce(account.display_name, company.name),
                          'name_latin', company.name_latin) order by ranked.dimension, ranked.rank), '[]')
                       from ranked
                       left join portal.account on account.id = case when ranked.dimension = 'actor' then ranked.key::uuid end
                       left join portal.company on company.id = case when ranked.dimension = 'company' then ranked.key::uuid end
                       where ranked.rank <= case ranked.dimension when 'hour' then 24 when 'day' then 92 else 12 end),
            'after_decisions', (select coalesce(jsonb_object_agg(one.decision || '_' || one.purpose, one.many), '{}') from (
                                    select found.decision, found.purpose, count(*) as many
                                    from found cross join lateral (
                                        select one.decided_at from personal.introduction as one where one.id = found.introduction_id offset 0) as introduction
                                    where introduction.decided_at < found.recorded_at and found.role in ('recruiter', 'employer_admin')
                                    group by found.decision, found.purpose) as one),
            'most_downloads', (select max(day.many) from (
                                   select count(*) as many from found where found.action = 'handed_over' and found.decision = 'permitted'
                                   group by found.actor_id, found.day) as day))
        $query$, gate.log_source(begun.asked), gate.log_conditions(begun.asked, false, false))
    into answer using begun.asked, null::timestamptz, null::uuid, holidays;
    return answer;
end
$$;
