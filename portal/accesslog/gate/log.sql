-- Reading the log, which is itself recorded. Compliance reads all of it.

-- for: portal_web
create function gate.log_entries(filter gate.log_filter, one uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns table (
    id uuid, recorded_at timestamptz, action text, decision text, reasons text[], actor_id uuid, actor_name text, role text,
    company_id uuid, company_name text, company_name_latin text, introduction_id uuid, introduction_code text, candidate_reference text,
    purposes text[], items text[], consent_id uuid, agreement_id uuid, agreement_number text, agreement_digest bytea, document_digest bytea, commitment bytea,
    session_id uuid, request_id uuid, subject_id uuid, subject_kind text, subject_name text, facts jsonb, subject_kept boolean, ip text, agent text
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    introduction uuid;
    person uuid;
    conditions text;
begin
    if viewer.role is distinct from 'compliance' then
        perform gate.record(@'log_read', viewer, case when viewer.session_id is null then @'no_live_session' else @'not_for_this_role' end);
        return;
    end if;
    if nullif(filter.introduction_code, '') is not null then
        select found.id into introduction from personal.introduction as found where found.code = upper(btrim(filter.introduction_code));
        if introduction is null then
            select found.id into person from personal.candidate as found where found.reference = btrim(filter.candidate_reference);
        end if;
    end if;
    -- Whom compliance asked for stands in the side row, which can be erased; a number that nobody has, nowhere.
    perform gate.record(@'log_read', viewer, introduction => introduction, candidate => person, subject => one, facts => jsonb_build_object(
        'since', gate.moment(filter.recorded_from), 'until', gate.moment(filter.recorded_to), 'company', filter.company_id, 'account', filter.actor_id,
        'action', nullif(filter.action, ''), 'decision', nullif(filter.decision, ''),
        'number', case when introduction is not null then 'introduction' when person is not null then 'candidate'
                       when nullif(filter.introduction_code, '') is not null then 'nobody' end));
    conditions := concat_ws(' and ', 'true',
        case when one is not null then 'entry.id = $1' end,
        case when accesslog.moment_of(one) is not null then
            'entry.recorded_at >= accesslog.moment_of($1) and entry.recorded_at < accesslog.moment_of($1) + interval ''1 millisecond''' end,
        case when filter.recorded_from is not null then 'entry.recorded_at >= $2' end,
        case when filter.recorded_to is not null then 'entry.recorded_at < $3' end,
        case when filter.company_id is not null then 'entry.company_id = $4' end,
        case when filter.actor_id is not null then 'entry.actor_id = $5' end,
        case when nullif(filter.action, '') is not null then 'entry.action = $6' end,
        case when nullif(filter.decision, '') is not null then 'entry.decision = $7' end,
        case when introduction is not null then 'entry.introduction_id = $8'
             when person is not null then
                 '(entry.recorded_at, entry.id) in (select side.recorded_at, side.entry_id from accesslog.entry_subject as side where side.candidate_id = $11)'
             when nullif(filter.introduction_code, '') is not null then 'false' end,
        case when from_at is not null then
            case when backwards then '(entry.recorded_at, entry.id) > ($9, $10)' else '(entry.recorded_at, entry.id) < ($9, $10)' end
        end);
    -- Built from these fixed pieces only, so that each combination of filters is planned for itself.
    return query execute format(
        $query$
        select page.id, page.recorded_at, page.action, page.decision, coalesce(page.reasons, '{}'),
               page.actor_id, account.display_name, page.role, page.company_id, company.name, company.name_latin,
               page.introduction_id, introduced.code, candidate.reference,
               gate.purpose_codes(page.purpose), gate.item_codes(page.items),
               page.consent_id, page.agreement_id, agreement.number, page.agreement_digest, page.document_digest, page.commitment,
               page.session_id, page.request_id, page.subject_id, coalesce(page.subject_kind, action.subject), touched.display_name, page.facts, side.entry_id is not null, host(side.ip), side.agent
        from (select entry.* from accesslog.entry where %1$s order by entry.recorded_at %2$s, entry.id %2$s limit %3$s) as page
        left join accesslog.action on action.code = page.action and page.subject_id is not null
        left join accesslog.entry_subject as side on side.entry_id = page.id and side.recorded_at = page.recorded_at
        left join personal.candidate on candidate.id = side.candidate_id
        left join personal.introduction as introduced on introduced.id = page.introduction_id
        left join portal.agreement on agreement.id = page.agreement_id
        left join portal.account on account.id = page.actor_id
        left join portal.account as touched on touched.id = page.subject_id
        left join portal.company on company.id = page.company_id
        order by page.recorded_at desc, page.id desc
        $query$,
        conditions, case when backwards then 'asc' else 'desc' end, least(page_size, 100))
    using one, filter.recorded_from, filter.recorded_to, filter.company_id, filter.actor_id, filter.action, filter.decision, introduction, from_at, from_id, person;
end
$$;
