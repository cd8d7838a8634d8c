-- A campaign asks companies to sign a newer version of the agreement by a moment. At that moment the agreements before it end: each of
-- them carries the moment (campaign_ends_at), so that the rule reads a date, and nothing has to run for it.

-- Whether a campaign is about an agreement: made from an older version; or brought from outside, and signed before the campaign began.
create function gate.concerns(campaign portal.campaign, agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select campaign.called_off_at is null and coalesce(
        case when agreement.template_version is not null then agreement.template_version < campaign.template_version
             else agreement.company_signed_at < campaign.started_at end, false)
$$;

-- When an agreement ends because a newer version was to be signed; null when no campaign is about it. The row's trigger asks.
create function gate.campaign_end(agreement portal.agreement) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select min(campaign.ends_at) from portal.campaign where gate.concerns(campaign, agreement)
$$;

-- The agreements that have not ended carry what the campaigns say now: their trigger reckons it. How many were reckoned anew. One that
-- somebody holds is left to the worker, who asks again: a campaign has at least 30 days, and waits for nobody to begin or be called off.
-- for: portal_owner, portal_worker
create function gate.spread_campaigns() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
    with spread as (
        update portal.agreement set campaign_ends_at = gate.campaign_end(agreement)
        where id in (
            select stale.id from portal.agreement as stale
            where coalesce(gate.end_of(stale) > now(), true) and stale.campaign_ends_at is distinct from gate.campaign_end(stale)
            for no key update of stale skip locked)
        returning id)
    select count(*)::integer from spread
$$;

-- The companies that a campaign is or was about: with an agreement before it that was signed by both and had not ended when it began.
-- "state": 'signed' once an agreement of the version, or a newer one, is signed by both; 'closed' when the moment came without that; else how
-- far the new one is, 'none', 'drafted', 'signatory', 'declined' or 'countersignature'.
-- Of all companies, or of those that are "among" some: as a set, because = any of an array goes through it for each row. It goes through
-- agreements and not from company to company.
create function gate.asked_to_sign(campaign portal.campaign, among uuid[] default null) returns table (company_id uuid, state text, agreement_id uuid)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company.id,
           case
               when later.signed then 'signed'
               when campaign.ends_at <= now() then 'closed'
               when later.id is null then 'none'
               when later.company_signed_at is not null then 'countersignature'
               when later.declined_at is not null then 'declined'
               when later.sent_at is not null then 'signatory'
               else 'drafted'
           end,
           later.id
    from (
        select distinct former.company_id from portal.agreement as former
        where (among is null or former.company_id in (select unnest(among)))
          and former.lacks is null and former.company_signed_at is not null and former.operator_signed_at is not null
          and case when former.template_version is not null then former.template_version < campaign.template_version
                   else former.company_signed_at < campaign.started_at end
          and coalesce(least(former.expires_at, former.terminated_at,
                             former.superseded_at + make_interval(hours => 24 * former.grace_days)) > campaign.started_at, true)) as concerned
    join portal.company on company.id = concerned.company_id
    left join gate.halted_companies() as halted on halted.company_id = company.id
    left join (
        select distinct on (made.company_id) made.id, made.company_id, made.company_signed_at, made.declined_at, made.sent_at,
               made.company_signed_at is not null and made.operator_signed_at is not null and made.lacks is null
                   and made.effective_at <= campaign.ends_at as signed
        from portal.agreement as made
        where made.template_version >= campaign.template_version and made.terminated_at is null and made.withdrawn_at is null
          and (among is null or made.company_id in (select unnest(among)))
        order by made.company_id, 6 desc, made.company_signed_at is not null desc, made.drafted_at desc, made.id) as later on later.company_id = company.id
    where coalesce(halted.wanted, company.status) <> 'terminated'
$$;

-- The companies whose part in a campaign this viewer may read; null stands for all of them.
create function gate.readable_in_campaigns(viewer gate.viewer_row) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when viewer.role = 'account_manager' then array(select gate.companies()) end
$$;

-- The campaigns, or one of them, the newest first, for compliance and account managers; counted are the companies that the viewer may read.
-- for: portal_web, portal_owner
create function gate.campaigns(asked uuid default null)
returns table (id uuid, template_version integer, reason text, started_at timestamptz, starter text, ends_at timestamptz,
               called_off_at timestamptz, companies bigint, signed bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select campaign.id, campaign.template_version, campaign.reason, campaign.started_at, starter.display_name, campaign.ends_at,
           campaign.called_off_at, count(asked.company_id), count(*) filter (where asked.state = 'signed')
    from gate.viewer_or_program() as viewer
    join portal.campaign on viewer.role in ('compliance', 'account_manager', 'operator_program')
     and (campaigns.asked is null or campaign.id = campaigns.asked)
    left join portal.account as starter on starter.id = campaign.started_by
    left join lateral gate.asked_to_sign(campaign, gate.readable_in_campaigns(viewer)) as asked on true
    group by campaign.id, starter.display_name
    order by campaign.started_at desc, campaign.id
$$;

-- Who has signed and who has not, by name, of the companies that the viewer may read: those that have not come first. Up to "most" of them
-- after the company at "place", or before it; all of them when nothing is said.
-- for: portal_web, portal_owner
create function gate.campaign_companies(asked uuid, place uuid default null, backwards boolean default false, most integer default null)
returns table (company_id uuid, reference text, name text, name_latin text, state text, agreement_id uuid, manager text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with found as (
        select found.company_id, found.state, found.agreement_id, row_number() over (order by found.state = 'signed', company.name collate "C", company.id) as number
        from gate.viewer_or_program() as viewer
        join portal.campaign on campaign.id = asked and viewer.role in ('compliance', 'account_manager', 'operator_program')
        cross join lateral gate.asked_to_sign(campaign, gate.readable_in_campaigns(viewer)) as found
        join portal.company on company.id = found.company_id
    ), shown as (
        select found.* from found
        where place is null or case when backwards then found.number < (select number from found where company_id = place)
                                    else found.number > (select number from found where company_id = place) end
        order by case when backwards then -number else number end
        limit most
    )
    select company.id, company.reference, company.name, company.name_latin, shown.state, shown.agreement_id, manager.display_name
    from shown
    join portal.company on company.id = shown.company_id
    left join portal.account as manager on manager.id = company.account_manager_id
    order by shown.number
$$;

-- What keeps a version from being asked for: 'not_newest' for all but the newest that is approved, 'running' when it is asked for
-- already, 'too_soon' for a moment within the next 30 days; null when nothing does.
create function gate.against_campaign(template portal.agreement_template, ends_at timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when template.version is distinct from (select max(version) from portal.agreement_template where approved_at is not null) then 'not_newest'
        when exists (select from portal.campaign where campaign.template_version = template.version and campaign.called_off_at is null) then 'running'
        when against_campaign.ends_at < now() + interval '30 days' then 'too_soon'
    end
$$;

-- 'started', or what keeps it from that (above). Null: it is not for this viewer.
-- for: portal_web
create function gate.start_campaign(asked uuid, ends_at timestamptz, reason text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    template portal.agreement_template;
    against text;
    made portal.campaign;
begin
    if refusal is null then
        perform pg_advisory_xact_lock(hashtextextended('portal.agreement_template', 0));
        viewer := gate.viewer();  -- who waited for it may have been suspended
        select found.* into template from portal.agreement_template as found where found.id = asked;
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case when template.id is null then @'no_such_record' end);
    end if;
    against := case when refusal is null then gate.against_campaign(template, start_campaign.ends_at) end;
    if refusal is not null or against is not null then
        perform gate.record(@'campaign_started', viewer, coalesce(refusal, @'not_now'), subject => template.id);
        return against;
    end if;
    insert into portal.campaign (template_version, reason, started_by, ends_at)
    values (template.version, start_campaign.reason, viewer.account_id, start_campaign.ends_at) returning * into made;
    perform gate.spread_campaigns();
    perform gate.record(@'campaign_started', viewer, subject => template.id, document_digest => template.digest,
                        facts => jsonb_build_object('ends', gate.moment(made.ends_at),
                                                    'companies', (select count(*) from gate.asked_to_sign(made))));
    return 'started';
end
$$;

-- The agreements go on as if nobody had asked. False: its moment has come, or it was called off before. Null: it is not for this viewer.
-- for: portal_web
create function gate.call_off_campaign(asked uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.campaign;
begin
    if refusal is null then
        select campaign.* into found from portal.campaign where campaign.id = asked for no key update;
        viewer := gate.viewer();
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case when found.id is null then @'no_such_record'
                                                                  when found.called_off_at is not null or found.ends_at <= clock_timestamp() then @'not_now' end);
    end if;
    perform gate.record(@'campaign_called_off', viewer, refusal,
                        subject => (select template.id from portal.agreement_template as template where template.version = found.template_version));
    if refusal is not null then
        return case when refusal = @'not_now' then false end;
    end if;
    update portal.campaign set called_off_at = now(), called_off_by = viewer.account_id where id = asked;
    perform gate.spread_campaigns();
    return true;
end
$$;

-- Why a company's people are asked for a newer version, for themselves: of the campaign that ends this agreement.
-- for: portal_web
create function gate.campaign_of(asked uuid) returns table (template_version integer, reason text, ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select campaign.template_version, campaign.reason, campaign.ends_at
    from portal.agreement join portal.campaign on gate.concerns(campaign, agreement) and campaign.ends_at = agreement.campaign_ends_at
    where agreement.id = asked
      and (agreement.company_id in (select gate.companies()) or agreement.company_id = (select (gate.viewer()).company_id))
    limit 1
$$;
