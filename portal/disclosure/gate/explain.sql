-- "Why can company A (not) see X?" For compliance, and for the account manager who looks after the company. Never for a recruiter.

-- Of a purpose's items those that are not open although the purpose is, each with what keeps it closed.
create function gate.closed_items(
    for_purpose text, open integer, held integer, agreed integer, said integer, consented integer, admitted integer
) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('item', item.code, 'because', array_remove(array[
               case when agreed & item.mask = 0 then 'not_in_agreement' end,
               case when said & item.mask = 0 then 'not_in_consent' when consented & item.mask = 0 then 'not_in_notice' end,
               case when admitted & item.mask = 0 then 'not_admitted_by_law' end,
               case when held & item.mask <> 0 then 'fair_screening' end], null)) order by item.mask), '[]')
    from portal.item join portal.purpose on purpose.code = for_purpose
    where purpose.items & item.mask <> 0 and open & item.mask = 0
$$;

-- for: portal_web
create function gate.explain(introduction uuid)
returns table (introduction_id uuid, code text, candidate_reference text, company_id uuid, company_name text, company_name_latin text,
               opening_title text, opening_title_latin text, stage text,
               selection_decision text, selection_reasons text[], selection_items text[],
               contact_decision text, contact_reasons text[], contact_items text[],
               facts jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    standing record;
    refusal text;
begin
    select * into standing from gate.standing as found where found.introduction_id = introduction;
    refusal := case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role not in ('compliance', 'account_manager') then @'not_for_this_role'
        when standing.introduction_id is null then @'no_such_record'
        when standing.company_id not in (select gate.companies()) then @'other_company'
    end;
    perform gate.record(@'explained', viewer, refusal, introduction => introduction, company => standing.company_id, candidate => standing.candidate_id);
    if refusal is not null then
        return;
    end if;
    return query
    select standing.introduction_id, standing.code, candidate.reference, company.id, company.name, company.name_latin,
           opening.title, opening.title_latin, standing.stage,
           gate.decision(standing.selection_reasons), gate.reason_codes(standing.selection_reasons), gate.item_codes(standing.selection_items),
           gate.decision(standing.contact_reasons), gate.reason_codes(standing.contact_reasons), gate.item_codes(standing.contact_items),
           jsonb_build_object(
               'company_status', gate.state_of(company), 'company_country', company.country, 'regime', standing.regime,
               'agreement_number', agreement.number, 'agreement_lacks', coalesce((
                   select newest.lacks from portal.agreement as newest
                   where newest.company_id = company.id and agreement.id is null and newest.company_signed_at <= now()
                     and newest.operator_signed_at <= now() and coalesce(gate.end_of(newest) > now(), true)
                   order by newest.effective_at desc, newest.id desc limit 1), '{}'), 'agreement_until', gate.end_of(agreement),
               'new_version_due', coalesce(agreement.campaign_ends_at = gate.end_of(agreement), false),
               'selection_closed', gate.closed_items('selection', standing.selection_items, standing.selection_held, agreement.items, consent.items, consent.open_items,
                                                     regime.items | consent.explicit_items),
               'contact_closed', gate.closed_items('contact', standing.contact_items, 0, agreement.items, consent.items, consent.open_items,
                                                   regime.items | consent.explicit_items),
               'consent_given_at', consent.given_at, 'consent_until', consent.expires_at, 'consent_withdrawn_at', (
                   select min(said.withdrawn_at) from personal.consent as said
                   where said.company_id = consent.company_id and said.candidate_id = consent.candidate_id
                     and (said.id = consent.id or said.withdrawn_at >= consent.given_at)),
               'consent_lacks', coalesce(consent.lacks, '{}'), 'policy_version', notice.policy_version, 'told_country', consent.told_country,
               'file_held_back_by', gate.item_codes(coalesce((
                   select document.holds & ~(standing.selection_items | standing.contact_items) from personal.document
                   where document.candidate_id = standing.candidate_id and document.kind = 'resume_original' and document.replaced_at is null
                     and standing.selection_items & @resume_original <> 0), 0)),
               'withdrawn_at', taken.withdrawn_at, 'withdrawn_because', taken.reason,
               'decided_at', standing.decided_at, 'contact_until', standing.contact_until, 'inactive_at', standing.inactive_at,
               'inactive_days', agreement.inactive_days)
    from portal.company
    join portal.opening on opening.id = standing.opening_id
    join personal.candidate on candidate.id = standing.candidate_id
    left join personal.introduction_withdrawal as taken on taken.introduction_id = standing.introduction_id
    left join portal.regime on regime.code = standing.regime
    left join portal.agreement on agreement.id = standing.agreement_id
    left join personal.consent on consent.id = standing.consent_id
    left join portal.notice on notice.id = consent.notice_id
    where company.id = standing.company_id;
end
$$;
