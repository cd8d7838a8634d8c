-- What a filter finds, summed up, of its newest 10000 entries: the answers to compliance's questions. Recorded as reading the log is.

-- Whether a moment is at night (22 to 7), at a weekend or on one of these holidays, in Japan.
create function gate.is_off_hours(moment timestamp, holidays date[]) returns boolean
language sql immutable as $$
    select moment::time >= '22:00' or moment::time < '07:00' or not gate.is_working_day(moment::date, holidays)
$$;

-- Who did what for which purpose, with which outcome, how often and about how many introductions. Which items were shown, how much of it
-- in unusual hours, from when to when. And how many by account, company, action, purpose, decision, hour and day. "counted_since" is null when all were
-- counted, "after_decisions" are the employers' acts on introductions that were decided before, "most_downloads" the most files that one account took
-- on one day, and "person" is the number of the person that was asked about.
-- Names are looked up one by one ("offset 0"), and decisions by their keys: the planner would read all accounts, companies and introductions for a few.
-- for: portal_web
create function gate.log_summary(filter gate.log_filter, one uuid, holidays date[]) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set random_page_cost = 1.1 set enable_sort = on set enable_bitmapscan = on as $$
#variable_conflict use_column
declare
    begun record;
    answer jsonb;
    reached timestamptz;
begin
    select * into begun from gate.ask_log(@'log_read', filter, one);
    if begun.entry is null then
        return null;
    end if;
    reached := (gate.log_reached(begun.asked, null, null)).at;
    perform gate.walk_in_order(begun.asked);
    execute format($query$
        with found as materialized (
            select entry.actor_id, entry.role, entry.company_id, entry.action, entry.decision, coalesce(entry.reasons, '{}') as reasons, entry.purpose,
                   entry.items, entry.introduction_id, entry.recorded_at, in_japan.moment::date as day, date_part('hour', in_japan.moment)::integer as hour,
                   gate.is_off_hours(in_japan.moment, $4) as off_hours
            from (%s) as entry
            cross join lateral (select entry.recorded_at at time zone 'Asia/Tokyo' as moment offset 0) as in_japan
        ), of_each as materialized (  -- of each introduction by itself, so that nothing has to be sorted for how many there are
            select actor_id, role, company_id, action, decision, reasons, purpose, introduction_id, bit_or(items) as items, count(*) as entries,
                   count(*) filter (where off_hours) as off_hours, min(recorded_at) as first_at, max(recorded_at) as last_at
            from found group by actor_id, role, company_id, action, decision, reasons, purpose, introduction_id
        ), grouped as materialized (
            select actor_id, role, company_id, action, decision, reasons, purpose, bit_or(items) as items, sum(entries)::integer as entries,
                   count(introduction_id) as introductions, sum(off_hours)::integer as off_hours, min(first_at) as first_at, max(last_at) as last_at
            from of_each group by actor_id, role, company_id, action, decision, reasons, purpose
        ), items_of as materialized (
            select items, gate.item_codes(items) as codes from grouped group by items
        ), purposes_of as materialized (
            select purpose, gate.purpose_codes(purpose) as codes from grouped group by purpose
        ), whole as (
            select coalesce(sum(entries), 0)::integer as entries, min(first_at) as first_at, max(last_at) as last_at,
                   coalesce(sum(off_hours), 0)::integer as off_hours, coalesce(sum(entries) filter (where decision <> 'permitted'), 0)::integer as refused, count(*) as sums
            from grouped
        ), counted (dimension, key, entries) as (
            select case grouping(actor_id, company_id, action, purpose, decision, hour, day)
                       when 63 then 'actor' when 95 then 'company' when 111 then 'action' when 119 then 'purpose' when 123 then 'decision'
                       when 125 then 'hour' when 126 then 'day' end,
                   coalesce(actor_id::text, company_id::text, action, purpose::text, decision, hour::text, day::text), count(*)
            from found
            group by grouping sets ((actor_id), (company_id), (action), (purpose), (decision), (hour), (day))
        ), ranked as (
            select counted.*, row_number() over (partition by dimension order by entries desc, key) as rank from counted where key is not null
        ), decided as materialized (
            select one.id, one.decided_at from personal.introduction as one
            where one.id = any (array(select introduction_id from of_each where role in ('recruiter', 'employer_admin') group by introduction_id))
              and one.decided_at is not null
        )
        select jsonb_build_object(
            'entries', least(whole.entries, 10000), 'counted_since', case when whole.entries > 10000 then whole.first_at else $5 end,
            'first_at', whole.first_at, 'last_at', whole.last_at,
            'off_hours', whole.off_hours, 'refused', whole.refused, 'sums', whole.sums,
            'introductions', (select count(one.introduction_id) from (select introduction_id from of_each group by introduction_id) as one),
            'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                        'actor_id', grouped.actor_id, 'actor_name', account.display_name, 'role', grouped.role, 'company_id', grouped.company_id,
                        'company_name', company.name, 'company_name_latin', company.name_latin, 'action', grouped.action, 'decision', grouped.decision,
                        'reasons', grouped.reasons, 'purposes', purposes_of.codes, 'items', items_of.codes,
                        'entries', grouped.entries, 'introductions', grouped.introductions, 'off_hours', grouped.off_hours,
                        'first_at', grouped.first_at, 'last_at', grouped.last_at) order by grouped.last_at desc), '[]')
                     from (select * from grouped order by last_at desc limit 500) as grouped
                     join items_of on items_of.items = grouped.items join purposes_of on purposes_of.purpose = grouped.purpose
                     left join lateral (select account.display_name from portal.account where account.id = grouped.actor_id offset 0) as account on true
                     left join lateral (select company.name, company.name_latin from portal.company where company.id = grouped.company_id offset 0) as company on true),
            'counts', (select coalesce(jsonb_agg(jsonb_build_object(
                          'dimension', ranked.dimension, 'key', ranked.key, 'entries', ranked.entries, 'name', coalesce(account.display_name, company.name),
                          'name_latin', company.name_latin) order by ranked.dimension, ranked.rank), '[]')
                       from ranked
                       left join portal.account on account.id = case when ranked.dimension = 'actor' then ranked.key::uuid end
                       left join portal.company on company.id = case when ranked.dimension = 'company' then ranked.key::uuid end
                       where ranked.rank <= case ranked.dimension when 'hour' then 24 when 'day' then 92 else 12 end),
            'after_decisions', (select coalesce(jsonb_object_agg(one.decision || '_' || one.purpose, one.many), '{}') from (
                                    select found.decision, found.purpose, count(*) as many
                                    from found join decided on decided.id = found.introduction_id
                                    where decided.decided_at < found.recorded_at and found.role in ('recruiter', 'employer_admin')
                                    group by found.decision, found.purpose) as one),
            'most_downloads', (select max(day.many) from (
                                   select count(*) as many from found where found.action = 'handed_over' and found.decision = 'permitted'
                                   group by found.actor_id, found.day) as day))
        from whole
        $query$, gate.log_query(begun.asked, false, false, 10001, gate.log_step()))
    into answer using begun.asked, null::timestamptz, null::uuid, holidays, reached;
    return answer || jsonb_build_object('person', (select candidate.reference from personal.candidate where candidate.id = (begun.asked).person));
end
$$;
