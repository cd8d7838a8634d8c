-- "Why can company A (not) see X?" For compliance, and for the account manager who looks after the company. Never for a recruiter.

create function gate.explain(introduction uuid)
returns table (introduction_id uuid, code text, candidate_reference text, company_id uuid, company_name text, opening_title text, stage text,
               selection_decision text, selection_reasons text[], selection_items text[],
               contact_decision text, contact_reasons text[], contact_items text[],
               facts jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    standing record;
    refusal integer;
begin
    select * into standing from gate.standing as found where found.introduction_id = introduction;
    refusal := case
        when viewer.session_id is null then @no_live_session
        when viewer.role not in ('compliance', 'account_manager') then @not_for_this_role
        when standing.introduction_id is null then @no_such_record
        when standing.company_id not in (select gate.companies()) then @other_company
        else 0
    end;
    perform gate.record('explained', viewer, refusal, introduction, company => standing.company_id, candidate => standing.candidate_id);
    if refusal <> 0 then
        return;
    end if;
    return query
    select standing.introduction_id, standing.code, candidate.reference, company.id, company.name, opening.title, standing.stage,
           gate.decision(standing.selection_reasons), gate.reason_codes(standing.selection_reasons), gate.item_codes(standing.selection_items),
           gate.decision(standing.contact_reasons), gate.reason_codes(standing.contact_reasons), gate.item_codes(standing.contact_items),
           jsonb_build_object(
               'company_status', company.status, 'company_country', company.country, 'regime', candidate.regime,
               'agreement_number', agreement.number, 'agreement_until', agreement.expires_at,
               'agreement_items', gate.item_codes(agreement.items), 'consent_items', gate.item_codes(consent.items),
               'consent_given_at', consent.given_at, 'consent_until', consent.expires_at, 'consent_withdrawn_at', consent.withdrawn_at,
               'decided_at', standing.decided_at, 'contact_until', standing.contact_until)
    from portal.company
    join portal.opening on opening.id = standing.opening_id
    join personal.candidate on candidate.id = standing.candidate_id
    left join portal.agreement on agreement.id = standing.agreement_id
    left join personal.consent on consent.id = standing.consent_id
    where company.id = standing.company_id;
end
$$;

-- The account manager's list: who was put forward where, and whether anything is open. No names.
create function gate.managed_introductions(company uuid, after_at timestamptz, after_id uuid, page_size integer)
returns table (introduction_id uuid, code text, company_id uuid, company_name text, opening_title text, stage text, introduced_at timestamptz,
               decision text, reasons text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    mine uuid[];
begin
    if viewer.role is distinct from 'account_manager' and viewer.role is distinct from 'compliance' then
        perform gate.record('introductions_listed', viewer, case when viewer.session_id is null then @no_live_session else @not_for_this_role end);
        return;
    end if;
    mine := array(select found from gate.companies() as found where company is null or found = company);
    perform gate.record('introductions_listed', viewer, company => company);
    return query
    select standing.introduction_id, standing.code, standing.company_id, company.name, opening.title, standing.stage, standing.introduced_at,
           case when standing.selection_items | standing.contact_items <> 0 then 'permitted'
                else gate.decision(standing.selection_reasons & standing.contact_reasons) end,
           case when standing.selection_items | standing.contact_items <> 0 then '{}'
                else gate.reason_codes(standing.selection_reasons & standing.contact_reasons) end
    from gate.standing
    join portal.company on company.id = standing.company_id
    join portal.opening on opening.id = standing.opening_id
    where standing.company_id = any (mine)
      and (after_at is null or (standing.introduced_at, standing.introduction_id) < (after_at, after_id))
    order by standing.introduced_at desc, standing.introduction_id desc
    limit least(page_size, 100);
end
$$;
