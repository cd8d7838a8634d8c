-- Which introductions a recruiter may see, and in "matches" how many; the search itself is recorded. Where items are "wanted", those
-- of each row but the one too many come with it, disclosed and recorded as gate.disclose would have.
-- A filter on an item matches only where that very item is open to the viewer. So a filter can never tell what a page may not.

-- When this person opened the candidate's page, whatever colleagues did: the log knows. Nobody is shown before being introduced, so
-- that only the months since then are looked into, and none that is still to come. As a set it is taken into the query that asks.
create function gate.readings(viewer gate.viewer_row, introduction uuid, introduced_at timestamptz) returns setof timestamptz
language sql stable as $$
    select entry.recorded_at from accesslog.entry
    where entry.introduction_id = introduction and entry.actor_id = viewer.account_id
      and entry.action = @'page_shown' and entry.decision = 'permitted'
      and entry.recorded_at >= readings.introduced_at and entry.recorded_at <= now()
$$;

-- Two conditions, each reading "not asked for, or fitting": what the introduction itself says, so that the rest is passed
-- over before being judged, and then what is open. Each is one expression (null counts as no). The planner takes one
-- unknown expression for half of the rows, but many of them for none. It then plans as if nearly nothing would be found; and
-- because within one expression the order stands. What is known of a person comes last: of nobody is anything even looked
-- up before that very item is judged open, so that not the server's own counters tell of them. The two values are fetched,
-- and not asked for by "exists", which the planner may answer by reading everyone's first.
create function gate.matching(viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[] default null, certificates text[] default null)
returns setof gate.found_row
language sql stable as $$
    select judged.introduction_id, judged.candidate_id, judged.consent_id, judged.agreement_id,
           judged.opening_id, judged.code, judged.stage, judged.introduced_at, judged.selection_items, judged.contact_items, judged.decided_at,
           judged.contact_until, judged.inactive_at, judged.changed_at, judged.stage_place
    from gate.judge(viewer, now()) as judged
    where judged.company_id = viewer.company_id
      and coalesce(
          (filter.code is null or judged.code = filter.code)
          and (filter.opening_id is null or judged.opening_id = filter.opening_id),
          false)
      and coalesce(
          judged.selection_items | judged.contact_items <> 0
          and (filter.decided is null or (judged.decided_at is not null) = filter.decided)
          and (filter.stage is null or judged.stage = filter.stage)
          and (filter.outcome is null or judged.decided_at is not null and gate.latest_outcome(judged.introduction_id) = filter.outcome)
          and (filter.unread is null or not exists (select from gate.readings(viewer, judged.introduction_id, judged.introduced_at)) = filter.unread)
          and (filter.assigned is null or case filter.assigned
                  when 'me' then exists (select from gate.assignees(judged.introduction_id) as whose where whose = viewer.account_id)
                  else not exists (select from gate.assignees(judged.introduction_id)) end)
          and (filter.japanese_rank is null and filter.japanese_own_rank is null or judged.selection_items & @japanese_level <> 0)
          and (filter.japanese_rank is null or filter.japanese_rank <= (
                  select case when person.japanese_certified then person.japanese_rank end
                  from personal.candidate_items as person where person.candidate_id = judged.candidate_id))
          and (filter.japanese_own_rank is null or filter.japanese_own_rank <= (
                  select case when not person.japanese_certified then person.japanese_rank end
                  from personal.candidate_items as person where person.candidate_id = judged.candidate_id))
          and (filter.work_permission is null or judged.selection_items & @residence_status <> 0)
          and (filter.work_permission is null or filter.work_permission = (
                  select person.work_permission from personal.candidate_items as person where person.candidate_id = judged.candidate_id))
          and (filter.language is null or judged.selection_items & @background <> 0)
          and (filter.language is null or filter.language = any (array(
                  select unnest(known.languages) from personal.candidate_words as known where known.candidate_id = judged.candidate_id)))
          and (filter.available_months is null or judged.selection_items & @background <> 0)
          and (filter.available_months is null or (select gate.day_in(filter.available_months)) >= (
                  select known.available_from from personal.candidate_words as known where known.candidate_id = judged.candidate_id))
          and (certificates is null or judged.selection_items & @qualifications <> 0)
          and (certificates is null or (
                  select (select bool_and(strpos(known.qualifications, word) > 0) from unnest(certificates) as word)
                  from personal.candidate_words as known where known.candidate_id = judged.candidate_id))
          and (keywords is null or judged.selection_items & (@background | @qualifications) <> 0)
          and (keywords is null or (
                  select (select bool_and(judged.selection_items & @background <> 0 and strpos(known.background, word) > 0
                                          or judged.selection_items & @qualifications <> 0 and strpos(known.qualifications, word) > 0)
                          from unnest(keywords) as word)
                  from personal.candidate_words as known where known.candidate_id = judged.candidate_id))
          and (words is null or (judged.selection_items | judged.contact_items) & @name <> 0)
          and (words is null or cardinality(words) > 0 and not exists (
                  select from unnest(words) as word
                  where not exists (select from personal.name_token
                                    where name_token.candidate_id = judged.candidate_id
                                      and name_token.token >= word and name_token.token < (word || U&'\+10FFFF')))),
          false)
