-- A person as staff see them: codes, consents with what they stand on, the law, and what each lacks. No item is in it.

-- Why a statement that stands opens less than it says, where it was given before something that is so now. A restriction or an objection was "lifted" since,
-- or the company "succeeded". Or the law became another that its notice does not speak to ("other_law"), or was "loosened". Or the company is outside
-- Japan: the person's data "must_stay" in Japan, or the notice told of another country or of none ("untold"). Null: nothing of it.
create function gate.said_before(given timestamptz, laws integer, told text, person uuid, company uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when given < candidate.lifted_at then 'lifted' when given < recipient.succeeded_at then 'succeeded'
                when regime.mask & laws = 0 then 'other_law' when recipient.country <> 'JP' and regime.japan_only then 'must_stay'
                when recipient.country <> 'JP' and told is distinct from recipient.country then 'untold' when given < candidate.loosened_at then 'loosened' end
    from portal.company as recipient, personal.candidate
    left join portal.regime on regime.code = case when given < candidate.loosened_at then candidate.former_regime else candidate.regime end
    where candidate.id = person and recipient.id = company
$$;

create function gate.consents_of(viewer gate.viewer_row, person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'company', company.id, 'name', company.name, 'name_latin', company.name_latin,
               'notice', notice.reference, 'version', notice.version, 'language', notice.language, 'policy_version', notice.policy_version,
               'items', gate.item_codes(consent.open_items), 'purposes', gate.purpose_codes(consent.open_purposes),
               'channel', consent.channel, 'lacks', coalesce(consent.lacks, '{}'),
               'given_at', consent.given_at, 'until', consent.expires_at,
               'ended', case when consent.withdrawn_at <= now() then 'withdrawn' when consent.newer then 'replaced'
                             when consent.expires_at <= now() then 'expired' end,
               'before', gate.said_before(consent.given_at, consent.regimes, consent.told_country, person, company.id),
               'withdrawn_at', consent.withdrawn_at) order by consent.given_at desc, consent.id desc), '[]')
    from (select *, row_number() over (partition by company_id order by given_at desc, id desc) > 1 as newer
          from personal.consent where candidate_id = person) as consent
    join portal.company on company.id = consent.company_id
    join portal.notice on notice.id = consent.notice_id
    where consent.company_id in (select gate.companies_of_person(viewer, person))
$$;

create function gate.introductions_of(viewer gate.viewer_row, person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
               'id', standing.introduction_id, 'code', standing.code, 'name', company.name, 'name_latin', company.name_latin,
               'selection', standing.selection_items <> 0, 'contact', standing.contact_items <> 0,
               'reasons', gate.reason_codes(standing.selection_reasons & standing.contact_reasons))
               order by standing.introduced_at desc, standing.introduction_id desc), '[]')
    from gate.standing join portal.company on company.id = standing.company_id
    where standing.candidate_id = person and standing.company_id in (select gate.companies_of_person(viewer, person))
$$;

-- for: portal_web
create function gate.person(asked uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_person(viewer, asked);
    found personal.candidate;
begin
    select * into found from personal.candidate where candidate.id = asked;
    perform gate.record(@'person_opened', viewer, refusal, candidate => found.id);
    if refusal is not null then
        return null;
    end if;
    return jsonb_build_object(
        'id', found.id, 'reference', found.reference, 'regime', found.regime, 'least_regime', found.least_regime, 'former_regime', found.former_regime,
        'loosened_at', found.loosened_at, 'lifted_at', found.lifted_at, 'restricted_at', found.restricted_at, 'objected_at', found.objected_at,
        'same', (select coalesce(jsonb_agg(same.reference order by same.reference), '[]')
                 from personal.candidate_items as items, gate.same_records(asked, items.email, items.telephone) as same
                 where viewer.role = 'compliance' and items.candidate_id = asked
                   and gate.strictness(same.law) >= greatest(1, gate.strictness(gate.stricter(found.regime, found.least_regime)))),
        'has_mail', exists (select from personal.candidate_items where candidate_id = asked and email is not null),
        'consents', gate.consents_of(viewer, asked),
        'introductions', gate.introductions_of(viewer, asked),
        'statements', (
            select coalesce(jsonb_agg(jsonb_build_object(
                       'id', statement.id, 'kind', statement.kind, 'channel', statement.channel, 'note', statement.note, 'at', statement.recorded_at,
                       'by', account.display_name, 'name', company.name, 'name_latin', company.name_latin,
                       'scanned', exists (select from personal.evidence where statement_id = statement.id))
                       order by statement.recorded_at desc, statement.id desc), '[]')
            from personal.statement join portal.account on account.id = statement.recorded_by
            left join portal.company on company.id = statement.company_id
            where statement.candidate_id = asked
              and (company.id is null or company.id in (select gate.companies_of_person(viewer, asked)))),
        'changes', (
            select coalesce(jsonb_agg(jsonb_build_object(
                       'what', change.what, 'former', change.former, 'now_is', change.now_is, 'reason', change.reason,
                       'evidence', change.evidence, 'at', change.changed_at, 'by', account.display_name)
                       order by change.changed_at desc, change.id desc), '[]')
            from personal.law_change as change join portal.account on account.id = change.changed_by
            where change.candidate_id = asked));
end
$$;

-- Whom a form is about: the person's number, and the company by name where one is asked for. No row: this viewer may not record what they say of it.
-- for: portal_web
create function gate.reached_person(asked uuid, company uuid default null) returns table (reference text, name text, name_latin text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with viewer as (select gate.viewer() as who)
    select candidate.reference, recipient.name, recipient.name_latin
    from viewer join personal.candidate on candidate.id = asked
    left join portal.company as recipient on recipient.id = company and recipient.id in (select gate.companies_of_person(viewer.who, asked))
    where gate.refused_person(viewer.who, asked) is null and (company is null or recipient.id is not null)
$$;
