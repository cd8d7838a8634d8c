grant insert, update (title, title_latin, description, fair_screening, status, changed_at) on portal.opening to portal_gate;

-- What a company recruits for: positions are made, changed, closed and opened again by whoever looks after the company.

-- Why this viewer may not act on a position; null when they may. One of another company is refused as one that does not exist.
create function gate.refused_opening(viewer gate.viewer_row, company uuid, asked uuid) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(gate.refused_company(viewer, company),
                    case when not exists (select from portal.opening where opening.id = asked and opening.company_id = company) then @'no_such_record' end)
$$;

-- "result" is "made", "changed", "unchanged", or "stale" when it was changed after "seen". No row: it is not this viewer's.
-- for: portal_web
create function gate.save_opening(of_company uuid, asked uuid, seen timestamptz, title text, title_latin text, description text,
                                  fair_screening boolean)
returns table (result text, opening_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_company(viewer, of_company);
    act text := case when asked is null then @'opening_created' else @'opening_changed' end;
    found portal.opening;
begin
    if refusal is null then
        select opening.* into found from portal.opening where opening.id = asked and opening.company_id = of_company for no key update;
        viewer := gate.viewer();  -- who waited for it may have been suspended, or have handed the company over
        refusal := gate.refused_company(viewer, of_company);
    end if;
    if refusal is null and (asked is not null and found.id is null
                            or exists (select from portal.company where company.id = of_company and gate.state_of(company) = 'terminated')) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(act, viewer, refusal);
        return;
    end if;
    if asked is null then
        insert into portal.opening (reference, company_id, title, title_latin, description, fair_screening)
        values ('O-' || gen_random_uuid(), of_company, title, title_latin, description, fair_screening) returning opening.id into asked;
        perform gate.record(act, viewer, company => of_company, subject => asked,
                            facts => jsonb_build_object('fair_screening', nullif(fair_screening, false)));
        return query select 'made', asked;
    elsif (found.title, found.title_latin, found.description, found.fair_screening)
            is not distinct from (title, title_latin, description, fair_screening) then
        return query select 'unchanged', asked;
    elsif found.changed_at <> seen then
        return query select 'stale', asked;
    else
        update portal.opening set title = save_opening.title, title_latin = save_opening.title_latin, description = save_opening.description,
            fair_screening = save_opening.fair_screening
        where opening.id = asked;
        perform gate.record(act, viewer, company => of_company, subject => asked,
                            facts => jsonb_build_object('fair_screening', nullif(fair_screening, found.fair_screening)));
        return query select 'changed', asked;
    end if;
end
$$;

-- True when it is done; false when it is so already. Null: it is not this viewer's.
-- for: portal_web
create function gate.set_opening_status(of_company uuid, asked uuid, wanted text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_company(viewer, of_company);
    act text := case when wanted = 'closed' then @'opening_closed' else @'opening_reopened' end;
begin
    if wanted is null or wanted not in ('open', 'closed') then
        raise exception 'a position is open or closed' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is null and not exists (select from portal.opening where opening.id = asked and opening.company_id = of_company) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(act, viewer, refusal);
        return null;
    end if;
    update portal.opening set status = wanted
    where opening.id = asked and opening.status <> wanted;
    if found then
        perform gate.record(act, viewer, company => of_company, subject => asked);
    end if;
    return found;
end
$$;
