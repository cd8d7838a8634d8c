-- How far a search looks in one step.
--
-- Judging an introduction is what a search costs, and a filter that few fit judges all of a company's. So a page looks through a step of so many,
-- and says how far it has looked. Those are counted in the index of the list's own order, before anything is judged.

-- The place of a stage in introduction_by_stage, where a search asks for one; null otherwise. What was decided is known by its outcome.
create function gate.stage_asked(filter gate.search_filter) returns integer
language sql immutable as $$
    select case filter.stage when 'offer' then 4 when 'interview' then 3 when 'screening' then 2 when 'introduced' then 1 end
$$;

-- How many introductions the first step looks through. Judging them costs, with a filter on each, about what a list of 300 does. Each further step looks
-- through as many as all before it, so that the largest company is looked through in eight.
create function gate.first_step() returns integer language sql immutable as $$ select 400 $$;

-- The place of the introduction of the viewer's company that is so far from the top of the list; null where there are fewer. It is the beginning of an hour
-- and no introduction: it tells nothing of the one that stands there, which may be closed.
create function gate.place_from_top(viewer gate.viewer_row, filter gate.search_filter, sorted_by text, rank integer) returns gate.place
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    at_stage integer := gate.stage_asked(filter);
begin
    if sorted_by = 'changed' then
        return (
            select row(0, date_trunc('hour', one.changed_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
            order by one.changed_at desc, one.id desc offset rank - 1 limit 1);
    elsif sorted_by = 'stage' then
        return (
            select row(one.stage_place, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
            order by one.stage_place desc, one.introduced_at desc, one.id desc offset rank - 1 limit 1);
    elsif at_stage is not null then
        return (
            select row(0, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
            where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
              and one.stage_place = at_stage
            order by one.introduced_at desc, one.id desc offset rank - 1 limit 1);
    end if;
    return (
        select row(0, date_trunc('hour', one.introduced_at))::gate.place from personal.introduction as one
        where one.company_id = viewer.company_id and (filter.opening_id is null or one.opening_id = filter.opening_id)
        order by one.introduced_at desc, one.id desc offset rank - 1 limit 1);
end
$$;

-- How far a search looks that goes on from a place: to the end of the step that the place is in; null where that is the last one. Steps are counted from the
-- top of the list, so that nobody can choose where one begins and count closed introductions by where it ends. All of the last hour belong to a step.
create function gate.reach(viewer gate.viewer_row, filter gate.search_filter, sorted_by text, from_place integer, from_at timestamptz) returns gate.place
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    rank integer := gate.first_step();
    ends gate.place;
begin
    loop
        ends := gate.place_from_top(viewer, filter, sorted_by, rank);
        if ends is null or from_at is null or (ends.stage_place, ends.at) < (case when sorted_by = 'stage' then coalesce(from_place, 9) else 0 end, from_at) then
            return ends;
        end if;
        rank := rank * 2;
    end loop;
end
$$;
