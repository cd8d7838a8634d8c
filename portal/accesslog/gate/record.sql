-- Writing the log. Every function of the gate that shows, counts, opens or refuses anything writes here, in the same transaction.

create function gate.request() returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(nullif(current_setting('portal.request', true), ''), '{}')::jsonb
$$;

-- "refusal" is the code of a refused act, "reasons" what the rule has against it. "facts" are those that portal.accesslog.actions
-- declares for the action: one that is null is left out.
create function gate.record(
    act text, viewer gate.viewer_row, refusal text default null, reasons bigint default 0,
    introduction uuid default null, company uuid default null, purpose integer default 0, items integer default 0,
    consent uuid default null, agreement uuid default null, document_digest bytea default null,
    subject uuid default null, candidate uuid default null, facts jsonb default null
) returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    entry uuid := accesslog.entry_id(now());
    salt bytea := uuid_send(gen_random_uuid());
    request jsonb := gate.request();
    address inet := coalesce((request ->> 'ip')::inet, viewer.ip);
    browser text := left(coalesce(request ->> 'agent', viewer.agent), 300);
    codes text[] := array_remove(array[refusal], null);
    kind text;
begin
    if viewer.session_id is null and viewer.role is null then
        if refusal = @'no_live_session' or reasons & @no_live_session <> 0 then
            perform gate.count_unsigned(act, 1);
            return null;
        elsif refusal = @'too_many_tries' then
            perform gate.count_unsigned(act, 1, @'too_many_tries');
            return null;
        end if;
    end if;
    if reasons <> 0 then
        codes := codes || gate.reason_codes(reasons);
    end if;
    if subject is not null then
        select action.subject into kind from accesslog.action where action.code = act;
    end if;
    insert into accesslog.entry (id, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                                 decision, reasons, consent_id, agreement_id, document_digest, subject_id, subject_kind, facts, commitment,
                                 agreement_digest)
    values (entry, act, viewer.account_id, viewer.role, coalesce(company, viewer.company_id), viewer.session_id, (request ->> 'id')::uuid,
            introduction, purpose, items, case when refusal is null then gate.decision(reasons) else 'refused' end, nullif(codes, '{}'),
            consent, agreement, document_digest, subject, kind, nullif(jsonb_strip_nulls(facts), '{}'),
            accesslog.commitment(salt, candidate, address, browser),
            (select paper.digest from portal.agreement_paper as paper where paper.agreement_id = coalesce((
                select joined.joined_agreement_id from portal.agreement as joined where joined.id = agreement), agreement)));
    insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
    values (entry, now(), salt, candidate, address, browser);
    return entry;
end
$$;

-- A moment as a fact is written, whatever time zone the session has.
create function gate.moment(at timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- What an entry says beside its columns is of a declared kind, and a word one of its list: nothing that somebody typed gets into it.
create function gate.check_facts() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    wrong text;
begin
    select string_agg(given.key, ', ') into wrong
    from jsonb_each(new.facts) as given
    left join accesslog.action on action.code = new.action and given.key = any (action.facts)
    left join accesslog.fact on fact.key = given.key and action.code is not null
    cross join lateral (select given.value #>> '{}' as value, jsonb_typeof(given.value) as type) as plain
    where not coalesce(case fact.kind
        when 'flag' then plain.type = 'boolean'
        when 'number' then plain.type = 'number'
        when 'word' then plain.type = 'string' and plain.value = any (fact.words)
        when 'moment' then plain.type = 'string' and plain.value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$'
        else plain.type = 'string' and plain.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    end and fact.kind is not null, false);
    if wrong is not null then
        raise exception 'an entry of % says no such thing: %', new.action, wrong using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger facts before insert on accesslog.entry for each row when (new.facts is not null) execute function gate.check_facts();

-- For the operator's own programs (import, demo), which run as the owner: what they did to whom, on the record like everyone else.
-- for: portal_owner
create function gate.record_import(act text, candidate uuid, company uuid, subject uuid, facts jsonb default null) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
begin
    nobody.role := 'operator_program';
    return gate.record(act, nobody, company => company, subject => subject, candidate => candidate, facts => facts);
end
$$;
