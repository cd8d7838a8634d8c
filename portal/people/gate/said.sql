grant insert on personal.statement to portal_gate;

-- What a person says, recorded by staff or by a program of the operator. Each act is one function for pages, commands and the import.

-- Keeps how it was said and what the recorder noted, and tells the person by mail that something was recorded. A program keeps its own
-- proof, and those whose data it brings were told by whoever sent it.
create function gate.put_statement(viewer gate.viewer_row, person uuid, kind text, company uuid, channel text, note text,
                                   id uuid default gen_random_uuid(), consent uuid default null) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if viewer.role = 'operator_program' then
        return;
    end if;
    insert into personal.statement (id, candidate_id, kind, company_id, channel, note, recorded_by, consent_id)
    values (put_statement.id, person, put_statement.kind, company, put_statement.channel, put_statement.note, viewer.account_id, consent);
    perform gate.put_mail_to_person('statement_recorded', person);
end
$$;

-- "withdrawn", or "nothing" when no statement about the company stands that is not withdrawn already. Null: this viewer may not. A page
-- withdraws the newest statement as of now; the import says which one and when.
-- for: portal_web, portal_owner
create function gate.withdraw_consent(person uuid, company uuid, channel text, note text, statement uuid default null, at timestamptz default now())
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    refusal text := gate.refused_person(viewer, person);
    found personal.consent;
begin
    if refusal is null and not (company in (select gate.companies_of_person(viewer, person))) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(@'consent_withdrawn', viewer, refusal, candidate => (select id from personal.candidate where id = person));
        return null;
    end if;
    if viewer.role <> 'operator_program' then
        statement := null;
        at := now();
    end if;
    select consent.* into found from personal.consent
    where consent.candidate_id = person and consent.company_id = company
      and (consent.id = statement or statement is null)
    order by consent.given_at desc, consent.id desc limit 1 for no key update;
    if found.id is null or found.withdrawn_at <= at then
        perform gate.record(@'consent_withdrawn', viewer, @'nothing_to_withdraw', company => company, subject => found.id, candidate => person);
        return 'nothing';
    end if;
    update personal.consent set withdrawn_at = at where consent.id = found.id;
    perform gate.record(@'consent_withdrawn', viewer, company => company, subject => found.id, candidate => person,
                        facts => jsonb_build_object('channel', channel));
    perform gate.put_statement(viewer, person, 'withdrawal', company, channel, note);
    return 'withdrawn';
end
$$;

-- Restricts the use of a person's data, or notes that the person objects to it. "done", or "already" when it stands by then. Null: this
-- viewer may not.
-- for: portal_web, portal_owner
create function gate.hold_person(person uuid, what text, channel text, note text, at timestamptz default now()) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    refusal text := gate.refused_person(viewer, person);
    act text := case what when 'restriction' then @'use_restricted' when 'objection' then @'use_objected_to' end;
begin
    if act is null then
        raise exception 'a person restricts the use of their data, or objects to it' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is not null then
        perform gate.record(act, viewer, refusal, candidate => (select id from personal.candidate where id = person));
        return null;
    end if;
    if viewer.role <> 'operator_program' then
        at := now();
    end if;
    update personal.candidate set
        restricted_at = case what when 'restriction' then at else candidate.restricted_at end,
        objected_at = case what when 'objection' then at else candidate.objected_at end,
        updated_at = now()
    where candidate.id = person and coalesce(case what when 'restriction' then restricted_at else objected_at end > at, true);
    if not found then
        perform gate.record(act, viewer, @'nothing_to_change', candidate => person);
        return 'already';
    end if;
    perform gate.record(act, viewer, candidate => person, facts => jsonb_build_object('channel', channel));
    perform gate.put_statement(viewer, person, what, null, channel, note);
    return 'done';
end
$$;
