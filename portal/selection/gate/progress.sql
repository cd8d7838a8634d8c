-- How a company's selections go, for its administrators: by position and stage, never by person; and who has seen what, from its own log.

-- Of the introductions of a year, those that are open to the company now and those that it decided on itself. Whoever it cannot see any more, and
-- did not decide on, is in no number: what is counted is what the company knows anyway. Null for whoever may not ask.
-- for: portal_web
create function gate.progress() returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
begin
    perform gate.record(@'progress_shown', viewer, refusal, purpose => case when refusal is null then @selection else 0 end,
                        agreement => viewer.agreement_id);
    if refusal is not null then
        return null;
    end if;
    return (
        with known as materialized (
            select judged.introduction_id as id, judged.opening_id, judged.introduced_at, judged.selection_items <> 0 as undecided,
                   outcome.result, outcome.recorded_at as decided_at,
                   case case when outcome.result = 'hired' then 'offer' else coalesce(outcome.stage_before, judged.stage) end when 'offer' then 4 when 'interview' then 3 when 'screening' then 2 else 1 end as reached,
                   (select whose from gate.assignees(judged.introduction_id) as whose limit 1) as assignee
            from gate.judge(viewer, now()) as judged
            left join lateral (select first.result, first.stage_before, first.recorded_at from gate.outcome_of(judged.introduction_id) as first) as outcome on true
            where judged.company_id = viewer.company_id and judged.introduced_at > now() - interval '1 year'
              and (judged.selection_items | judged.contact_items <> 0 or outcome.result is not null)
        ), looked as (
            select known.*, (select min(entry.recorded_at) from accesslog.entry
                             where entry.introduction_id = known.id and entry.action = @'page_shown' and entry.decision = 'permitted'
                               and entry.recorded_at >= known.introduced_at) as seen_at
            from known
        ), by_opening as (
            select opening.id, opening.title, opening.title_latin,
                   count(*) as introduced, count(*) filter (where reached >= 2) as screening, count(*) filter (where reached >= 3) as interview,
                   count(*) filter (where reached >= 4) as offer, count(*) filter (where result = 'hired') as hired,
                   count(*) filter (where undecided) as undecided, count(*) filter (where undecided and seen_at is null) as unseen,
                   percentile_cont(0.5) within group (order by extract(epoch from seen_at - introduced_at)) as first_look,
                   percentile_cont(0.5) within group (order by extract(epoch from looked.decided_at - introduced_at)) as decision
            from looked join portal.opening on opening.id = looked.opening_id
            group by opening.id
        )
        select json_build_object(
            'openings', (select coalesce(json_agg(by_opening order by by_opening.title, by_opening.id), '[]') from by_opening),
            'colleagues', (
                select coalesce(json_agg(json_build_object('name', colleague.display_name, 'undecided', (
                    select count(*) from known where known.assignee = colleague.id and known.undecided)) order by colleague.display_name, colleague.id), '[]')
                from portal.account as colleague
                where colleague.company_id = viewer.company_id and colleague.status = 'active' and colleague.role in ('recruiter', 'employer_admin')),
            'nobodys', (select count(*) from known where known.assignee is null and known.undecided)));
end
$$;

-- What the company's own people did, newest first: who, what, when and for which purpose. An introduction is named by its code while something of
-- it is open to whoever asks. Addresses, devices, and what concerns the operator's staff are not told.
-- What showed nothing reads alike whatever was in the way, so that a closed record stands here as one that never was (P1).
-- for: portal_web
create function gate.company_log(whose uuid, from_at timestamptz, from_id uuid, backwards boolean, page_size integer)
returns table (id uuid, recorded_at timestamptz, actor_name text, action text, decision text, purposes text[], items text[], code text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
begin
    perform gate.record(@'company_log_read', viewer, refusal, facts => case when refusal is null then jsonb_build_object('account', whose) end);
    if refusal is not null then
        return;
    end if;
    return query
        with page as materialized (
            (select entry.* from accesslog.entry
             where not coalesce(backwards, false) and entry.company_id = viewer.company_id and entry.role in ('recruiter', 'employer_admin')
               and (whose is null or entry.actor_id = whose)
               and (entry.recorded_at, entry.id) < (coalesce(from_at, 'infinity'), coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
             order by entry.recorded_at desc, entry.id desc limit least(page_size, 100))
            union all
            (select entry.* from accesslog.entry
             where backwards and entry.company_id = viewer.company_id and entry.role in ('recruiter', 'employer_admin')
               and (whose is null or entry.actor_id = whose)
               and (entry.recorded_at, entry.id) > (from_at, from_id)
             order by entry.recorded_at, entry.id limit least(page_size, 100))
        )
        select page.id, page.recorded_at, account.display_name, page.action, case page.decision when 'permitted' then 'permitted' else 'refused' end,
               gate.purpose_codes(case page.decision when 'permitted' then page.purpose else 0 end), gate.item_codes(page.items), judged.code
        from page
        left join portal.account on account.id = page.actor_id
        left join gate.judge(viewer, now()) as judged
            on judged.introduction_id = page.introduction_id and judged.selection_items | judged.contact_items <> 0
        order by page.recorded_at desc, page.id desc;
end
$$;
