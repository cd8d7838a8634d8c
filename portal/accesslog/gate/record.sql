-- Writing the log. Every function of the gate that shows, counts, opens or refuses anything writes here, in the same transaction.

create function gate.decision(reasons integer) returns text
language sql immutable parallel safe as $$
    select case when reasons = 0 then 'permitted' when reasons & @missing_fact = reasons then 'undetermined' else 'refused' end
$$;

create function gate.reason_codes(reasons integer) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(code order by mask), '{}') from portal.reason where reason.mask & reasons <> 0
$$;

create function gate.request() returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(nullif(current_setting('portal.request', true), ''), '{}')::jsonb
$$;

create function gate.record(
    act text, viewer gate.viewer_row, refusal integer default 0,
    introduction uuid default null, company uuid default null, purpose integer default 0, items integer default 0,
    consent uuid default null, agreement uuid default null, document_digest bytea default null,
    subject uuid default null, candidate uuid default null
) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    entry uuid := accesslog.entry_id(now());
    salt bytea := uuid_send(gen_random_uuid());
    request jsonb := gate.request();
    address inet := coalesce((request ->> 'ip')::inet, viewer.ip);
    browser text := left(coalesce(request ->> 'agent', viewer.agent), 300);
begin
    insert into accesslog.entry (id, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                                 decision, reasons, consent_id, agreement_id, document_digest, subject_id, commitment)
    values (entry, act, viewer.account_id, viewer.role, coalesce(company, viewer.company_id), viewer.session_id, (request ->> 'id')::uuid,
            introduction, purpose, items, gate.decision(refusal), refusal, consent, agreement, document_digest, subject,
            accesslog.commitment(salt, candidate, address, browser));
    insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
    values (entry, now(), salt, candidate, address, browser);
    return entry;
end
$$;

-- For the operator's own programs (import, demo), which run as the owner: what they did to whom, on the record like everyone else.
-- for: portal_owner
create function gate.record_import(act text, candidate uuid, company uuid, subject uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
begin
    nobody.role := 'operator_program';
    return gate.record(act, nobody, company => company, subject => subject, candidate => candidate);
end
$$;
