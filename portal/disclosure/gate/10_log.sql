-- Reading the log, which is itself recorded. Compliance reads all of it.

create type gate.log_filter as (
    recorded_from timestamptz, recorded_to timestamptz, company_id uuid, actor_id uuid, action text, decision text, introduction_code text
);

create function gate.log_entries(filter gate.log_filter, one uuid, after_at timestamptz, after_id uuid, page_size integer)
returns table (
    id uuid, recorded_at timestamptz, action text, decision text, reasons text[], actor_id uuid, actor_name text, role text,
    company_id uuid, company_name text, introduction_id uuid, introduction_code text, candidate_reference text,
    purpose text, items text[], consent_reference text, agreement_number text, document_digest bytea, commitment bytea,
    session_id uuid, request_id uuid, subject_id uuid, ip text, agent text
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    introduction uuid;
begin
    if viewer.role is distinct from 'compliance' then
        perform gate.record('log_read', viewer, case when viewer.session_id is null then @no_live_session else @not_for_this_role end);
        return;
    end if;
    perform gate.record('log_read', viewer, subject => one);
    if nullif(filter.introduction_code, '') is not null then
        select coalesce(
            (select found.id from personal.introduction as found where found.code = upper(btrim(filter.introduction_code))),
            '00000000-0000-0000-0000-000000000000') into introduction;
    end if;
    return query
    select page.id, page.recorded_at, page.action, page.decision, gate.reason_codes(page.reasons),
           page.actor_id, account.display_name, page.role, page.company_id, company.name,
           page.introduction_id, introduced.code, candidate.reference,
           (select purpose.code from portal.purpose where purpose.mask = page.purpose), gate.item_codes(page.items),
           consent.reference, agreement.number, page.document_digest, page.commitment,
           page.session_id, page.request_id, page.subject_id, host(side.ip), side.agent
    from (
        select entry.* from accesslog.entry
        where (one is null or entry.id = one)
          and (filter.recorded_from is null or entry.recorded_at >= filter.recorded_from)
          and (filter.recorded_to is null or entry.recorded_at < filter.recorded_to)
          and (filter.company_id is null or entry.company_id = filter.company_id)
          and (filter.actor_id is null or entry.actor_id = filter.actor_id)
          and (nullif(filter.action, '') is null or entry.action = filter.action)
          and (nullif(filter.decision, '') is null or entry.decision = filter.decision)
          and (introduction is null or entry.introduction_id = introduction)
          and (after_at is null or (entry.recorded_at, entry.id) < (after_at, after_id))
        order by entry.recorded_at desc, entry.id desc
        limit least(page_size, 100)
    ) as page
    left join accesslog.entry_subject as side on side.entry_id = page.id and side.recorded_at = page.recorded_at
    left join personal.candidate on candidate.id = side.candidate_id
    left join personal.introduction as introduced on introduced.id = page.introduction_id
    left join personal.consent on consent.id = page.consent_id
    left join portal.agreement on agreement.id = page.agreement_id
    left join portal.account on account.id = page.actor_id
    left join portal.company on company.id = page.company_id
    order by page.recorded_at desc, page.id desc;
end
$$;

-- For the operator's own programs (import, demo), which run as the owner: what they did to whom, on the record like everyone else.
create function gate.record_import(act text, candidate uuid, company uuid, subject uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
begin
    nobody.role := 'operator_program';
    return gate.record(act, nobody, company => company, subject => subject, candidate => candidate);
end
$$;
