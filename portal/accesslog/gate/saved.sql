grant insert, update (asked, saved_at), delete on portal.saved_search to portal_gate;

-- Searches of the log that somebody kept, each for themselves: what an address may hold.

-- for: portal_web
create function gate.saved_searches() returns table (id uuid, name text, asked text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select saved.id, saved.name, saved.asked from gate.viewer() as viewer
    join portal.saved_search as saved on saved.account_id = viewer.account_id
    where viewer.role = 'compliance' order by saved.name, saved.id
$$;

-- Keeps one under a name, in place of the one that had it; at most 50. False for whoever may not.
-- for: portal_web
create function gate.save_search(name text, asked text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if viewer.role is distinct from 'compliance'
       or (select count(*) from portal.saved_search as saved where saved.account_id = viewer.account_id and saved.name <> save_search.name) >= 50 then
        return false;
    end if;
    insert into portal.saved_search as saved (account_id, name, asked) values (viewer.account_id, save_search.name, save_search.asked)
    on conflict (account_id, name) do update set asked = excluded.asked, saved_at = now();
    return true;
end
$$;

-- for: portal_web
create function gate.forget_search(search uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    delete from portal.saved_search as saved where saved.id = search and saved.account_id = viewer.account_id and viewer.role = 'compliance';
    return found;
end
$$;
