-- Reading the log, which is itself recorded. Compliance reads all of it.

-- Entries with the names of what they have the ids of, the newest first. No role may call it: who does has recorded it.
create function gate.log_named(entries accesslog.entry[]) returns setof gate.log_row
language sql stable set search_path = pg_catalog, pg_temp as $$
    select page.id, page.recorded_at, page.action, page.decision, coalesce(page.reasons, '{}'),
           page.actor_id, account.display_name, page.role, page.company_id, company.name, company.name_latin,
           page.introduction_id, introduced.code, candidate.reference,
           gate.purpose_codes(page.purpose), gate.item_codes(page.items),
           page.consent_id, page.agreement_id, agreement.number, page.agreement_digest, page.document_digest, page.commitment,
           page.session_id, page.request_id, page.subject_id, coalesce(page.subject_kind, action.subject), touched.display_name, page.facts,
           side.entry_id is not null, host(side.ip), side.agent, side.candidate_id
    from unnest(entries) as page
    left join accesslog.action on action.code = page.action and page.subject_id is not null
    left join accesslog.entry_subject as side on side.entry_id = page.id and side.recorded_at = page.recorded_at
    left join personal.candidate on candidate.id = side.candidate_id
    left join personal.introduction as introduced on introduced.id = page.introduction_id
    left join portal.agreement on agreement.id = page.agreement_id
    left join portal.account on account.id = page.actor_id
    left join portal.account as touched on touched.id = page.subject_id
    left join portal.company on company.id = page.company_id
    order by page.recorded_at desc, page.id desc
$$;

