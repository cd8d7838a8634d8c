-- How far a search looks in one step.
--
-- Judging an introduction is what a search costs, and a filter that few fit judges all of a company's. So a page asks for a step of so many,
-- and says how far it has looked. Those few are counted in the index of the list's own order, before anything is judged.

-- The place of a stage in introduction_by_stage, where a search asks for one; null otherwise. What was decided is known by its outcome.
create function gate.stage_asked(filter gate.search_filter) returns integer
language sql immutable as $$
    select case filter.stage when 'offer' then 4 when 'interview' then 3 when 'screening' then 2 when 'introduced' then 1 end
$$;

-- The place of the last of "most" introductions of the viewer's company, from where a page begins; null where fewer are left. It is the beginning of
-- an hour and no introduction: it tells nothing of the one that stands there, which may be closed. All of that hour belong to the step.
create function gate.reach(
    viewer gate.viewer_row, filter gate.search_filter, sorted_by text, from_place integer, from_at timestamptz, from_id uuid, most integer
) returns gate.place
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    start_at timestamptz := coalesce(from_at, 'infinity');
    start_id uuid := coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
    at_stage integer := gate.stage_asked(filter);
begin
    if sorted_by = 'changed' then
        return (
            select row(0, date_trunc('hour', one.changed_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
              and (one.changed_at, one.id) < (start_at, start_id)
            order by one.changed_at desc, one.id desc offset most - 1 limit 1);
    elsif sorted_by = 'stage' then
        return (
            select row(one.stage_place, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
              and (one.stage_place, one.introduced_at, one.id) < (coalesce(from_place, 9), start_at, start_id)
            order by one.stage_place desc, one.introduced_at desc, one.id desc offset most - 1 limit 1);
    elsif at_stage is not null then
        return (
            select row(0, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
              and one.stage_place = at_stage and (one.introduced_at, one.id) < (start_at, start_id)
            order by one.introduced_at desc, one.id desc offset most - 1 limit 1);
    end if;
    return (
        select row(0, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
        where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
          and (one.introduced_at, one.id) < (start_at, start_id)
        order by one.introduced_at desc, one.id desc offset most - 1 limit 1);
end
$$;
