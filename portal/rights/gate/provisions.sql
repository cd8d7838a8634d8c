grant insert on portal.company_particulars to portal_gate;
grant insert, update (items, purposes, first_at, last_at, person_name, contract, sources), delete on personal.provision to portal_gate;
grant update (until) on personal.provision_mark to portal_gate;

-- The records of provisions (APPI 29, 30). They are made from the log's entries, and so of every disclosure to a company: each stands on a
-- consent. What the operator's own staff look at is no provision, and neither is what was refused.

create function gate.note_particulars() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.company_particulars (company_id, since, name, name_latin, corporate_number, country, address, representative)
    values (new.id, case when tg_op = 'INSERT' then '-infinity' else now() end, new.name, new.name_latin, new.corporate_number, new.country,
            new.address, new.representative);
    return null;
end
$$;
create trigger particulars_first after insert on portal.company for each row execute function gate.note_particulars();
create trigger particulars after update of name, name_latin, corporate_number, country, address, representative on portal.company
for each row when ((old.name, old.name_latin, old.corporate_number, old.country, old.address, old.representative)
                   is distinct from (new.name, new.name_latin, new.corporate_number, new.country, new.address, new.representative))
execute function gate.note_particulars();

-- Three years from the last provision; one where a contract with the person holds all of it and stands in for the record.
create function gate.provision_kept_until(record personal.provision) returns timestamptz
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select (record.last_at at time zone 'Asia/Tokyo' + case when record.contract is null then interval '3 years' else interval '1 year' end)
           at time zone 'Asia/Tokyo'
$$;

-- From whom these items were, as the person's own record says it: kept in the record of the provision, which outlives that one.
create function gate.sources_of(sources jsonb, items integer) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array(select distinct said.value ->> 'source' as source
                 from jsonb_each(sources) as said (key, value)
                 join portal.item on item.code = said.key or said.key = 'date_of_birth' and item.code = 'age'
                 where item.mask & sources_of.items <> 0 and said.value ->> 'source' is not null order by source)
$$;

-- Makes or continues the records of these transactions' entries, or of one person's. What is read twice changes nothing.
create function gate.put_provisions(since xid8, before xid8, person uuid default null) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    put integer;
begin
    insert into personal.provision as kept (introduction_id, candidate_id, company_id, particulars_id, consent_id, agreement_id, code, person_reference,
                                            person_name, items, purposes, first_at, last_at, consent_given_at, notice_id, sources)
    select introduction.id, introduction.candidate_id, introduction.company_id, then_.id, consent.id, entry.agreement_id, introduction.code,
           candidate.reference, person.name ->> 'display', bit_or(entry.items), bit_or(entry.purpose), min(entry.recorded_at), max(entry.recorded_at),
           consent.given_at, consent.notice_id, gate.sources_of(person.sources, bit_or(entry.items))
    from accesslog.entry
    join personal.introduction on introduction.id = entry.introduction_id
    join personal.candidate on candidate.id = introduction.candidate_id and candidate.erased_at is null
    join personal.consent on consent.id = entry.consent_id
    left join personal.candidate_items as person on person.candidate_id = candidate.id
    cross join lateral (
        select known.id from portal.company_particulars as known
        where known.company_id = introduction.company_id and known.since <= entry.recorded_at order by known.since desc limit 1
    ) as then_
    where entry.decision = 'permitted' and entry.items <> 0 and entry.role in ('recruiter', 'employer_admin') and entry.company_id = introduction.company_id
      and entry.agreement_id is not null and entry.transaction >= put_provisions.since and entry.transaction < before
      and (put_provisions.person is null or entry.introduction_id in (select one.id from personal.introduction as one where one.candidate_id = put_provisions.person))
    group by introduction.id, then_.id, consent.id, entry.agreement_id, candidate.reference, person.name, person.sources
    on conflict (introduction_id, consent_id, agreement_id, particulars_id) do update
    set items = kept.items | excluded.items, purposes = kept.purposes | excluded.purposes,
        first_at = least(kept.first_at, excluded.first_at), last_at = greatest(kept.last_at, excluded.last_at),
        person_name = coalesce(kept.person_name, excluded.person_name),
        sources = array(select distinct one from unnest(kept.sources || excluded.sources) as one order by one)
    where kept.items | excluded.items <> kept.items or kept.purposes | excluded.purposes <> kept.purposes
       or excluded.first_at < kept.first_at or excluded.last_at > kept.last_at or not kept.sources @> excluded.sources;
    get diagnostics put = row_count;
    return put;
end
$$;

-- How many records were made or continued since the last time. Only one worker does it at a time.
-- for: portal_worker
create function gate.keep_provisions() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    seen pg_snapshot := pg_current_snapshot();
    since xid8;
    put integer;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('personal.provision', 0)) then
        return 0;
    end if;
    select until into since from personal.provision_mark;
    if since >= pg_snapshot_xmax(seen) then
        since := '0';  -- this is the copy of another cluster, whose transactions have ended
    end if;
    put := gate.put_provisions(since, case when since = '0' then pg_snapshot_xmax(seen) else pg_snapshot_xmin(seen) end);
    update personal.provision_mark set until = pg_snapshot_xmin(seen) where until <> pg_snapshot_xmin(seen);
    return put;
end
$$;

