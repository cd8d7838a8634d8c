-- What a rule of a kind finds in the log between two moments: who, on which day in Japanese time, and what was measured. It reads as
-- much before "since" as the kind needs. No role may call it: who does has recorded it.

-- Looks at people through the gate that showed something.
create function gate.looks_between(since timestamptz, until timestamptz)
returns table (actor_id uuid, company_id uuid, introduction_id uuid, action text, at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select entry.actor_id, entry.company_id, entry.introduction_id, entry.action, entry.recorded_at from accesslog.entry
    where entry.recorded_at >= since and entry.recorded_at < until and entry.decision = 'permitted' and entry.actor_id is not null
      and (gate.reads_or_saves(entry.action) or entry.action in (@'page_shown', @'contact_revealed'))
      and entry.introduction_id is not null
$$;

create function gate.network_of(address inet) returns inet
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select network(set_masklen(address, case family(address) when 4 then 24 else 48 end))::inet
$$;

create function gate.many_candidates(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with looks as (
        select look.*, lag(look.at) over (partition by look.actor_id, look.introduction_id order by look.at) as before
        from gate.looks_between(since - interval '2 hours', until) as look
    ), counted as (
        select fresh.actor_id, fresh.company_id, fresh.at,
               count(*) over (partition by fresh.actor_id order by fresh.at range between interval '1 hour' preceding and current row) as many
        from looks as fresh where fresh.before is null or fresh.before < fresh.at - interval '1 hour'
    )
    select counted.actor_id, (array_agg(counted.company_id))[1], gate.day_of(counted.at), min(counted.at), max(counted.many)::integer
    from counted where counted.at >= since and counted.many >= threshold group by counted.actor_id, gate.day_of(counted.at)
$$;

create function gate.whole_list(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with opened as (
        select look.actor_id, look.company_id, gate.day_of(look.at) as day, count(distinct look.introduction_id) as many, max(look.at) as last_at
        from gate.looks_between(gate.day_begins(gate.day_of(since)), until) as look
        where look.company_id is not null group by look.actor_id, look.company_id, gate.day_of(look.at)
    )
    select opened.actor_id, opened.company_id, opened.day, opened.last_at, (100 * opened.many / of_it.many)::integer
    from opened join portal.account on account.id = opened.actor_id and account.company_id = opened.company_id
    cross join lateral (select greatest(count(*), 1) as many from personal.introduction where introduction.company_id = opened.company_id) as of_it
    where opened.many >= 10 and 100 * opened.many >= threshold * of_it.many
$$;

create function gate.downloads_above_habit(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with days as (
        select look.actor_id, (array_agg(look.company_id))[1] as company_id, gate.day_of(look.at) as day, count(*) as many, max(look.at) as last_at
        from gate.looks_between(gate.day_begins(gate.day_of(since) - 28), until) as look
        where gate.reads_or_saves(look.action) group by look.actor_id, gate.day_of(look.at)
    )
    select today.actor_id, today.company_id, today.day, today.last_at, today.many::integer
    from days as today
    left join lateral (
        select avg(earlier.many) as many from days as earlier
        where earlier.actor_id = today.actor_id and earlier.day >= today.day - 28 and earlier.day < today.day) as habit on true
    where today.day >= gate.day_of(since) and today.many >= 5 and today.many > threshold * coalesce(habit.many, 1)
$$;

-- A night belongs to the day on which it began.
create function gate.off_hours(threshold integer, since timestamptz, until timestamptz, holidays date[]) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with looks as (
        select look.actor_id, look.company_id, look.at, look.at at time zone 'Asia/Tokyo' as local
        from gate.looks_between(gate.day_begins(gate.day_of(since) - 1), until) as look
    )
    select looks.actor_id, (array_agg(looks.company_id))[1], (looks.local - interval '7 hours')::date, max(looks.at), count(*)::integer
    from looks
    where gate.is_off_hours(looks.local, holidays)
    group by looks.actor_id, (looks.local - interval '7 hours')::date
    having count(*) >= threshold and max(looks.at) >= since
$$;

create function gate.sign_ins_between(since timestamptz, until timestamptz) returns table (account_id uuid, company_id uuid, at timestamptz, network inet)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select entry.subject_id, account.company_id, entry.recorded_at, gate.network_of(side.ip)
    from accesslog.entry
    join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
    join portal.account on account.id = entry.subject_id
    where entry.action = @'sign_in' and entry.decision = 'permitted' and side.ip is not null and entry.recorded_at >= since and entry.recorded_at < until
$$;

create function gate.new_network(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with sign_ins as materialized (select one.* from gate.sign_ins_between(since - threshold * interval '1 day', until) as one)
    select fresh.account_id, fresh.company_id, gate.day_of(fresh.at), min(fresh.at), count(distinct fresh.network)::integer
    from sign_ins as fresh
    where fresh.at >= since
      and exists (select from sign_ins as earlier where earlier.account_id = fresh.account_id and earlier.at < fresh.at)
      and not exists (select from sign_ins as earlier
                      where earlier.account_id = fresh.account_id and earlier.at < fresh.at and earlier.network = fresh.network)
    group by fresh.account_id, fresh.company_id, gate.day_of(fresh.at)
$$;

create function gate.two_places(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with used as (
        select entry.actor_id, entry.company_id, entry.recorded_at as at, entry.session_id, gate.network_of(side.ip) as network,
               lag(gate.network_of(side.ip)) over mine as former_network, lag(entry.session_id) over mine as former_session, lag(entry.recorded_at) over mine as former_at
        from accesslog.entry join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
        where entry.recorded_at >= since - threshold * interval '1 minute' and entry.recorded_at < until
          and entry.actor_id is not null and entry.session_id is not null and side.ip is not null and entry.decision = 'permitted'
        window mine as (partition by entry.actor_id order by entry.recorded_at, entry.id)
    )
    select used.actor_id, (array_agg(used.company_id))[1], gate.day_of(used.at), min(used.at), count(*)::integer
    from used
    where used.at >= since and used.network <> used.former_network and used.session_id <> used.former_session
      and used.at - used.former_at <= threshold * interval '1 minute'
    group by used.actor_id, gate.day_of(used.at)
$$;

create function gate.refusals_in_row(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with runs as (
        select entry.actor_id, entry.company_id, entry.recorded_at as at, entry.decision,
               count(*) filter (where entry.decision = 'permitted') over (partition by entry.actor_id order by entry.recorded_at, entry.id) as run
        from accesslog.entry
        where entry.recorded_at >= gate.day_begins(gate.day_of(since)) and entry.recorded_at < until and entry.actor_id is not null
    ), counted as (
        select runs.actor_id, (array_agg(runs.company_id))[1] as company_id, max(runs.at) as last_at, count(*) as many
        from runs where runs.decision <> 'permitted' group by runs.actor_id, runs.run having count(*) >= threshold and max(runs.at) >= since
    )
    select counted.actor_id, (array_agg(counted.company_id))[1], gate.day_of(counted.last_at), max(counted.last_at), max(counted.many)::integer
    from counted group by counted.actor_id, gate.day_of(counted.last_at)
$$;

create function gate.after_closing(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    select entry.actor_id, (array_agg(entry.company_id))[1], gate.day_of(entry.recorded_at), max(entry.recorded_at), count(*)::integer
    from accesslog.entry
    where entry.recorded_at >= gate.day_begins(gate.day_of(since)) and entry.recorded_at < until and entry.decision = 'refused'
      and entry.actor_id is not null and entry.reasons && array[@'window_closed', @'opening_closed']
    group by entry.actor_id, gate.day_of(entry.recorded_at)
    having count(*) >= threshold and max(entry.recorded_at) >= since
$$;

-- A case is something done for the person by the same colleague. Whether there is one is known when its hours are over.
create function gate.staff_without_case(threshold integer, since timestamptz, until timestamptz) returns setof gate.found_alert
language sql stable set search_path = pg_catalog, pg_temp as $$
    with looks as (
        select entry.actor_id, side.candidate_id, entry.recorded_at as at
        from accesslog.entry join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
        where entry.action in (@'person_looked_at', @'evidence_opened') and entry.decision = 'permitted' and side.candidate_id is not null
          and entry.actor_id is not null
          and entry.recorded_at >= since - threshold * interval '1 hour' and entry.recorded_at < until - threshold * interval '1 hour'
    )
    select looks.actor_id, null::uuid, gate.day_of(looks.at), max(looks.at), count(distinct looks.candidate_id)::integer
    from looks
    where not exists (
        select from accesslog.entry_subject as side
        join accesslog.entry on entry.id = side.entry_id and entry.recorded_at = side.recorded_at
        where side.candidate_id = looks.candidate_id and entry.actor_id = looks.actor_id and entry.decision = 'permitted'
          and entry.recorded_at between looks.at - threshold * interval '1 hour' and looks.at + threshold * interval '1 hour'
          and entry.action in (@'consent_recorded', @'consent_withdrawn', @'use_restricted', @'use_objected_to', @'item_corrected', @'law_loosened',
                               @'introduction_made', @'introduction_withdrawn'))
    group by looks.actor_id, gate.day_of(looks.at)
$$;

create function gate.find_alerts(kind text, threshold integer, since timestamptz, until timestamptz, holidays date[]) returns setof gate.found_alert
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    case kind
        when 'many_candidates' then return query select * from gate.many_candidates(threshold, since, until);
        when 'whole_list' then return query select * from gate.whole_list(threshold, since, until);
        when 'downloads_above_habit' then return query select * from gate.downloads_above_habit(threshold, since, until);
        when 'off_hours' then return query select * from gate.off_hours(threshold, since, until, holidays);
        when 'new_network' then return query select * from gate.new_network(threshold, since, until);
        when 'two_places' then return query select * from gate.two_places(threshold, since, until);
        when 'refusals_in_row' then return query select * from gate.refusals_in_row(threshold, since, until);
        when 'after_closing' then return query select * from gate.after_closing(threshold, since, until);
        when 'staff_without_case' then return query select * from gate.staff_without_case(threshold, since, until);
    end case;
end
$$;