$$;

-- The words of a name asked for, each the beginning of a token; null when no name is asked for.
create function gate.words_asked(asked text) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when nullif(btrim(asked), '') is not null then array(select word from gate.words(left(asked, 100)) as word) end
$$;

-- The day in Japan so many months from now, to be compared with a day, a month or a year that begins by then.
create function gate.day_in(months smallint) returns text
language sql stable as $$ select to_char(now() at time zone 'Asia/Tokyo' + make_interval(months => months), 'YYYY-MM-DD') $$;

-- Why this viewer may look for nobody; null when they may.
create function gate.refused_search(viewer gate.viewer_row) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case
        when viewer.session_id is null then @'no_live_session'
        when viewer.company_id is null then @'not_for_this_role'
        when (select gate.state_of(company) from portal.company where company.id = viewer.company_id) <> 'active' then @'company_not_active'
        when not viewer.within then @'network_outside_company'
        when viewer.agreement_id is null and not exists (
            select from portal.agreement where agreement.company_id = viewer.company_id and gate.in_force(agreement, now())
        ) then @'agreement_not_in_force'
        when viewer.agreement_id is null then @'undertaking_not_accepted'
    end
$$;

-- The outcome of an introduction that is decided on: its newest row.
create function gate.latest_outcome(introduction uuid) returns text
language sql stable as $$
    select outcome.result from personal.outcome where outcome.introduction_id = introduction
    order by outcome.recorded_at desc, outcome.id desc limit 1
$$;

-- "matches" is counted to 301 and no further: judging an introduction is what a list costs, and beyond a few hundred the exact
-- number helps nobody. One walk gives the count and the first page, or the first of a further step, which begins before all of a moment; on
-- the others it is null, and twenty-six are judged.
--
-- It is sorted by when each was introduced, by when a colleague last changed something, or by stage. Each order has an index of its own
-- (walk.sql). "from_place" is the stage's place where a page by stage begins.
--
-- "board" walks through each stage by itself and keeps the first so many of it, none of them one too many; "matches" is then how many are at the
-- row's own stage, counted to 76. It is as much work as a list: four times 76 are judged.
--
-- "in_steps" judges no more introductions than those of one step (reach.sql). Where that ends the search before the
-- page is full, a last row holds how far it looked, and nothing else. A search by stage alone walks through that stage's introductions.
--
-- The plans are made once per connection, without looking at what is asked: planning the whole rule costs several times
-- what a page of it costs. They must walk through the company's introductions in order and stop when there are enough,
-- whatever the planner expects of the filters; that is what the settings of the function say.
-- for: portal_web
create function gate.search(
    filter gate.search_filter, from_at timestamptz, from_id uuid, backwards boolean, page_size integer, wanted integer default 0,
    sorted_by text default 'introduced', from_place integer default null,
    in_steps boolean default false
) returns table (
    introduction_id uuid, opening_id uuid, opening_title text, opening_title_latin text, code text, stage text, introduced_at timestamptz,
    selection_open boolean, decided_at timestamptz, contact_until timestamptz, inactive_at timestamptz, outcome text, matches integer, unread boolean, assignee text,
    changed_at timestamptz, stage_place smallint, disclosed uuid, entry_id uuid, recorded_at timestamptz, purpose text, items integer, open_items integer,
    name jsonb, email text, photo uuid, nationality text, address jsonb, date_of_birth date, age integer, gender text, telephone text,
    background jsonb, qualifications jsonb, residence_status jsonb, japanese_level jsonb,
    reached_place smallint, reached_at timestamptz
)
language plpgsql security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    words text[] := gate.words_asked(filter.name);
    keywords text[] := gate.keywords_asked(filter.keywords);
    certificates text[] := gate.keywords_asked(filter.qualification);
    refusal text;
    most integer := least(page_size, 100);
    found gate.found_row[];  -- from the place on where the page begins, in the direction asked for
    counted integer;
    first boolean;
    walked integer;
    everyone gate.found_row[];  -- for the board, all that were walked
    at_stage integer := case when sorted_by = 'introduced' then gate.stage_asked(filter) end;
    until gate.place;