-- Records whose time is over are forgotten, and that they were is an entry.
-- for: portal_worker
create function gate.forget_provisions(t timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    program gate.viewer_row;
    gone integer;
begin
    delete from personal.provision where gate.provision_kept_until(provision) <= t and t <= now();
    get diagnostics gone = row_count;
    if gone > 0 then
        program.role := 'operator_program';
        perform gate.record(@'provisions_forgotten', program, facts => jsonb_build_object('records', gone));
    end if;
    return gone;
end
$$;

-- A contract with the person holds all that a record holds, and stands in for it: then it is kept for a year. False where there is none.
-- for: portal_web
create function gate.provision_by_contract(record uuid, contract text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found personal.provision;
begin
    if refusal is null then
        select * into found from personal.provision where provision.id = record for no key update;
        refusal := case when found.id is null then @'no_such_record' end;
    end if;
    perform gate.record(@'provision_by_contract', viewer, refusal, introduction => found.introduction_id, company => found.company_id,
                        candidate => found.candidate_id);
    if refusal is not null then
        return false;
    end if;
    update personal.provision set contract = nullif(btrim(provision_by_contract.contract), '') where provision.id = record;
    return true;
end
$$;

-- A record with what it names: the recipient as it was, the provider as the agreement names it, the consent and its notice.
create function gate.told_provision(one personal.provision) returns gate.provision_row
language sql stable set search_path = pg_catalog, pg_temp as $$
    select row(one.id, one.introduction_id, one.candidate_id, one.code, one.person_reference, one.person_name, one.company_id,
               then_.name, then_.name_latin, then_.corporate_number, then_.country, then_.address, then_.representative,
               gate.item_codes(one.items), gate.purpose_codes(one.purposes), one.first_at, one.last_at, one.consent_given_at,
               notice.reference, notice.version, agreement.number, agreement.version, agreement.operator_name, agreement.operator_address,
               agreement.operator_representative, one.contract, gate.provision_kept_until(one),
               one.sources)::gate.provision_row
    from portal.company_particulars as then_
    join portal.notice on notice.id = one.notice_id
    join portal.agreement on agreement.id = one.agreement_id
    where then_.id = one.particulars_id
$$;

create function gate.without_names(records personal.provision[]) returns personal.provision[]
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
    for place in 1 .. cardinality(records) loop
        records[place].person_name := null;
    end loop;
    return records;
end
$$;

-- The records that compliance asks for, the latest first: of a person by number or code, of a company, of a time. A "form" gives the
-- persons' names as well, and then each person has an entry of their own.
-- for: portal_web
create function gate.provisions(company uuid, number text, since timestamptz, until timestamptz, from_at timestamptz, from_id uuid, backwards boolean,
                                page_size integer, form text)
returns setof gate.provision_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    person uuid := (select one.candidate_id from personal.provision as one
                    where one.person_reference = btrim(provisions.number) or one.code = upper(btrim(provisions.number)) limit 1);
    found personal.provision[];
    act text := case when provisions.form is null then @'provisions_read' else @'provisions_exported' end;
begin
    perform gate.record(act, viewer, refusal, candidate => case when refusal is null then person end,
                        facts => jsonb_build_object('company', provisions.company, 'since', gate.moment(provisions.since), 'until', gate.moment(provisions.until),
                                                    'form', provisions.form, 'number', case when refusal is not null or nullif(provisions.number, '') is null then null
                                                                                            when person is null then 'nobody' else 'candidate' end));
    if refusal is not null then
        return;
    end if;
    found := array(
        select one from personal.provision as one
        where (provisions.company is null or one.company_id = provisions.company)
          and (nullif(provisions.number, '') is null or one.candidate_id = person)
          and (provisions.since is null or one.last_at >= provisions.since) and (provisions.until is null or one.first_at < provisions.until)
          and (from_at is null or case when backwards then (one.last_at, one.id) > (from_at, from_id) else (one.last_at, one.id) < (from_at, from_id) end)
        order by case when backwards then one.last_at end, case when backwards then one.id end, one.last_at desc, one.id desc
        limit least(page_size, case when provisions.form is null then 100 else 20001 end));
    if provisions.form is not null then
        perform gate.record(@'provision_named', viewer, introduction => min(one.introduction_id::text)::uuid, items => @name, candidate => one.candidate_id)
        from unnest(found) as one group by one.candidate_id;
    end if;
    return query
        select told.* from unnest(case when provisions.form is null then gate.without_names(found) else found end) as one
        cross join lateral gate.told_provision(one) as told order by told.last_at desc, told.id desc;
end
$$;

-- The recipient's own record (APPI 30), for the employer's administrators: by the codes of the introductions, without any item.
-- for: portal_web
create function gate.received_provisions(form text, page_size integer) returns setof gate.provision_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
    told gate.provision_row;
begin
    perform gate.record(case when form is null then @'received_read' else @'received_exported' end, viewer, refusal,
                        facts => jsonb_build_object('form', received_provisions.form));
    if refusal is not null then
        return;
    end if;
    for told in
        select made.* from personal.provision as one cross join lateral gate.told_provision(one) as made
        where one.company_id = viewer.company_id order by one.last_at desc, one.id desc limit least(page_size, 20001)
    loop
        told.introduction_id := null;
        told.candidate_id := null;
        told.person_name := null;
        told.person_reference := null;
        told.contract := null;  -- it is the person's with the operator
        return next told;
    end loop;
end
$$;
