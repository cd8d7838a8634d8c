-- Which introductions a recruiter may see, and how many. No personal data comes out of here; the search itself is recorded.
-- A filter on an item matches only where that very item is open to the viewer, so that a filter can never tell what a page may not.

create type gate.search_filter as (
    name text, opening_id uuid, stage text, japanese_rank smallint, work_permission text, decided boolean
);

create function gate.matching(viewer gate.viewer_row, filter gate.search_filter, named uuid[])
returns table (introduction_id uuid, opening_id uuid, code text, stage text, introduced_at timestamptz,
               selection_items integer, contact_items integer, decided_at timestamptz, contact_until timestamptz)
language sql stable as $$
    select judged.introduction_id, judged.opening_id, judged.code, judged.stage, judged.introduced_at,
           judged.selection_items, judged.contact_items, judged.decided_at, judged.contact_until
    from gate.judge(viewer, now()) as judged
    left join personal.candidate_items on candidate_items.candidate_id = judged.candidate_id
    where judged.company_id = viewer.company_id
      and judged.selection_items | judged.contact_items <> 0
      and (filter.opening_id is null or judged.opening_id = filter.opening_id)
      and (filter.stage is null or judged.stage = filter.stage)
      and (filter.decided is null or (judged.decided_at is not null) = filter.decided)
      and (filter.japanese_rank is null
           or (judged.selection_items & @japanese_level <> 0 and candidate_items.japanese_rank >= filter.japanese_rank))
      and (filter.work_permission is null
           or (judged.selection_items & @residence_status <> 0 and candidate_items.work_permission = filter.work_permission))
      and (named is null
           or ((judged.selection_items | judged.contact_items) & @name <> 0 and judged.candidate_id in (select unnest(named))))
$$;

-- The candidates introduced to this company whose names hold every word asked for; null when no name is asked for.
create function gate.named(company uuid, asked text) returns uuid[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    words text[] := array(select word from gate.words(left(asked, 100)) as word);
    found uuid[];
    word text;
begin
    if cardinality(words) = 0 then
        return case when nullif(btrim(asked), '') is null then null else '{}'::uuid[] end;
    end if;
    foreach word in array words loop
        found := array(
            select distinct name_token.candidate_id
            from personal.name_token
            join personal.introduction on introduction.candidate_id = name_token.candidate_id and introduction.company_id = company
            where name_token.token like replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
              and (found is null or name_token.candidate_id = any (found)));
    end loop;
    return found;
end
$$;

create function gate.search(
    filter gate.search_filter, from_at timestamptz, from_id uuid, backwards boolean, page_size integer
) returns table (
    introduction_id uuid, opening_id uuid, opening_title text, code text, stage text, introduced_at timestamptz,
    selection_open boolean, decided_at timestamptz, contact_until timestamptz, outcome text
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    named uuid[];
begin
    if viewer.company_id is null then
        return;
    end if;
    named := gate.named(viewer.company_id, filter.name);
    perform gate.record('searched', viewer, items =>
        case when named is null then 0 else @name end
        | case when filter.japanese_rank is null then 0 else @japanese_level end
        | case when filter.work_permission is null then 0 else @residence_status end,
        agreement => viewer.agreement_id);
    return query
        select page.introduction_id, page.opening_id, opening.title, page.code, page.stage, page.introduced_at,
               page.selection_items <> 0, page.decided_at, page.contact_until,
               (select latest.result from personal.outcome latest where latest.introduction_id = page.introduction_id
                order by latest.recorded_at desc, latest.id desc limit 1)
        from (
            (select * from gate.matching(viewer, filter, named) as older
             where not backwards and (from_at is null or (older.introduced_at, older.introduction_id) < (from_at, from_id))
             order by older.introduced_at desc, older.introduction_id desc
             limit least(page_size, 100))
            union all
            (select * from gate.matching(viewer, filter, named) as newer
             where backwards and (newer.introduced_at, newer.introduction_id) > (from_at, from_id)
             order by newer.introduced_at, newer.introduction_id
             limit least(page_size, 100))
        ) as page
        join portal.opening on opening.id = page.opening_id
        order by page.introduced_at desc, page.introduction_id desc;
end
$$;

-- How many the search would find, counted to 1,001 and no further: beyond a thousand the exact number helps nobody.
create function gate.count(filter gate.search_filter) returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    named uuid[];
begin
    if viewer.company_id is null then
        return 0;
    end if;
    named := gate.named(viewer.company_id, filter.name);
    return (select count(*) from (select from gate.matching(viewer, filter, named) limit 1001) as counted);
end
$$;
