-- Exporting what a filter finds. The entry of its beginning says what was asked for, and that alone is given out page by page: to the
-- same sign-in, within an hour, and only entries from before it. An entry of its end says how many there were and what their hash is.

-- for: portal_web
create function gate.begin_export(filter gate.log_filter, one uuid, form text) returns table (export uuid, recorded_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select asked.entry, now() from gate.ask_log(@'log_exported', filter, one, jsonb_build_object('form', form)) as asked
$$;

-- Up to 2000 entries after a place, the newest first. Raises when it may not go on.
-- for: portal_web
create function gate.export_page(export uuid, from_at timestamptz, from_id uuid, page_size integer) returns setof gate.log_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    begun record;
    filter gate.log_filter;
    asked gate.log_asked;
begin
    select entry.*, side.candidate_id into begun
    from accesslog.entry left join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
    where entry.id = export_page.export and entry.recorded_at > now() - interval '1 hour' and entry.action = @'log_exported'
      and entry.decision = 'permitted' and entry.session_id = viewer.session_id;
    if begun.id is null or viewer.role is distinct from 'compliance' then
        raise exception 'this export may not go on' using errcode = 'insufficient_privilege';
    end if;
    filter.recorded_from := (begun.facts ->> 'since')::timestamptz;
    filter.recorded_to := (begun.facts ->> 'until')::timestamptz;
    filter.company_id := (begun.facts ->> 'company')::uuid;
    filter.actor_id := (begun.facts ->> 'account')::uuid;
    filter.action := begun.facts ->> 'action';
    filter.decision := begun.facts ->> 'decision';
    filter.role := begun.facts ->> 'by_role';
    filter.purpose := begun.facts ->> 'purpose';
    filter.reason := begun.facts ->> 'for_reason';
    filter.item := begun.facts ->> 'item';
    filter.hour := (begun.facts ->> 'hour')::integer;
    filter.session_id := (begun.facts ->> 'session')::uuid;
    filter.request_of := (begun.facts ->> 'request_of')::uuid;
    filter.address_of := (begun.facts ->> 'address_of')::uuid;
    filter.document := begun.document_digest;
    select (wanted.asked).* into asked from gate.looked_for(filter, begun.subject_id) as wanted;
    asked.introduction := begun.introduction_id;
    asked.person := begun.candidate_id;
    asked.nothing := asked.nothing or begun.facts ->> 'number' = 'nobody';  -- a number that nobody has finds nothing
    return query select * from gate.log_page(asked, coalesce(from_at, begun.recorded_at), coalesce(from_id, begun.id), false, least(page_size, 2000));
end
$$;

-- How an export ended, once; in the name of the sign-in that began it, also after that has ended.
-- for: portal_web
create function gate.end_export(export uuid, entries bigint, digest bytea, whole boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    begun record;
begin
    select entry.* into begun
    from accesslog.entry join portal.session on session.id = entry.session_id
    where entry.id = end_export.export and entry.recorded_at > now() - interval '2 hours' and entry.action = @'log_exported'
      and entry.decision = 'permitted'
      and session.secret_hash = sha256(convert_to(nullif(current_setting('portal.session', true), ''), 'UTF8'));
    if begun.id is null or exists (
        select from accesslog.entry as told
        where told.action = @'log_export_ended' and told.recorded_at >= begun.recorded_at and told.subject_id = begun.id
    ) then
        return false;
    end if;
    viewer.session_id := begun.session_id;
    viewer.account_id := begun.actor_id;
    viewer.role := begun.role;
    perform gate.record(@'log_export_ended', viewer, subject => begun.id, document_digest => digest,
                        facts => jsonb_build_object('entries', entries, 'whole', nullif(whole, false)));
    return true;
end
$$;
