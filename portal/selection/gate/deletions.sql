grant insert, update (attested_at, attested_by, attested_as) on personal.deletion_duty to portal_gate;

-- What a company's people downloaded has to be deleted once their access has ended. When it has, gate.standing says: that the consent, the
-- agreement or the company ended, or that the selection was decided, ended by itself or was withdrawn. A suspension or a restriction can be taken back, and is no end.

-- Notes what became due, of one company or of all; how many introductions it is.
create function gate.note_duties(whose uuid) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    ended record;
    copies uuid[];
    made uuid;
    noted integer := 0;
begin
    for ended in
        select standing.introduction_id, standing.company_id, why.cause,
               coalesce(case why.cause
                   when 'consent_ended' then (
                       select max(least(consent.withdrawn_at, consent.expires_at)) from personal.consent
                       where consent.candidate_id = standing.candidate_id and consent.company_id = standing.company_id
                         and least(consent.withdrawn_at, consent.expires_at) <= now())
                   when 'company_terminated' then company.terminated_at
                   when 'agreement_ended' then (
                       select max(gate.end_of(agreement)) from portal.agreement
                       where agreement.company_id = standing.company_id and gate.end_of(agreement) <= now())
                   when 'taken_back' then (
                       select taken.withdrawn_at from personal.introduction_withdrawal as taken where taken.introduction_id = standing.introduction_id)
                   when 'inactive' then standing.inactive_at
                   else standing.decided_at
               end, now()) as at
        from gate.standing
        join portal.company on company.id = standing.company_id
        cross join lateral (select case
            when standing.selection_reasons & (@consent_withdrawn | @consent_expired) <> 0 then 'consent_ended'
            when gate.state_of(company) = 'terminated' then 'company_terminated'
            when standing.selection_reasons & @agreement_not_in_force <> 0 then 'agreement_ended'
            when standing.selection_reasons & @introduction_withdrawn <> 0 then 'taken_back'
            when standing.decided_at <= now() - interval '5 minutes' then 'decided'  -- until then it can be taken back
            when standing.selection_reasons & @introduction_inactive <> 0 then 'inactive'
        end) as why (cause)
        where standing.introduction_id = any (array(select distinct download.introduction_id from personal.download
                                                    where download.duty_id is null and (whose is null or download.company_id = whose)))
          and standing.selection_items = 0 and why.cause is not null
    loop
        copies := array(select download.entry_id from personal.download
                        where download.introduction_id = ended.introduction_id and download.duty_id is null for update skip locked);
        if cardinality(copies) > 0 then
            insert into personal.deletion_duty (introduction_id, company_id, cause, ended_at, due_at, files)
            values (ended.introduction_id, ended.company_id, ended.cause, ended.at, ended.at + interval '30 days', cardinality(copies))
            returning id into made;
            update personal.download set duty_id = made where entry_id = any (copies);
            noted := noted + 1;
        end if;
    end loop;
    return noted;
end
$$;

-- for: portal_worker
create function gate.note_deletion_duties() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select gate.note_duties(null) $$;

-- Whether the person of an introduction was hired, as it stands after corrections.
create function gate.was_hired(introduction uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((select outcome.result = 'hired' from gate.outcome_of(was_hired.introduction) as outcome), false)
$$;

-- The duties of the own company, by the codes of the introductions and nothing else about anybody: those that are open, and of those
-- attested the newest. For its administrators; asking is recorded.
-- for: portal_web
create function gate.deletion_duties()
returns table (duty_id uuid, code text, cause text, ended_at timestamptz, due_at timestamptz, files integer, own_attested integer, hired boolean,
               attested_at timestamptz, attested_as text, attested_by text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
begin
    perform gate.record(@'deletions_listed', viewer, refusal);
    if refusal is not null then
        return;
    end if;
    perform gate.note_duties(viewer.company_id);
    return query
    select duty.id, introduction.code, duty.cause, duty.ended_at, duty.due_at, duty.files,
           (select count(*)::integer from personal.download as taken where taken.duty_id = duty.id and taken.attested_at is not null), gate.was_hired(introduction.id),
           duty.attested_at, duty.attested_as, account.display_name
    from personal.deletion_duty as duty
    join personal.introduction on introduction.id = duty.introduction_id
    left join portal.account on account.id = duty.attested_by
    where duty.company_id = viewer.company_id
    order by duty.attested_at desc nulls first, duty.due_at, introduction.code
    limit 300;
end
$$;

-- An administrator says that what was downloaded is deleted, or is kept because the law says so, which it can of somebody hired alone.
-- How many duties it closed; the others are refused, each with its entry. Null: it is not for this viewer.
-- for: portal_web
create function gate.attest_deletion(chosen uuid[], said text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
    asked uuid;
    duty personal.deletion_duty;
    closed integer := 0;
begin
    if refusal is not null then
        perform gate.record(@'deletion_attested', viewer, refusal);
        return null;
    end if;
    if cardinality(chosen) > 300 or said not in ('deleted', 'kept_by_law') then
        raise exception 'up to 300 duties, and one of two words' using errcode = 'invalid_parameter_value';
    end if;
    foreach asked in array coalesce(chosen, '{}') loop
        select found.* into duty from personal.deletion_duty as found where found.id = asked and found.company_id = viewer.company_id for update;
        refusal := case
            when duty.id is null then @'no_such_record'
            when duty.attested_at is not null then @'nothing_to_change'
            when said = 'kept_by_law' and not gate.was_hired(duty.introduction_id) then @'not_hired'
        end;
        perform gate.record(@'deletion_attested', viewer, refusal, introduction => duty.introduction_id, subject => duty.id,
                            facts => case when refusal is null then jsonb_build_object('attested', said) end);
        if refusal is null then
            update personal.deletion_duty set attested_at = now(), attested_by = viewer.account_id, attested_as = said where id = duty.id;
            closed := closed + 1;
        end if;
    end loop;
    return closed;
end
$$;

-- How many duties are open in the companies that an account manager looks after or stands in for: for the menu, up to 100.
create function gate.open_duties(viewer gate.viewer_row) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*)::integer
    from (select from personal.deletion_duty as duty
          where duty.attested_at is null
            and duty.company_id = any (array(select company.id from portal.company where company.account_manager_id = viewer.account_id
                                             union all select gate.stood_in_for(viewer)))
          limit 100) as first
$$;

-- Which companies still have something to delete: for whoever looks after them, and for compliance. Numbers alone.
-- for: portal_web
create function gate.open_deletions(asked uuid default null)
returns table (company_id uuid, name text, name_latin text, duties bigint, overdue bigint, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, company.name, company.name_latin, count(*), count(*) filter (where duty.due_at <= now()), min(duty.due_at)
    from personal.deletion_duty as duty
    join portal.company on company.id = duty.company_id
    where duty.attested_at is null and (asked is null or duty.company_id = asked)
      and gate.viewer_role() in ('account_manager', 'compliance') and company.id in (select gate.companies())
    group by company.id
    order by min(duty.due_at), company.id
$$;
