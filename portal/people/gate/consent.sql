grant insert on personal.evidence, personal.consent, personal.document_key to portal_gate;

-- A consent that a person gave on paper or by telephone, recorded by staff; or one that a file brings. What it opens is reckoned by the
-- trigger of the table, from the notice.

-- Up to 20 companies that a consent of this person may be about, to this viewer, and that are called so (gate.companies_called).
-- for: portal_web
create function gate.companies_of_consent_called(person uuid, asked text)
returns table (id uuid, name text, name_latin text, mark text, manager text, is_just_that boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if gate.refused_person(viewer, person) is not null then
        return;
    end if;
    return query
    select company.id, company.name, company.name_latin, gate.mark_of(company), null::text, called.is_just_that
    from gate.companies_so_called(asked) as called
    join portal.company on company.id = called.id and company.status <> 'terminated'
    where company.id in (select gate.companies_of_person(viewer, person))
    order by 6 desc, company.name collate "C", company.id
    limit 20;
end
$$;

-- The notices that a consent of this person can have been given to, newest first. Their columns say what they cover, and they speak to
-- people under the person's law, or under the one that goes on for older consents.
-- for: portal_web
create function gate.notices_for(person uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if gate.refused_person(viewer, person) is not null then
        return null;
    end if;
    return (select coalesce(jsonb_agg(jsonb_build_array(notice.id, notice.reference, notice.version, notice.language, notice.country, notice.most_days)
                                      order by notice.published_at desc, notice.reference, notice.version desc, notice.language), '[]')
            from portal.notice
            where notice.items is not null
              and not exists (select from personal.candidate where candidate.id = person and candidate.regime is not null
                              and not exists (select from portal.regime where regime.code in (candidate.regime, candidate.former_regime)
                                              and regime.mask & notice.regimes <> 0)));
end
$$;

-- The key that a person's files are sealed with, made by the caller when there is none; the one that stands is answered.
-- for: portal_web
create function gate.document_key_of_person(person uuid, new_master text, new_wrapped bytea) returns table (master_key_id text, wrapped_key bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if gate.refused_person(gate.viewer(), person) is not null then
        return;
    end if;
    insert into personal.document_key (candidate_id, master_key_id, wrapped_key) values (person, new_master, new_wrapped)
    on conflict (candidate_id) do nothing;
    return query select key.master_key_id, key.wrapped_key from personal.document_key as key where key.candidate_id = person;
end
$$;

-- Notes a stored scan beside the statement that it proves, when there is one: its key, pages, bytes and digests.
create function gate.put_evidence(person uuid, statement uuid, file jsonb) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into personal.evidence (candidate_id, statement_id, pages, bytes, object_key, content_digest, received_digest)
    select person, statement, (file ->> 'pages')::integer, (file ->> 'bytes')::integer, file ->> 'object_key',
           decode(file ->> 'content_digest', 'hex'), decode(file ->> 'received_digest', 'hex')
    where file is not null
$$;

-- "result" is "recorded", "lacking" (with what the statement lacks) or "beyond" (it goes further than the notice shown). It is "ended" when the
-- statement's end is not after its beginning. Nothing is written but in the first case, and the entry says that it was refused. No row: the
-- viewer may not. "file" is the stored scan: its key, pages, bytes and digests. "before" says what it was given before, so that it opens less
-- than one given now: see gate.said_before.
-- for: portal_web, portal_owner
create function gate.record_consent(
    person uuid, company uuid, notice uuid, items integer, purposes integer, given timestamptz, ends timestamptz,
    channel text, evidence text, reference text default null, withdrawn timestamptz default null, file jsonb default null
) returns table (result text, consent_id uuid, lacks text[], before text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    by_program boolean := coalesce(viewer.role = 'operator_program', false);
    act text := case when by_program then @'consent_imported' else @'consent_recorded' end;
    refusal text := gate.refused_person(viewer, person);
    shown portal.notice;
    said personal.consent;
    statement uuid := gen_random_uuid();
begin
    if not by_program then
        reference := null;
        withdrawn := null;  -- a withdrawal is an act of its own
    end if;
    select * into shown from portal.notice where notice.id = record_consent.notice;
    if refusal is null and (shown.id is null or not (company in (select gate.companies_of_person(viewer, person)))
                            or not by_program and channel not in ('paper', 'telephone')) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(act, viewer, refusal, candidate => (select candidate.id from personal.candidate where candidate.id = person));
        return;
    end if;
    said.given_at := given; said.expires_at := ends; said.created_at := now(); said.channel := channel;
    said.evidence := coalesce(case when not gate.is_blank(evidence) then evidence end, case when file is not null then 'statement ' || statement end);
    lacks := gate.lacks(said, shown);
    result := case when lacks is not null then 'lacking'
                   when shown.items & items <> items or shown.purposes & purposes <> purposes then 'beyond'
                   when ends <= given then 'ended' else 'recorded' end;
    if result <> 'recorded' then
        perform gate.record(act, viewer, @'consent_unsupported', company => company, candidate => person);
        return next;
        return;
    end if;
    insert into personal.consent (reference, candidate_id, company_id, notice_id, items, purposes, given_at, expires_at, withdrawn_at, channel, evidence)
    values (coalesce(reference, 'C-' || gen_random_uuid()), person, company, shown.id, items, purposes, given, ends, withdrawn, channel, said.evidence)
    returning consent.id into consent_id;
    perform gate.record(act, viewer, company => company, subject => consent_id, candidate => person,
                        facts => case when not by_program then jsonb_build_object('channel', channel) end);
    if not by_program then
        perform gate.put_statement(viewer, person, 'consent', company, channel, said.evidence, statement, consent_id);
        perform gate.put_evidence(person, statement, file);
    end if;
    before := gate.said_before(given, shown.regimes, shown.country, person, company);
    return next;
end
$$;

-- Opens a scanned paper to staff, on a ground.
-- for: portal_web
create function gate.open_evidence(person uuid, statement uuid, ground text)
returns table (candidate_id uuid, object_key text, content_digest bytea, master_key_id text, wrapped_key bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_person(viewer, person);
    file record;
    digest bytea;
begin
    if (ground = any (gate.grounds())) is not true then
        raise exception 'a paper is opened on one of the grounds' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is null then
        select stored.*, key.master_key_id, key.wrapped_key into file
        from personal.evidence as stored
        join personal.statement as about on about.id = stored.statement_id
        join personal.document_key as key on key.candidate_id = stored.candidate_id
        where stored.statement_id = statement and stored.candidate_id = person
          and (about.company_id is null or about.company_id in (select gate.companies_of_person(viewer, person)));
        refusal := case when file.id is null then @'no_such_record' end;
        digest := file.content_digest;
    end if;
    perform gate.record(@'evidence_opened', viewer, refusal, document_digest => digest,
                        candidate => (select candidate.id from personal.candidate where candidate.id = person),
                        facts => jsonb_build_object('ground', ground));
    if refusal is null then
        return query select file.candidate_id, file.object_key, file.content_digest, file.master_key_id, file.wrapped_key;
    end if;
end
$$;

-- The items of a person, all of them or some, for staff, on a ground. Photo and uploaded file are not among them. "seen" has each item's mark.
-- for: portal_web
create function gate.look_at_person(person uuid, ground text, wanted integer default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_person(viewer, person);
    readable constant integer := (select sum(mask) from portal.item where mask & (@photo | @resume_original) = 0);
    read constant integer := coalesce(wanted, readable) & readable;
    found personal.candidate_items;
begin
    if (ground = any (gate.grounds())) is not true then
        raise exception 'a person is looked at on one of the grounds' using errcode = 'invalid_parameter_value';
    end if;
    select * into found from personal.candidate_items as items where items.candidate_id = person;
    perform gate.record(@'person_looked_at', viewer, refusal, items => case when refusal is null then read else 0 end,
                        candidate => (select candidate.id from personal.candidate where candidate.id = person),
                        facts => jsonb_build_object('ground', ground));
    if refusal is null then
        return (select coalesce(jsonb_object_agg(one.key, one.value), '{}')
                       || jsonb_build_object('seen', coalesce(jsonb_object_agg(one.key, gate.item_mark(one.value)), '{}'))
                from jsonb_each(to_jsonb(found)) as one join portal.item on item.code = one.key
                where item.mask & read <> 0)
            -- What companies noted and asked about the person, and how they judged them, is part of what is held: for compliance alone, when the
            -- person asks.
            || case when viewer.role = 'compliance' and ground = 'person_asked' and read = readable
                    then jsonb_build_object('notes', gate.notes_about(person), 'scorecards', gate.scorecards_about(person),
                                            'questions', gate.questions_about(person)) else '{}' end;
    end if;
    return null;
end
$$;