begin
    refusal := gate.refused_search(viewer);
    if refusal is not null then
        perform gate.record(@'searched', viewer, refusal);
        return;
    end if;
    perform gate.record(@'searched', viewer, purpose => case when filter.decided then @contact else @selection | @contact end, items =>
        case when words is null then 0 else @name end
        | case when coalesce(filter.japanese_rank, filter.japanese_own_rank) is null then 0 else @japanese_level end
        | case when filter.work_permission is null then 0 else @residence_status end
        | case when keywords is null and filter.language is null and filter.available_months is null then 0 else @background end
        | case when keywords is null and certificates is null then 0 else @qualifications end,
        agreement => viewer.agreement_id,
        facts => jsonb_build_object(
            'name', case when words is not null then true end, 'code', case when filter.code is not null then true end,
            'opening', filter.opening_id, 'stage', filter.stage, 'decided', filter.decided,
            'japanese_rank', filter.japanese_rank, 'japanese_own_rank', filter.japanese_own_rank,
            'work_permission', filter.work_permission, 'assigned', filter.assigned,
            'keywords', case when keywords is not null then true end, 'qualification', case when certificates is not null then true end,
            'language', filter.language, 'available_months', filter.available_months));
    first := (from_at is null or from_id = '00000000-0000-0000-0000-000000000000') and not coalesce(backwards, false);
    walked := case when first then 301 else most end;
    if in_steps and sorted_by <> 'board' and not coalesce(backwards, false) then
        until := gate.reach(viewer, filter, sorted_by, from_place, from_at);
    end if;
    found := case
        when sorted_by = 'changed' then gate.walk_by_change(viewer, filter, words, keywords, certificates, from_at, from_id, backwards, walked, until)
        when sorted_by = 'board' then gate.walk_each_stage(viewer, filter, words, keywords, certificates, 76)
        when sorted_by = 'stage' then gate.walk_by_stage(viewer, filter, words, keywords, certificates, from_place, from_at, from_id, backwards, walked, until)
        when at_stage is not null then gate.walk_at_stage(viewer, filter, words, keywords, certificates, at_stage, from_at, from_id, backwards, walked, until)
        else gate.walk_by_introduction(viewer, filter, words, keywords, certificates, from_at, from_id, backwards, walked, until)
    end;
    if cardinality(found) >= walked then
        until := null;  -- what was found fills the page, which goes on from its last row
    end if;
    if sorted_by = 'board' then
        everyone := found;
        found := array(
            select row(placed.introduction_id, placed.candidate_id, placed.consent_id, placed.agreement_id, placed.opening_id, placed.code, placed.stage,
                       placed.introduced_at, placed.selection_items, placed.contact_items, placed.decided_at, placed.contact_until, placed.inactive_at,
                       placed.changed_at, placed.stage_place)::gate.found_row
            from (select one.*, row_number() over (partition by one.stage_place order by one.ordinality) as place
                  from unnest(everyone) with ordinality as one) as placed
            where placed.place <= most
            order by placed.ordinality);
        most := cardinality(found) + 1;
    elsif first then
        counted := cardinality(found);
        found := found[:most];
    end if;
    return query
        select page.introduction_id, page.opening_id, opening.title, opening.title_latin, page.code, page.stage, page.introduced_at,
               page.selection_items <> 0, page.decided_at, page.contact_until, page.inactive_at,
               case when page.decided_at is not null then gate.latest_outcome(page.introduction_id) end,
               case when everyone is null then counted else (select count(*)::integer from unnest(everyone) as one where one.stage_place = page.stage_place) end,
               not exists (select from gate.readings(viewer, page.introduction_id, page.introduced_at)),
               (select account.display_name from gate.assignees(page.introduction_id) as whose join portal.account on account.id = whose),
               page.changed_at, page.stage_place, shown.*, null::smallint, null::timestamptz
        from unnest(found) with ordinality as page
        join portal.opening on opening.id = page.opening_id
        left join gate.show(viewer, array(
            select row(one.introduction_id, one.candidate_id, one.consent_id, one.agreement_id,
                       case when one.selection_items <> 0 then @selection else @contact end,
                       case when one.selection_items <> 0 then one.selection_items else one.contact_items end, 0)::gate.judged_row
            from unnest(found[:most - 1]) as one where wanted <> 0), @'listed', wanted) as shown on shown.introduction_id = page.introduction_id
        order by case when backwards then -page.ordinality else page.ordinality end;
    if until.at is not null then
        matches := counted;
        reached_place := until.stage_place;
        reached_at := until.at;
        return next;
    end if;
end
$$;