-- So many entries that are asked for, before or after a place (gate.log_found), with names.
create function gate.log_page(asked gate.log_asked, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns setof gate.log_row
language sql set search_path = pg_catalog, pg_temp as $$
    select * from gate.log_named(gate.log_found(asked, from_at, from_id, backwards, page_size))
$$;

-- What a filter stands for, and what an entry says of it. Whom compliance asked for stands in the side row, which can be erased; a number
-- that nobody has, nowhere. An address that was typed is told by an entry that came from it.
create function gate.looked_for(filter gate.log_filter, one uuid) returns table (asked gate.log_asked, facts jsonb)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    typed text := nullif(btrim(filter.introduction_code), '');
    of_address uuid := filter.address_of;
    number text;
    met record;
begin
    asked.recorded_from := filter.recorded_from;
    asked.recorded_to := filter.recorded_to;
    asked.company_id := filter.company_id;
    asked.actor_id := filter.actor_id;
    asked.action := nullif(filter.action, '');
    asked.decision := nullif(filter.decision, '');
    asked.role := nullif(filter.role, '');
    asked.purpose := (select purpose.mask from portal.purpose where purpose.code = filter.purpose);
    asked.reason := nullif(filter.reason, '');
    asked.item := (select item.mask from portal.item where item.code = filter.item);
    asked.document := filter.document;
    asked.hour := filter.hour;
    asked.one := looked_for.one;
    asked.person := (select found.id from personal.candidate as found where found.id = filter.person_id);
    asked.nothing := filter.person_id is not null and asked.person is null;
    if typed is not null then
        select found.id into asked.introduction from personal.introduction as found where found.code = upper(typed);
        if asked.introduction is null then
            select found.id into asked.person from personal.candidate as found where found.reference = btrim(filter.candidate_reference);
        end if;
        asked.nothing := asked.nothing or asked.introduction is null and asked.person is null;
        number := case when asked.introduction is not null then 'introduction' when asked.person is not null then 'candidate' else 'nobody' end;
    elsif asked.person is not null then
        number := 'candidate';
    end if;
    if filter.session_id is not null then
        -- A sign-in has its time, which the index of moments finds. One that is not known, as in a demo's log, is asked for with a time.
        asked.session_id := filter.session_id;
        select began, ends, whose into met from (
            select session.started_at as began, session.expires_at as ends, session.account_id as whose
            from portal.session where session.id = filter.session_id
            union all
            select session.started_at, session.expires_at, null from portal.link_session as session where session.id = filter.session_id) as either;
        asked.nothing := asked.nothing or met.began is null and (filter.recorded_from is null or filter.recorded_to is null);
        asked.actor_id := coalesce(asked.actor_id, met.whose);
        asked.recorded_from := greatest(asked.recorded_from, met.began - interval '1 minute');
        asked.recorded_to := least(asked.recorded_to, met.ends + interval '1 minute');
    end if;
    if filter.request_of is not null then
        select entry.request_id, entry.recorded_at into met from accesslog.entry
        where entry.id = filter.request_of and (accesslog.moment_of(filter.request_of) is null
              or entry.recorded_at between accesslog.moment_of(filter.request_of) and accesslog.moment_of(filter.request_of) + interval '1 millisecond');
        asked.request_id := met.request_id;
        asked.recorded_from := greatest(asked.recorded_from, met.recorded_at - interval '15 minutes');
        asked.recorded_to := least(asked.recorded_to, met.recorded_at + interval '15 minutes');
        asked.nothing := asked.nothing or met.request_id is null;
    end if;
    if filter.address is not null then
        select side.entry_id, side.ip into met from accesslog.entry_subject as side where side.ip = filter.address::inet order by side.recorded_at desc limit 1;
        of_address := met.entry_id;
        asked.address := met.ip;
        number := case when of_address is null then 'nobody' end;
        asked.nothing := asked.nothing or of_address is null;
    elsif of_address is not null then
        select side.ip into asked.address from accesslog.entry_subject as side where side.entry_id = of_address;
        asked.nothing := asked.nothing or asked.address is null;
    end if;
    facts := jsonb_build_object(
        'since', gate.moment(filter.recorded_from), 'until', gate.moment(filter.recorded_to), 'company', filter.company_id, 'account', filter.actor_id,
        'action', asked.action, 'decision', asked.decision, 'by_role', asked.role, 'purpose', filter.purpose, 'for_reason', asked.reason,
        'item', filter.item, 'hour', filter.hour, 'session', filter.session_id, 'request_of', filter.request_of, 'address_of', of_address, 'number', number);
    return next;
end
$$;

-- Whoever may not ask the log for what a filter finds is recorded as refused, and gets no row. Otherwise the entry of the asking, and what
-- is asked for.
create function gate.ask_log(action text, filter gate.log_filter, one uuid, more jsonb default '{}')
returns table (entry uuid, asked gate.log_asked)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    found record;
begin
    if viewer.role is distinct from 'compliance' then
        perform gate.record(action, viewer, case when viewer.session_id is null then @'no_live_session' else @'not_for_this_role' end);
        return;
    end if;
    select * into found from gate.looked_for(filter, one);
    asked := found.asked;
    entry := gate.record(action, viewer, introduction => asked.introduction, candidate => asked.person, subject => one,
                         document_digest => asked.document, facts => found.facts || more);
    return next;
end
$$;

-- for: portal_web
create function gate.log_entries(filter gate.log_filter, one uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns setof gate.log_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    begun record;
begin
    select * into begun from gate.ask_log(@'log_read', filter, one);
    if not found then
        return;
    end if;
    return query select * from gate.log_page(begun.asked, from_at, from_id, backwards, least(page_size, 100));
end
$$;

-- The same, a line for each request: its first entry of those found, how many there are, up to thirty of them in short. Then the places of
-- the first and the last in the order of the page. A page looks through 1500 entries; "more" says that there are others. Where it came to the end of a
-- step before, of an address or a person, a last row has no line and the step's end as its place.
-- for: portal_web
create function gate.log_requests(filter gate.log_filter, one uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns table (line gate.log_row, entries bigint, parts jsonb, near_at timestamptz, near_id uuid, far_at timestamptz, far_id uuid, more boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    begun record;
    found accesslog.entry[];
begin
    select * into begun from gate.ask_log(@'log_read', filter, one);
    if begun.entry is null then
        return;
    end if;
    found := gate.log_found(begun.asked, from_at, from_id, backwards, 1501, case when not backwards then gate.log_step() end);
    return query
        with scanned as materialized (
            select one.id, one.recorded_at, one.action, one.decision, one.introduction_id, one.ordinality as place, coalesce(one.request_id, one.id) as request,
                   row_number() over (partition by coalesce(one.request_id, one.id) order by one.ordinality) = 1 as first
            from unnest(found[1:1500]) with ordinality as one
        ), numbered as materialized (
            select scanned.*, sum(first::integer) over (order by place) as passed from scanned
        ), lines as (
            select request, min(place) as began, min(passed) as number, count(*) as entries, (array_agg(place order by recorded_at, id))[1] as shown,
                   (array_agg(place order by recorded_at, id))[1:30] as told
            from numbered where passed <= least(page_size, 100) group by request
        ), bounded as (
            select lines.*, coalesce(lead(began) over (order by began) - 1,
                                     (select max(place) from numbered where passed <= least(page_size, 100))) as ended,
                   cardinality(found) > 1500 or exists (select from numbered where passed > least(page_size, 100)) as more
            from lines
        )
        select named, bounded.entries,
               (select jsonb_agg(jsonb_build_object('id', part.id, 'at', part.recorded_at, 'action', part.action, 'decision', part.decision,
                                                    'code', introduced.code, 'introduction', part.introduction_id) order by part.recorded_at, part.id)
                from numbered as part left join personal.introduction as introduced on introduced.id = part.introduction_id
                where bounded.entries > 1 and part.place = any (bounded.told)),
               near.recorded_at, near.id, far.recorded_at, far.id, bounded.more
        from bounded
        join numbered as near on near.place = bounded.began
        join numbered as far on far.place = bounded.ended
        join gate.log_named(array(select found[lines.shown] from lines)) as named on named.id = (found[bounded.shown]).id
        order by near.recorded_at desc, near.id desc;
    if not backwards and cardinality(found) <= 1500 then
        return query select null::gate.log_row, 0::bigint, null::jsonb, null::timestamptz, null::uuid, reached.at, reached.id, true
                     from gate.log_reached(begun.asked, from_at, from_id) as reached where reached.id is not null;
    end if;
end
$$;
