-- Reading the log, which is itself recorded. Compliance reads all of it.

-- A page of the entries that a filter finds, before or after a place. No role may call it: who does has recorded it.
create function gate.log_page(filter gate.log_filter, one uuid, introduction uuid, person uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns setof gate.log_row
language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    conditions text;
begin
    conditions := concat_ws(' and ', 'true',
        case when one is not null then 'entry.id = $1' end,
        case when accesslog.moment_of(one) is not null then
            'entry.recorded_at >= accesslog.moment_of($1) and entry.recorded_at < accesslog.moment_of($1) + interval ''1 millisecond''' end,
        case when filter.recorded_from is not null then 'entry.recorded_at >= $2' end,
        case when filter.recorded_to is not null then 'entry.recorded_at < $3' end,
        case when filter.company_id is not null then 'entry.company_id = $4' end,
        case when filter.actor_id is not null then 'entry.actor_id = $5' end,
        case when nullif(filter.action, '') is not null then 'entry.action = $6' end,
        case when nullif(filter.decision, '') is not null then 'entry.decision = $7' end,
        case when introduction is not null then 'entry.introduction_id = $8'
             when person is not null then
                 '(entry.recorded_at, entry.id) in (select side.recorded_at, side.entry_id from accesslog.entry_subject as side where side.candidate_id = $11)'
             when nullif(filter.introduction_code, '') is not null then 'false' end,
        case when from_at is not null then
            case when backwards then '(entry.recorded_at, entry.id) > ($9, $10)' else '(entry.recorded_at, entry.id) < ($9, $10)' end
        end);
    -- Built from these fixed pieces only, so that each combination of filters is planned for itself.
    return query execute format(
        $query$
        select page.id, page.recorded_at, page.action, page.decision, coalesce(page.reasons, '{}'),
               page.actor_id, account.display_name, page.role, page.company_id, company.name, company.name_latin,
               page.introduction_id, introduced.code, candidate.reference,
               gate.purpose_codes(page.purpose), gate.item_codes(page.items),
               page.consent_id, page.agreement_id, agreement.number, page.agreement_digest, page.document_digest, page.commitment,
               page.session_id, page.request_id, page.subject_id, coalesce(page.subject_kind, action.subject), touched.display_name, page.facts, side.entry_id is not null, host(side.ip), side.agent
        from (select entry.* from accesslog.entry where %1$s order by entry.recorded_at %2$s, entry.id %2$s limit %3$s) as page
        left join accesslog.action on action.code = page.action and page.subject_id is not null
        left join accesslog.entry_subject as side on side.entry_id = page.id and side.recorded_at = page.recorded_at
        left join personal.candidate on candidate.id = side.candidate_id
        left join personal.introduction as introduced on introduced.id = page.introduction_id
        left join portal.agreement on agreement.id = page.agreement_id
        left join portal.account on account.id = page.actor_id
        left join portal.account as touched on touched.id = page.subject_id
        left join portal.company on company.id = page.company_id
        order by page.recorded_at desc, page.id desc
        $query$,
        conditions, case when backwards then 'asc' else 'desc' end, page_size)
    using one, filter.recorded_from, filter.recorded_to, filter.company_id, filter.actor_id, filter.action, filter.decision, introduction, from_at, from_id, person;
end
$$;

-- Whom or what a filter looks for by number, and what an entry says of the filter. Whom compliance asked for stands in the side row,
-- which can be erased; a number that nobody has, nowhere.
create function gate.looked_for(filter gate.log_filter) returns table (introduction uuid, person uuid, facts jsonb)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if nullif(filter.introduction_code, '') is not null then
        select found.id into introduction from personal.introduction as found where found.code = upper(btrim(filter.introduction_code));
        if introduction is null then
            select found.id into person from personal.candidate as found where found.reference = btrim(filter.candidate_reference);
        end if;
    end if;
    facts := jsonb_build_object(
        'since', gate.moment(filter.recorded_from), 'until', gate.moment(filter.recorded_to), 'company', filter.company_id, 'account', filter.actor_id,
        'action', nullif(filter.action, ''), 'decision', nullif(filter.decision, ''),
        'number', case when introduction is not null then 'introduction' when person is not null then 'candidate'
                       when nullif(filter.introduction_code, '') is not null then 'nobody' end);
    return next;
end
$$;

-- Whoever may not ask the log for what a filter finds is recorded as refused, and gets no row. Otherwise the entry of the asking, and whom or
-- what was looked for by number.
create function gate.ask_log(action text, filter gate.log_filter, one uuid, more jsonb default '{}')
returns table (entry uuid, introduction uuid, person uuid)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    asked record;
begin
    if viewer.role is distinct from 'compliance' then
        perform gate.record(action, viewer, case when viewer.session_id is null then @'no_live_session' else @'not_for_this_role' end);
        return;
    end if;
    select * into asked from gate.looked_for(filter);
    entry := gate.record(action, viewer, introduction => asked.introduction, candidate => asked.person, subject => one, facts => asked.facts || more);
    introduction := asked.introduction;
    person := asked.person;
    return next;
end
$$;

-- for: portal_web
create function gate.log_entries(filter gate.log_filter, one uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns setof gate.log_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
begin
    select * into asked from gate.ask_log(@'log_read', filter, one);
    if not found then
        return;
    end if;
    return query select * from gate.log_page(filter, one, asked.introduction, asked.person, from_at, from_id, backwards, least(page_size, 100));
end
$$;

-- What a filter finds, summed up: who did what for which purpose, with which outcome, how often, about how many introductions, which items
-- were shown, how much of it at night (22 to 7) or at a weekend in Japan, and from when to when. Of the newest 20000 entries; "capped" says
-- that there are more. The 500 rows with the latest entries are given, and "sums" says how many there are. Recorded as reading the log is.
-- for: portal_web
create function gate.log_summary(filter gate.log_filter, one uuid)
returns table (actor_id uuid, actor_name text, role text, company_id uuid, company_name text, company_name_latin text, action text, decision text,
               reasons text[], purposes text[], items text[], entries bigint, introductions bigint, off_hours bigint, first_at timestamptz,
               last_at timestamptz, capped boolean, sums bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    asked record;
begin
    select * into asked from gate.ask_log(@'log_read', filter, one);
    if not found then
        return;
    end if;
    return query
        with found as materialized (
            select page.*, page.recorded_at at time zone 'Asia/Tokyo' as local,
                   concat_ws('|', coalesce(page.actor_id::text, page.role, ''), coalesce(page.company_id::text, ''), page.action, page.decision,
                             page.reasons::text, page.purposes::text) as key
            from gate.log_page(filter, one, asked.introduction, asked.person, null, null, false, 20001) as page
        ), shown as (
            select found.key, array_agg(distinct code) as codes from found, unnest(found.items) as code group by found.key
        ), counted as (
            select found.key, min(found.id::text)::uuid as example, count(*) as entries, count(distinct found.introduction_id) as introductions,
                   count(*) filter (where extract(hour from found.local) >= 22 or extract(hour from found.local) < 7 or extract(isodow from found.local) > 5) as off_hours,
                   min(found.recorded_at) as first_at, max(found.recorded_at) as last_at
            from found group by found.key
        )
        select found.actor_id, found.actor_name, found.role, found.company_id, found.company_name, found.company_name_latin, found.action, found.decision,
               found.reasons, found.purposes, array(select item.code from portal.item where item.code = any (shown.codes) order by item.mask),
               counted.entries, counted.introductions, counted.off_hours, counted.first_at, counted.last_at, (select count(*) from found as every_one) > 20000,
               count(*) over ()
        from counted join found on found.id = counted.example left join shown on shown.key = counted.key
        order by counted.last_at desc
        limit 500;
end
$$;
