-- What a recruiter finds on arriving: codes, positions and dates, no item. It is recorded as a search is.

-- When this account was last here before the present sign-in; null at the first one.
create function gate.last_visit(viewer gate.viewer_row) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select max(earlier.last_seen_at) from portal.session as earlier
    where earlier.account_id = viewer.account_id
      and earlier.started_at < (select present.started_at from portal.session as present where present.id = viewer.session_id)
$$;

-- How many introductions were withdrawn since. Only those are counted of which the company had been shown something, and none is named: a
-- number tells nothing of anybody whom the rule never showed. "offset 0" keeps the order: from the few who withdrew to their introductions.
-- Only the newest 100 withdrawals are looked at; "more" says that there were others.
create function gate.withdrawn_since(viewer gate.viewer_row, since timestamptz, out many integer, out more boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
    with newest as materialized (
        select consent.candidate_id, consent.withdrawn_at from personal.consent
        where consent.company_id = viewer.company_id and consent.withdrawn_at > since and consent.withdrawn_at <= now()
        order by consent.withdrawn_at desc limit 100
    )
    select count(distinct gone.id)::integer, (select count(*) = 100 from newest)
    from (
        select introduction.id
        from newest as said
        cross join lateral (
            select own.id, own.introduced_at from personal.introduction as own
            where own.candidate_id = said.candidate_id and own.company_id = viewer.company_id
              and (own.decided_at is null or own.undone_at is not null) offset 0
        ) as introduction
        where exists (select from accesslog.entry
                      where entry.introduction_id = introduction.id and entry.company_id = viewer.company_id
                        and entry.decision = 'permitted' and entry.action in (@'listed', @'page_shown')
                        and entry.recorded_at >= introduction.introduced_at and entry.recorded_at <= said.withdrawn_at)
        offset 0
    ) as gone
$$;

-- The newest 200 of which something is open: how many of them are new, unread, the viewer's own or wait for the viewer's scorecard. The newest 8 of
-- each of these kinds are what the page shows. A scorecard is waited for of whoever a candidate is assigned to, and from the interview on of whoever opened the page.
-- Besides, those that something happened to since, that mention the viewer or that end soon. Null when the viewer may see nobody.
-- for: portal_web
create function gate.home() returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_search(viewer);
    everybody gate.search_filter;
    since timestamptz;
    news_from timestamptz;
    assigned uuid[] := array(select own.id from personal.introduction as own where own.assigned_to = viewer.account_id);
    judged_by uuid[] := array(select distinct criteria.opening_id from portal.criteria where criteria.company_id = viewer.company_id);
    mentioned boolean := exists (select from personal.note_mention where note_mention.account_id = viewer.account_id);
begin
    perform gate.record(@'home_shown', viewer, refusal, purpose => case when refusal is null then @selection | @contact else 0 end,
                        agreement => viewer.agreement_id);
    if refusal is not null then
        return null;
    end if;
    since := gate.last_visit(viewer);
    news_from := coalesce(since, now() - interval '7 days');
    return (
        with walked as materialized (
            select * from gate.matching(viewer, everybody, null) as newest
            order by newest.introduced_at desc, newest.introduction_id desc limit 200
        ), looked_at as (
            select walked.*, consent.expires_at as consent_until,
                   walked.introduced_at > news_from as is_new,
                   walked.decided_at is null
                       and not exists (select from gate.readings(viewer, walked.introduction_id, walked.introduced_at)) as unread,
                   walked.decided_at is null and walked.introduction_id = any (assigned)
                       and exists (select from gate.assignees(walked.introduction_id) as whose where whose = viewer.account_id) as mine,
                   case when mentioned and walked.selection_items <> 0
                        then (select max(at) from gate.mentions(viewer, walked.introduction_id) as at) end as mentioned_at
            from walked
            left join lateral (
                select said.expires_at from personal.consent as said
                where walked.decided_at is null and said.candidate_id = walked.candidate_id and said.company_id = viewer.company_id and said.given_at <= now()
                order by said.given_at desc, said.id desc limit 1
            ) as consent on true
        ), asked as (
            select looked_at.*,
                   decided_at is null and selection_items <> 0 and (mine or stage in ('interview', 'offer') and not unread) and opening_id = any (judged_by)
                       and not exists (select from personal.scorecard as card
                                       where card.introduction_id = looked_at.introduction_id and card.written_by = viewer.account_id) as to_judge
            from looked_at
        ), counted as materialized (
            select asked.*, count(*) filter (where is_new) over newer as new_place, count(*) filter (where unread) over newer as unread_place,
                   count(*) filter (where mine) over newer as own_place, count(*) filter (where to_judge) over newer as judge_place
            from asked
            window newer as (order by introduced_at desc, introduction_id desc rows unbounded preceding)
        )
        select json_build_object(
            'since', since, 'news_from', news_from,
            'withdrawn', (select json_build_object('many', many, 'more', more) from gate.withdrawn_since(viewer, news_from)),
            'answers', gate.new_answers(viewer),
            'overdue', (
                select coalesce(json_agg(json_build_object(
                    'id', late.introduction_id, 'code', own.code, 'stage', own.stage, 'opening_title', opening.title,
                    'opening_title_latin', opening.title_latin, 'ends_at', late.inactive_at) order by late.inactive_at, own.id), '[]')
                from gate.overdue_for(viewer) as late
                join personal.introduction as own on own.id = late.introduction_id
                join portal.opening on opening.id = own.opening_id),
            'agreement', (select json_build_object('number', agreement.number, 'until', gate.end_of(agreement))
                          from portal.agreement where agreement.id = viewer.agreement_id),
            'counts', (select json_build_object('looked_at', count(*), 'new', coalesce(max(new_place), 0), 'unread', coalesce(max(unread_place), 0),
                                                'mine', coalesce(max(own_place), 0), 'to_judge', coalesce(max(judge_place), 0)) from counted),
            'introductions', coalesce(json_agg(json_build_object(
                'id', shown.introduction_id, 'code', shown.code, 'stage', shown.stage,
                'opening_title', opening.title, 'opening_title_latin', opening.title_latin,
                'introduced_at', shown.introduced_at, 'decided_at', shown.decided_at, 'outcome', latest.result,
                'decided_by', decider.display_name, 'decided_by_me', latest.recorded_by = viewer.account_id,
                'moved_at', own.moved_at, 'moved_by', mover.display_name, 'moved_by_me', own.moved_by = viewer.account_id,
                'contact_until', shown.contact_until, 'consent_until', shown.consent_until, 'mentioned_at', shown.mentioned_at,
                'unread', shown.unread, 'assigned_to_me', shown.mine, 'to_judge', shown.to_judge
            ) order by shown.introduced_at desc, shown.introduction_id desc), '[]'))
        from (
            select * from counted
            where is_new and new_place <= 8 or unread and unread_place <= 8 or mine and own_place <= 8 or to_judge and judge_place <= 8
               or changed_at > introduced_at and changed_at > news_from
               or mentioned_at is not null
               or consent_until < now() + interval '14 days'
               or decided_at is not null and contact_until < now() + interval '7 days') as shown
        join portal.opening on opening.id = shown.opening_id
        join personal.introduction as own on own.id = shown.introduction_id
        left join portal.account as mover on mover.id = own.moved_by
        left join lateral (
            select outcome.result, outcome.recorded_by from gate.outcome_of(shown.introduction_id) as outcome
            where shown.decided_at is not null
        ) as latest on true
        left join portal.account as decider on decider.id = latest.recorded_by
    );
end
$$;
