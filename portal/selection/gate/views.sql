grant insert, delete, update (name, filters) on portal.saved_view to portal_gate;

-- Searches that an account keeps under a name. They hold choices alone (the table refuses anything else), open nothing, and are nobody else's.

create function gate.most_views() returns integer language sql immutable as $$ select 30 $$;

-- Why this viewer may keep none; null when they may.
create function gate.refused_view(viewer gate.viewer_row) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when viewer.session_id is null then @'no_live_session' when viewer.company_id is null then @'not_for_this_role' end
$$;

-- One's own, by name.
-- for: portal_web
create function gate.my_views() returns table (id uuid, name text, filters jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select own.id, own.name, own.filters from gate.viewer() as viewer
    join portal.saved_view as own on own.account_id = viewer.account_id
    where viewer.company_id is not null
    order by own.name, own.id
$$;

-- Keeps a search. What stood under the name is replaced. Answers saved, too_many, or refused.
-- for: portal_web
create function gate.save_view(name text, filters jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_view(viewer);
    full_up boolean;
begin
    if refusal is null then
        full_up := (select count(*) filter (where own.name <> save_view.name) from portal.saved_view as own
                    where own.account_id = viewer.account_id) >= gate.most_views();
        if full_up then
            refusal := @'too_many_views';
        else
            insert into portal.saved_view (account_id, name, filters) values (viewer.account_id, save_view.name, save_view.filters)
            on conflict on constraint saved_view_account_id_name_key do update set filters = excluded.filters;
        end if;
    end if;
    perform gate.record(@'view_saved', viewer, refusal, subject => viewer.account_id);
    return case when refusal is null then 'saved' when full_up then 'too_many' else 'refused' end;
end
$$;

-- Gives one another name. Answers renamed, taken where another has it, or refused.
-- for: portal_web
create function gate.rename_view(id uuid, name text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_view(viewer);
begin
    if refusal is null then
        begin
            update portal.saved_view as own set name = rename_view.name
            where own.id = rename_view.id and own.account_id = viewer.account_id;
            refusal := case when not found then @'no_such_record' end;
        exception when unique_violation then
            refusal := @'name_taken';
        end;
    end if;
    perform gate.record(@'view_renamed', viewer, refusal, subject => viewer.account_id);
    return case refusal when @'name_taken' then 'taken' else case when refusal is null then 'renamed' else 'refused' end end;
end
$$;

-- for: portal_web
create function gate.delete_view(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_view(viewer);
begin
    if refusal is null then
        delete from portal.saved_view as own where own.id = delete_view.id and own.account_id = viewer.account_id;
        refusal := case when not found then @'no_such_record' end;
    end if;
    perform gate.record(@'view_deleted', viewer, refusal, subject => viewer.account_id);
    return refusal is null;
end
$$;
