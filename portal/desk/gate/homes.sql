-- What waits for an account manager and for compliance: numbers, codes of introductions and days, no item of anybody. Each is counted or listed up to
-- 100, so that it costs the same whatever waits.

-- Introductions with what makes somebody look at them, and when that is or was.
create function gate.listed_at_home(found gate.at_home[]) returns json
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(json_agg(json_build_object('id', own.id, 'code', own.code, 'company', company.name, 'company_latin', company.name_latin, 'at', one.at)
                             order by one.at, own.code), '[]')
    from unnest(found) as one
    join personal.introduction as own on own.id = one.introduction_id
    join portal.company on company.id = own.company_id
$$;

-- The selections of these companies of which their account manager was told that nobody decides, and that are still open.
create function gate.undecided_at(companies uuid[]) returns gate.at_home[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array(
        select row(standing.introduction_id, standing.inactive_at)::gate.at_home from gate.standing
        where standing.selection_items <> 0 and standing.introduction_id = any (array(
            select own.id from personal.introduction as own
            where own.company_id = any (companies) and own.reminded_at > now() - interval '60 days' and own.end_reminded_at >= own.last_activity_at
            order by own.reminded_at desc limit 100)))
$$;

-- What the person withdrew within two weeks before anybody decided.
create function gate.withdrawn_at(companies uuid[]) returns gate.at_home[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array(
        select row(own.id, said.withdrawn_at)::gate.at_home
        from (select consent.candidate_id, consent.company_id, consent.withdrawn_at from personal.consent
              where consent.company_id = any (companies) and consent.withdrawn_at > now() - interval '14 days' and consent.withdrawn_at <= now()
              order by consent.withdrawn_at desc limit 100) as said
        join personal.introduction as own on own.candidate_id = said.candidate_id and own.company_id = said.company_id
        where own.introduced_at <= said.withdrawn_at and (own.decided_at is null or own.undone_at is not null) limit 100)
$$;

-- Selections that are open on a consent that ends within two weeks.
create function gate.consent_ends_at(companies uuid[]) returns gate.at_home[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array(
        select row(standing.introduction_id, said.expires_at)::gate.at_home
        from (select consent.id, consent.candidate_id, consent.company_id, consent.expires_at from personal.consent
              where consent.company_id = any (companies) and consent.withdrawn_at is null
                and consent.expires_at > now() and consent.expires_at < now() + interval '14 days'
              order by consent.expires_at limit 100) as said
        join personal.introduction as own on own.candidate_id = said.candidate_id and own.company_id = said.company_id
        join gate.standing on standing.introduction_id = own.id and standing.consent_id = said.id and standing.selection_items <> 0 limit 100)
$$;

-- For whoever looks after companies. "waits" says what their companies wait for.
-- for: portal_web
create function gate.manager_home() returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'account_manager');
    own uuid[];
begin
    perform gate.record(@'home_shown', viewer, refusal);
    if refusal is not null then
        return null;
    end if;
    own := array(select gate.companies());
    return json_build_object(
        'counts', json_build_object(
            'question', (select count(*) from (
                select from personal.question where question.company_id = any (own) and question.answered_at is null limit 100) as first),
            'reopening', (select count(*) from (
                select from personal.reopening join personal.introduction as asked on asked.id = reopening.introduction_id
                where reopening.answered_at is null and asked.company_id = any (own) limit 100) as first),
            'overdue_deletion', (select count(*) from (
                select from personal.deletion_duty as duty
                where duty.company_id = any (own) and duty.attested_at is null and duty.due_at <= now() limit 100) as first),
            'ending', (select count(*) from gate.that_end_soon(own))),
        'waits', (
            select coalesce(json_object_agg(found.waits_for, found.many order by found.waits_for), '{}')
            from (select stands.waits_for, count(*) as many
                  from gate.stages_of(array(select company.id from portal.company
                                            where company.id = any (own) and company.status <> 'terminated' order by company.id limit 300)) as stands
                  where stands.waits_for is not null group by stands.waits_for) as found),
        'undecided', gate.listed_at_home(gate.undecided_at(own)),
        'withdrawn', gate.listed_at_home(gate.withdrawn_at(own)),
        'consent_ends', gate.listed_at_home(gate.consent_ends_at(own)));
end
$$;

-- How the log stands: "unsealed" when an entry has waited for more than a minute, "result" of the newest whole verification, and what went wrong where it
-- is published.
create function gate.log_state() returns json
language sql stable set search_path = pg_catalog, pg_temp as $$
    select json_build_object(
        'unsealed', exists (
            select from accesslog.entry
            where entry.transaction >= coalesce((select last.until from accesslog.checkpoint as last order by last.size desc limit 1), '0')
              and entry.recorded_at < now() - interval '1 minute'
              and not exists (select from accesslog.leaf where leaf.entry_id = entry.id)),
        'verified_at', verified.ended_at, 'result', verified.result,
        'failure', (select publication.failure from portal.log_publication as publication),
        'disagrees', exists (select from portal.log_witness as witness where witness.state = 'disagrees'))
    from (select) as nothing
    left join (select one.ended_at, one.result from portal.log_verification as one where one.ended_at is not null
               order by one.asked_at desc limit 1) as verified on true
$$;

-- For compliance.
-- for: portal_web
create function gate.compliance_home() returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
begin
    perform gate.record(@'home_shown', viewer, refusal);
    if refusal is not null then
        return null;
    end if;
    return json_build_object(
        'counts', json_build_object(
            'screening', (select count(*) from gate.companies_to_screen() as waiting where waiting.waits_for = 'screening'),
            'succession', (select count(*) from (select from portal.company where company.identity_changed_at is not null limit 100) as first),
            'countersignature', (select count(*) from gate.papers_to_sign()),
            'template', (select count(*) from portal.agreement_template as template where template.approved_at is null),
            'choices', (select count(*) from portal.agreement
                        where agreement.template_version is not null and agreement.company_signed_at is null and 'choices_not_approved' = any (agreement.lacks)),
            'alert', (select count(*) from (select from portal.alert where alert.decision is null limit 100) as first),
            'review', (select count(*) from (
                select from portal.log_review as review where review.concluded_at is null and review.assigned_to = viewer.account_id limit 100) as first),
            'sign_off', (select count(*) from (
                select from portal.log_review as review
                where review.concluded_at is not null and review.signed_off_at is null and review.concluded_by <> viewer.account_id limit 100) as first),
            'overdue_deletion', (select count(*) from (
                select from personal.deletion_duty as duty where duty.attested_at is null and duty.due_at <= now() limit 100) as first),
            'ground', (select count(*) from (
                select from accesslog.entry
                where entry.action = @'protected_ground_named' and entry.recorded_at > now() - interval '7 days' limit 100) as first),
            'loosened', (select count(*) from (
                select from accesslog.entry
                where entry.action = @'law_loosened' and entry.decision = 'permitted' and entry.recorded_at > now() - interval '30 days' limit 100) as first)),
        'log', gate.log_state());
end
$$;
