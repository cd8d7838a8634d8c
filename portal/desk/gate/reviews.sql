grant insert, update (assigned_to, conclusion, concluded_by, concluded_at, signed_off_by, signed_off_at) on portal.log_review to portal_gate;
grant insert, update (verdict, note, judged_by, judged_at) on portal.log_review_entry to portal_gate;

-- Reviews of the log: what a company's people did in a month is looked at by one of compliance and signed off by another. Nobody judges or
-- signs off their own access.

-- Starts one of a month that is over: all entries of the company, or thirty that are drawn. Its number; null for whoever may not, where there
-- is one, and where nothing was done.
-- for: portal_web
create function gate.start_review(company uuid, month date, kind text, reviewer uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    made uuid := gen_random_uuid();
    begins timestamptz := gate.day_begins(start_review.month);
    ends timestamptz := gate.day_begins((start_review.month + interval '1 month')::date);
    many integer;
begin
    if refusal is null then
        select count(*) into many from accesslog.entry where entry.company_id = company and entry.recorded_at >= begins and entry.recorded_at < ends;
        refusal := case
            when not exists (select from portal.account where account.id = reviewer and account.role = 'compliance' and account.status = 'active')
                 or not exists (select from portal.company as known where known.id = company) then @'no_such_record'
            when ends > now() or many = 0 or many > 5000 and kind = 'complete'
                 or exists (select from portal.log_review as review where review.company_id = company and review.month = start_review.month) then @'not_now' end;
    end if;
    perform gate.record(@'review_started', viewer, refusal, company => company, subject => case when refusal is null then made end,
                        facts => jsonb_build_object('review_kind', kind, 'assignee', reviewer));
    if refusal is not null then
        return null;
    end if;
    insert into portal.log_review (id, company_id, month, kind, assigned_to, started_by, in_all)
    values (made, company, start_review.month, start_review.kind, reviewer, viewer.account_id, many);
    insert into portal.log_review_entry (review_id, place, entry_id, recorded_at)
    select made, row_number() over (order by drawn.recorded_at, drawn.id), drawn.id, drawn.recorded_at
    from (select entry.id, entry.recorded_at from accesslog.entry
          where entry.company_id = company and entry.recorded_at >= begins and entry.recorded_at < ends
          order by sha256(uuid_send(entry.id) || uuid_send(made)) limit case when start_review.kind = 'sampled' then 30 else 5000 end) as drawn;
    if reviewer <> viewer.account_id then
        perform gate.put_mail('review_assigned', reviewer);
    end if;
    return made;
end
$$;

-- Whether this viewer gives a review to somebody else: whoever started it, or has it; and any colleague where none of the two can work any more.
create function gate.gives_review(viewer gate.viewer_row, review portal.log_review) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select viewer.role = 'compliance' and (viewer.account_id in (review.started_by, review.assigned_to) or not exists (
        select from portal.account where account.id in (review.started_by, review.assigned_to) and account.role = 'compliance' and account.status = 'active'))
$$;

-- Gives a review that is not concluded to another of compliance, who goes on with what is not judged: nobody judges what they did themselves, so a review of
-- what its reviewer did needs a second one. "given", "not_now" or "same"; null for whoever may not.
-- for: portal_web
create function gate.give_review(review uuid, reviewer uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.log_review;
begin
    if refusal is null then
        select log_review.* into found from portal.log_review where log_review.id = give_review.review for no key update;
        refusal := case
            when found.id is null then @'no_such_record'
            when found.concluded_at is not null or not gate.gives_review(viewer, found) then @'not_now'
            when found.assigned_to = reviewer then @'nothing_to_change'
            when not exists (select from portal.account where account.id = reviewer and account.role = 'compliance' and account.status = 'active')
                then @'no_colleague' end;
    end if;
    perform gate.record(@'review_reassigned', viewer, refusal, company => found.company_id, subject => found.id,
                        facts => case when refusal is null then jsonb_build_object('former_assignee', found.assigned_to, 'assignee', reviewer) end);
    if refusal is null then
        update portal.log_review set assigned_to = reviewer where id = found.id;
        if reviewer <> viewer.account_id then
            perform gate.put_mail('review_assigned', reviewer);
        end if;
    end if;
    return case when refusal is null then 'given' when refusal = @'nothing_to_change' then 'same' when found.id is not null then 'not_now' end;
end
$$;

-- The reviews, the newest first; or one of them. "own" is how many entries nobody judged yet because the reviewer did them; "gives" whether
-- the viewer can give it to somebody else.
-- for: portal_web
create function gate.reviews(asked uuid default null)
returns table (id uuid, company_id uuid, name text, name_latin text, month date, kind text, assigned_to uuid, reviewer text, in_all integer, chosen bigint,
               judged bigint, questioned bigint, conclusion text, concluded_by uuid, concluded_name text, concluded_at timestamptz,
               signed_off_name text, signed_off_at timestamptz, own bigint, gives boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select review.id, company.id, company.name, company.name_latin, review.month, review.kind, review.assigned_to, reviewer.display_name, review.in_all,
           counted.many, counted.judged, counted.questioned, review.conclusion, review.concluded_by, concluded.display_name, review.concluded_at,
           signed.display_name, review.signed_off_at, counted.own, gate.gives_review(viewer, review)
    from gate.viewer() as viewer
    join portal.log_review as review on viewer.role = 'compliance' and (asked is null or review.id = asked)
    join portal.company on company.id = review.company_id
    join portal.account as reviewer on reviewer.id = review.assigned_to
    left join portal.account as concluded on concluded.id = review.concluded_by
    left join portal.account as signed on signed.id = review.signed_off_by
    cross join lateral (
        select count(*) as many, count(listed.verdict) as judged, count(*) filter (where listed.verdict in ('to_be_asked', 'breach')) as questioned,
               count(*) filter (where entry.actor_id = review.assigned_to and listed.verdict is null) as own
        from portal.log_review_entry as listed
        left join accesslog.entry on asked is not null and entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at
        where listed.review_id = review.id
    ) as counted
    order by review.month desc, review.started_at desc limit 200
$$;

-- The entries of a review with what was said of each. Looking at them is recorded.
-- for: portal_web
create function gate.review_entries(review uuid)
returns table (line gate.log_row, place integer, verdict text, note text, judged_name text, own boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.log_review;
    read accesslog.entry[];
begin
    select log_review.* into found from portal.log_review where refusal is null and log_review.id = review_entries.review;
    perform gate.record(@'review_read', viewer, coalesce(refusal, case when found.id is null then @'no_such_record' end), company => found.company_id, subject => found.id);
    if found.id is null then
        return;
    end if;
    read := array(select entry from portal.log_review_entry as listed
                  join accesslog.entry on entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at where listed.review_id = found.id);
    return query
        select named, listed.place, listed.verdict, listed.note, account.display_name, named.actor_id is not distinct from viewer.account_id
        from gate.log_named(read) as named
        join portal.log_review_entry as listed on listed.review_id = found.id and listed.entry_id = named.id
        left join portal.account on account.id = listed.judged_by
        order by listed.place;
end
$$;

-- What the reviewer says of entries, by their places. How many it was said of: none of the reviewer's own, and nothing after the conclusion.
-- for: portal_web
create function gate.judge_entries(review uuid, places integer[], verdict text, note text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.log_review;
    said integer := 0;
begin
    if refusal is null then
        select log_review.* into found from portal.log_review where log_review.id = judge_entries.review for no key update;
        refusal := case when found.id is null then @'no_such_record' when found.assigned_to <> viewer.account_id or found.concluded_at is not null then @'not_now' end;
    end if;
    if refusal is null then
        update portal.log_review_entry as listed
        set verdict = judge_entries.verdict, note = nullif(btrim(judge_entries.note), ''), judged_by = viewer.account_id, judged_at = now()
        from accesslog.entry
        where listed.review_id = found.id and listed.place = any (places) and entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at
          and entry.actor_id is distinct from viewer.account_id;
        get diagnostics said = row_count;
        refusal := case when said < cardinality(places) then @'own_act' end;
    end if;
    perform gate.record(@'review_judged', viewer, refusal, company => found.company_id, subject => found.id, facts => jsonb_build_object('entries', said));
    return case when found.id is not null and found.assigned_to = viewer.account_id then said end;
end
$$;

-- The reviewer's conclusion, once everything is judged; then another signs off who did nothing of what is reviewed. "concluded" or
-- "signed_off"; "not_now" or "own_act", and nothing is done; null for whoever may not.
-- for: portal_web
create function gate.conclude_review(review uuid, conclusion text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.log_review;
    done text;
begin
    if refusal is null then
        select log_review.* into found from portal.log_review where log_review.id = conclude_review.review for no key update;
        done := case when found.concluded_at is null then 'concluded' else 'signed_off' end;
        refusal := case
            when found.id is null then @'no_such_record'
            when found.signed_off_at is not null then @'not_now'
            when done = 'concluded' and (found.assigned_to <> viewer.account_id or nullif(btrim(conclude_review.conclusion), '') is null
                 or exists (select from portal.log_review_entry as listed join accesslog.entry on entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at
                            where listed.review_id = found.id and listed.verdict is null)) then @'not_now'
            when done = 'signed_off' and (found.concluded_by = viewer.account_id
                 or exists (select from portal.log_review_entry as listed join accesslog.entry on entry.id = listed.entry_id and entry.recorded_at = listed.recorded_at
                            where listed.review_id = found.id and entry.actor_id = viewer.account_id)) then @'own_act' end;
    end if;
    perform gate.record(case when done = 'signed_off' then @'review_signed_off' else @'review_concluded' end, viewer, refusal,
                        company => found.company_id, subject => found.id);
    if refusal is null and done = 'concluded' then
        update portal.log_review set conclusion = btrim(conclude_review.conclusion), concluded_by = viewer.account_id, concluded_at = now() where id = found.id;
    elsif refusal is null then
        update portal.log_review set signed_off_by = viewer.account_id, signed_off_at = now() where id = found.id;
    end if;
    return case when refusal is null then done when found.id is not null then refusal end;
end
$$;
