-- The rule (design, section 3), written once. Everything that shows, counts, sends or explains asks it.
--
-- A word after an @ is its bit in portal.item, portal.purpose or accesslog.reason, put in when the gate is applied. Such a word
-- in quotes is a code of the log's closed lists, of an action or a reason, and checked then.
-- The number at the end of a line is the condition of the rule it states.
--
-- "offset 0" keeps the planner from copying a piece into every place that uses it: each is then worked out once for a row.

-- When the outcome was recorded that stood at t, of an introduction whose newest one is younger.
create function gate.decided_before(introduction uuid, t timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select first.recorded_at
    from personal.outcome as first
    left join personal.outcome_undone as undone on undone.introduction_id = first.introduction_id and undone.turn = first.turn
    where first.introduction_id = decided_before.introduction and first.corrects is null and first.recorded_at <= t
      and coalesce(undone.undone_at > t, true)
    order by first.turn desc limit 1
$$;

-- One row per introduction: the items open for each purpose at time t, and when none are, why. The conditions
-- about the viewer's own session are added by gate.judge, the only reader of this function besides gate.explain.
-- "undertaken" is the agreement the viewer stands under; without one the company's newest in force is taken.
-- "regime" is the law that applies to the statement: a person's law that was loosened since does not loosen what was said before.
-- "contact_until" is when contact ends after an outcome, or after the selection ended without one: with its days, or with the consent
-- or the agreement if they end sooner. "inactive_at" is when the selection ends, or ended, because nothing is done in it for as long
-- as the agreement says; null where the agreement sets no such time, and once there is an outcome.
-- "selection_held" are the items that would be open but for fair screening, while anything can be: they open with the offer.

create function gate.standing_at(t timestamptz, undertaken uuid) returns table (
    introduction_id uuid, company_id uuid, opening_id uuid, candidate_id uuid,
    consent_id uuid, agreement_id uuid, japan_only boolean,
    code text, stage text, introduced_at timestamptz,
    decided_at timestamptz, contact_until timestamptz,
    selection_items integer, contact_items integer,
    selection_reasons bigint, contact_reasons bigint, regime text, selection_held integer, territory text[], inactive_at timestamptz,
    changed_at timestamptz, stage_place smallint
)
language sql stable as $$
    select introduction.id, introduction.company_id, introduction.opening_id, introduction.candidate_id,
           consent.id, agreement.id, coalesce(regime.japan_only, false),
           introduction.code, introduction.stage, introduction.introduced_at,
           ended.decided_at,
           case when ended.at is not null and agreement.id is not null
                then least(ended.at + make_interval(hours => 24 * agreement.contact_days), consent.expires_at, agreement.ends_at) end,
           case when found.reasons | selection.reasons = 0 then selection.items else 0 end,
           case when found.reasons | contact.reasons = 0 then contact.items else 0 end,
           found.reasons | selection.reasons | case when found.reasons | selection.reasons <> 0 or selection.items <> 0 then 0
                                                    when selection.held <> 0 then @fair_screening else @item_not_open end,
           found.reasons | contact.reasons | case when found.reasons | contact.reasons = 0 and contact.items = 0 then @item_not_open else 0 end,
           regime.code,
           case when found.reasons | selection.reasons = 0 then selection.held else 0 end,
           agreement.territory,
           ended.inactive_at,
           introduction.changed_at, introduction.stage_place
    from personal.introduction
    join portal.company on company.id = introduction.company_id
    join personal.candidate on candidate.id = introduction.candidate_id
    join portal.opening on opening.id = introduction.opening_id
    left join lateral (  -- condition 3
        select chosen.id, chosen.items, chosen.purposes, chosen.contact_days, chosen.inactive_days, chosen.territory, chosen.fair_screening, gate.end_of(chosen) as ends_at from portal.agreement as chosen
        where chosen.id = coalesce(
            (select own.id from portal.agreement as own
             where own.id = undertaken and own.company_id = introduction.company_id and gate.in_force(own, t)),
            (select newest.id from portal.agreement as newest
             where newest.company_id = introduction.company_id and gate.in_force(newest, t)
             order by newest.effective_at desc, newest.id desc limit 1))
        limit 1
    ) as agreement on true
    cross join lateral (select  -- condition 8: an outcome ends the selection. So do the closing of the position and the agreement's time
                                -- without activity, which are no outcome. What was done since is noted only while the selection goes on
        noted.decided_at,
        coalesce(noted.decided_at, least(case when opening.closed_at <= t then opening.closed_at end, case when noted.quiet_at <= t then noted.quiet_at end)) as at,
        case when noted.decided_at is null then noted.quiet_at end as inactive_at
        from (select  -- an outcome ends it until it is undone. The newest is noted here; at an earlier time another one may have stood
            case when introduction.undone_at <= t then null
                 when introduction.decided_at <= t then introduction.decided_at
                 when introduction.decided_at > t then gate.decided_before(introduction.id, t) end as decided_at,
            introduction.last_activity_at + make_interval(hours => 24 * agreement.inactive_days) as quiet_at
            offset 0
        ) as noted
        offset 0
    ) as ended
    left join lateral (  -- condition 4: the person's newest statement counts, for what its notice said (portal/consent/gate). A
                         -- withdrawal is about the company: it ends what was said until then, whichever statement it is noted at
        select consent.id, consent.given_at, consent.open_items as items, consent.explicit_items, consent.open_purposes as purposes, consent.regimes,
               consent.told_country, consent.expires_at, consent.lacks is not null as unsupported,
               consent.withdrawn_at <= t or max(consent.withdrawn_at) filter (where consent.withdrawn_at <= t) over () >= consent.given_at as withdrawn,
               consent.expires_at <= t as expired
        from personal.consent
        where consent.candidate_id = introduction.candidate_id and consent.company_id = introduction.company_id and consent.given_at <= t
        order by consent.given_at desc, consent.id desc
        limit 1
    ) as consent on true
    left join portal.regime on regime.code = case when consent.given_at < candidate.loosened_at then candidate.former_regime else candidate.regime end
    cross join lateral (select
        case when company.status <> 'active' or company.id = any (array(select halt.company_id from portal.halt)) then @company_not_active else 0 end  -- 2
        | case when company.identity_changed_at <= t then @recipient_changed else 0 end  -- 3
        | case when agreement.id is null then @agreement_not_in_force else 0 end  -- 3
        | case when agreement.id is null and exists (
              select from portal.agreement as missed
              where missed.company_id = company.id and missed.campaign_ends_at <= t and gate.in_force_otherwise(missed, t))
               then @new_version_not_signed else 0 end  -- 3
        | case when agreement.id is null and exists (
              select from portal.agreement as shared
              where shared.company_id = company.id and shared.left_at <= t and gate.in_force_otherwise(shared, t))
               then @group_left else 0 end  -- 3
        | case when agreement.id is null and exists (
              select from portal.group_member as member join portal.agreement as shared on shared.group_id = member.group_id
              where member.company_id = company.id and member.since <= t and (member.until is null or member.until > t)
                and shared.joined_agreement_id is null and shared.company_id <> company.id and gate.in_force(shared, t))
               then @group_agreement_not_joined else 0 end  -- 3
        | case when consent.id is null then @consent_not_given else 0 end  -- 4
        | case when consent.withdrawn then @consent_withdrawn else 0 end  -- 4
        | case when consent.expired then @consent_expired else 0 end  -- 4
        | case when consent.unsupported then @consent_unsupported else 0 end  -- 4
        | case when consent.given_at < company.succeeded_at then @consent_to_former_recipient else 0 end  -- 4
        | case when consent.given_at < candidate.lifted_at then @consent_before_lifting else 0 end  -- 5
        | case when (select taken.withdrawn_at from personal.introduction_withdrawal as taken where taken.introduction_id = introduction.id) <= t
               then @introduction_withdrawn else 0 end  -- 8: taken back, which is over for both purposes
        | case when candidate.restricted_at <= t then @candidate_restricted else 0 end  -- 5
        | case when candidate.objected_at <= t then @candidate_objecting else 0 end  -- 5
        | case when candidate.erased_at <= t then @candidate_erased else 0 end  -- 5
        | case when regime.japan_only and company.country <> 'JP' then @company_outside_japan else 0 end  -- 6
        | case when consent.regimes & regime.mask = 0 then @notice_not_for_regime else 0 end  -- 6
        | case when company.country <> 'JP' and consent.id is not null and consent.told_country is distinct from company.country
               then @foreign_transfer_notice_missing else 0 end  -- 7
        | case when regime.code is null then @regime_unknown else 0 end
        | case when company.country is null then @company_country_unknown else 0 end
        as reasons,
        agreement.items & consent.items & (regime.items | consent.explicit_items) as items,
        case when (agreement.fair_screening or opening.fair_screening) and introduction.stage <> 'offer'
             then @nationality | @gender | @age | @date_of_birth | @photo else 0 end as held  -- 10: what may not decide (S39) waits for the offer
        offset 0
    ) as found
    cross join lateral (select
        case when agreement.purposes & @selection = 0 then @purpose_not_in_agreement else 0 end  -- 3
        | case when consent.purposes & @selection = 0 then @purpose_not_in_consent else 0 end  -- 4
        | case when ended.decided_at is not null then @window_closed
               else case when opening.closed_at <= t then @opening_closed else 0 end
                    | case when ended.inactive_at <= t then @introduction_inactive else 0 end end  -- 8
        as reasons,
        coalesce(found.items & (select items from portal.purpose where mask = @selection) & ~found.held, 0) as items,  -- 9, 10
        coalesce(found.items & (select items from portal.purpose where mask = @selection) & found.held, 0) as held
        offset 0
    ) as selection
    cross join lateral (select
        case when agreement.purposes & @contact = 0 then @purpose_not_in_agreement else 0 end
        | case when consent.purposes & @contact = 0 then @purpose_not_in_consent else 0 end
        | case when ended.at + make_interval(hours => 24 * agreement.contact_days) <= t then @window_closed else 0 end
        as reasons,
        coalesce(found.items & (select items from portal.purpose where mask = @contact), 0) as items
        offset 0
    ) as contact
    where introduction.introduced_at <= t
$$;

create view gate.standing as select * from gate.standing_at(now(), null);

-- What speaks against a viewer whatever is asked for.
create function gate.reasons_of(viewer gate.viewer_row) returns bigint
language sql immutable parallel safe as $$
    select case when viewer.session_id is null then @no_live_session else 0 end
        | case when viewer.session_id is null or viewer.role in ('recruiter', 'employer_admin') then 0 else @not_for_this_role end
$$;

-- What one viewer may see of the introductions named, or of a whole company's: design, section 3, with condition 1 and
-- the network half of condition 6. A purpose's reasons are empty exactly when its items are not. What belongs to another
-- company is not judged: it is the same work as what never was, and the same to learn from it.
create function gate.judge(viewer gate.viewer_row, t timestamptz) returns table (
    introduction_id uuid, company_id uuid, opening_id uuid, candidate_id uuid, consent_id uuid, agreement_id uuid,
    code text, stage text, introduced_at timestamptz,
    decided_at timestamptz, contact_until timestamptz,
    selection_items integer, contact_items integer, selection_reasons bigint, contact_reasons bigint, selection_held integer, inactive_at timestamptz,
    changed_at timestamptz, stage_place smallint
)
language sql stable as $$
    select standing.introduction_id, standing.company_id, standing.opening_id, standing.candidate_id, standing.consent_id, standing.agreement_id,
           standing.code, standing.stage, standing.introduced_at,
           standing.decided_at, standing.contact_until,
           case when condition.reasons = 0 then standing.selection_items else 0 end,
           case when condition.reasons = 0 then standing.contact_items else 0 end,
           condition.reasons | standing.selection_reasons,
           condition.reasons | standing.contact_reasons,
           case when condition.reasons = 0 then standing.selection_held else 0 end,
           standing.inactive_at, standing.changed_at, standing.stage_place
    from gate.standing_at(t, viewer.agreement_id) as standing
    cross join lateral (select
        gate.reasons_of(viewer)  -- 1
        | case when viewer.agreement_id is null then @undertaking_not_accepted else 0 end  -- 1
        | case when not viewer.within then @network_outside_company else 0 end  -- 1
        | case when viewer.within is null then @network_unknown else 0 end
        | case when standing.japan_only and viewer.country <> 'JP' then @network_outside_japan else 0 end  -- 6
        | case when viewer.country <> all (standing.territory) then @network_outside_territory else 0 end  -- 3
        | case when (standing.japan_only or standing.territory is not null) and viewer.country is null then @network_country_unknown else 0 end
        as reasons
        offset 0
    ) as condition
    where standing.company_id = viewer.company_id  -- 1
$$;
