-- Where a company stands on its way from the first entry to its end, what it waits for and since when: reckoned from what is recorded, and
-- stated here alone. Nothing is opened by it; the rule reads the company's status and its agreement.

-- One row for each of these companies. "since" is null where no moment is recorded. What waits to be written to its record counts as written.
create function gate.stages_of(asked uuid[])
returns table (company_id uuid, stage text, waits_for text, since timestamptz, ends_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
    with read as (
        select company.id, stands.status, company.created_at, company.changed_at, company.screening_asked_at, company.identity_changed_at,
               coalesce(company.suspended_at, halted.made_at) as suspended_at, coalesce(company.terminated_at, halted.made_at) as terminated_at,
               case when stands.status = 'pending' then cardinality(gate.record_lacks(company)) = 0 end as complete,
               said.outcome, said.decided_at,
               nearest.id is not null as sent, nearest.sent_at, nearest.company_signed_at, nearest.operator_signed_at,
               coalesce(nearest.in_force, false) as in_force, nearest.ends_at,
               nearest.campaign_ends_at is not null as outdated, newer.*
        from portal.company
        left join gate.halted_companies() as halted on halted.company_id = company.id
        cross join lateral (select coalesce(halted.wanted, company.status) as status) as stands
        left join lateral gate.screening_of(company.id) as said on stands.status = 'pending'
        left join lateral (
            select agreement.id, agreement.sent_at, agreement.company_signed_at, agreement.operator_signed_at, agreement.campaign_ends_at,
                   gate.in_force(agreement, now()) as in_force, gate.end_of(agreement) as ends_at
            from portal.agreement
            where agreement.company_id = company.id
              and (gate.in_force(agreement, now())
                   or (agreement.sent_at is not null or agreement.company_signed_at is not null)
                      and agreement.terminated_at is null and agreement.superseded_at is null
                      and agreement.withdrawn_at is null and agreement.declined_at is null
                      and (agreement.expires_at is null or agreement.expires_at > now())
                      and (agreement.campaign_ends_at is null or agreement.campaign_ends_at > now()))
            order by in_force desc, agreement.operator_signed_at is not null desc, agreement.company_signed_at is not null desc,
                     agreement.effective_at desc, agreement.id
            limit 1
        ) as nearest on true
        left join lateral (  -- what a campaign asks for: the agreement of its version that is furthest on its way
            select agreement.sent_at as newer_sent_at, agreement.company_signed_at as newer_signed_at, agreement.operator_signed_at as newer_countersigned_at
            from portal.agreement
            where nearest.campaign_ends_at is not null and agreement.company_id = company.id and agreement.campaign_ends_at is null
              and agreement.id <> nearest.id and coalesce(gate.end_of(agreement) > now(), true)
              and agreement.terminated_at is null and agreement.withdrawn_at is null and agreement.declined_at is null
            order by agreement.operator_signed_at is not null desc, agreement.company_signed_at is not null desc, agreement.sent_at is not null desc
            limit 1
        ) as newer on true
        where company.id = any (asked)
    ), waiting as (
        select read.*,
               case
                   when status = 'terminated' then null
                   when status = 'suspended' then 'reactivation'
                   when status = 'pending' and not complete then 'record'
                   when status = 'pending' and outcome is null and screening_asked_at is null then 'submission'
                   when status = 'pending' and gate.awaits_screening(screening_asked_at, outcome, decided_at) then 'screening'
                   when status = 'pending' and outcome = 'refused' then 'approval'
                   when status = 'active' and identity_changed_at is not null then 'succession'
                   when in_force and status = 'pending' then 'activation'
                   when in_force and outdated and newer_countersigned_at is null then case
                       when newer_signed_at is not null then 'countersignature'
                       when newer_sent_at is not null then 'signatory'
                       else 'new_version' end
                   when in_force then null
                   when not sent then 'agreement'
                   when company_signed_at is null then 'signatory'
                   when operator_signed_at is null then 'countersignature'
                   else 'validity'
               end as waits
        from read
    )
    select id,
           case
               when status <> 'pending' then status
               when waits in ('record', 'submission') then 'draft'
               when waits in ('screening', 'approval') then 'screening'
               when waits = 'agreement' then 'screened'
               else 'agreement_sent'
           end,
           waits,
           case waits
               when 'record' then created_at
               when 'submission' then changed_at
               when 'screening' then screening_asked_at
               when 'approval' then decided_at
               when 'agreement' then decided_at
               when 'new_version' then (select max(campaign.started_at) from portal.campaign where campaign.called_off_at is null and campaign.ends_at > now())
               when 'signatory' then coalesce(newer_sent_at, sent_at)
               when 'countersignature' then coalesce(newer_signed_at, company_signed_at)
               when 'validity' then operator_signed_at
               when 'activation' then greatest(operator_signed_at, decided_at)
               when 'succession' then identity_changed_at
               when 'reactivation' then suspended_at
               else case when status = 'terminated' then terminated_at end
           end,
           case when in_force then ends_at end
    from waiting
$$;

-- The same of those that this viewer may read.
-- for: portal_web
create function gate.company_stages(asked uuid[])
returns table (company_id uuid, stage text, waits_for text, since timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select * from gate.stages_of(array(select own.id from gate.companies() as own (id) where own.id = any (asked)))
$$;

-- The companies that cannot be active before compliance approves them, those without a word first, the longest wait first; for compliance.
-- for: portal_web
create function gate.companies_to_screen()
returns table (company_id uuid, name text, name_latin text, country text, waits_for text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, company.name, company.name_latin, company.country, stage.waits_for, stage.since
    from gate.company_stages(array(select id from portal.company where status = 'pending')) as stage
    join portal.company on company.id = stage.company_id
    where gate.viewer_role() = 'compliance' and stage.waits_for in ('screening', 'approval')
    order by stage.waits_for desc, stage.since, company.id
$$;
