create function gate.item_codes(items integer) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(code order by mask), '{}') from portal.item where item.mask & items <> 0
$$;
