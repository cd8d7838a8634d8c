-- The walks of gate.search through a company's introductions, which stop when there are enough: the newest first, or from a place on in either
-- direction. What is walked stands in an index of that very order. The settings of gate.search hold in them, and no role may call them.

-- By when they were introduced.
create function gate.walk_by_introduction(
    viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[], certificates text[], from_at timestamptz, from_id uuid,
    backwards boolean, most integer, until gate.place
) returns gate.found_row[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if backwards then
        return array(
            select row(before.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as before
            where (before.introduced_at, before.introduction_id) > (from_at, from_id)
            order by before.introduced_at, before.introduction_id limit most);
    end if;
    return array(
        select row(after.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as after
        where (after.introduced_at, after.introduction_id) < (coalesce(from_at, 'infinity'), coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and after.introduced_at >= coalesce(until.at, '-infinity')
        order by after.introduced_at desc, after.introduction_id desc limit most);
end
$$;

-- Those at one stage alone, by when they were introduced: a walk through no other.
create function gate.walk_at_stage(
    viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[], certificates text[], place integer, from_at timestamptz, from_id uuid,
    backwards boolean, most integer, until gate.place
) returns gate.found_row[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if backwards then
        return array(
            select row(before.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as before
            where before.stage_place = place and (before.introduced_at, before.introduction_id) > (from_at, from_id)
            order by before.introduced_at, before.introduction_id limit most);
    end if;
    return array(
        select row(after.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as after
        where after.stage_place = place
          and (after.introduced_at, after.introduction_id) < (coalesce(from_at, 'infinity'), coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and after.introduced_at >= coalesce(until.at, '-infinity')
        order by after.introduced_at desc, after.introduction_id desc limit most);
end
$$;

-- By when one of the company last moved, decided on or took back something.
create function gate.walk_by_change(
    viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[], certificates text[], from_at timestamptz, from_id uuid,
    backwards boolean, most integer, until gate.place
) returns gate.found_row[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if backwards then
        return array(
            select row(before.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as before
            where (before.changed_at, before.introduction_id) > (from_at, from_id)
            order by before.changed_at, before.introduction_id limit most);
    end if;
    return array(
        select row(after.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as after
        where (after.changed_at, after.introduction_id) < (coalesce(from_at, 'infinity'), coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and after.changed_at >= coalesce(until.at, '-infinity')
        order by after.changed_at desc, after.introduction_id desc limit most);
end
$$;

-- For the board, up to "most" of each stage: those nearest to a decision first, within one by when they were introduced. Each stage is walked
-- by itself, so that many at one leave the others their place.
create function gate.walk_each_stage(
    viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[], certificates text[], most integer
) returns gate.found_row[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return array(
        select row(one.*)::gate.found_row
        from unnest(array[4, 3, 2, 1]) with ordinality as stage (place, number)
        cross join lateral (
            select * from gate.matching(viewer, filter, words, keywords, certificates) as at_stage
            where at_stage.stage_place = stage.place
            order by at_stage.introduced_at desc, at_stage.introduction_id desc limit most) as one);
end
$$;

-- By stage, those nearest to a decision first and those decided on last; within one by when they were introduced.
create function gate.walk_by_stage(
    viewer gate.viewer_row, filter gate.search_filter, words text[], keywords text[], certificates text[], from_place integer, from_at timestamptz, from_id uuid,
    backwards boolean, most integer, until gate.place
) returns gate.found_row[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    if backwards then
        return array(
            select row(before.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as before
            where (before.stage_place, before.introduced_at, before.introduction_id) > (from_place, from_at, from_id)
            order by before.stage_place, before.introduced_at, before.introduction_id limit most);
    end if;
    return array(
        select row(after.*)::gate.found_row from gate.matching(viewer, filter, words, keywords, certificates) as after
        where (after.stage_place, after.introduced_at, after.introduction_id) < (coalesce(from_place, 9), coalesce(from_at, 'infinity'), coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and (until.at is null or (after.stage_place, after.introduced_at) >= (until.stage_place, until.at))
        order by after.stage_place desc, after.introduced_at desc, after.introduction_id desc limit most);
end
$$;
