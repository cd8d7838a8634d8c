-- What an act on a company would close and open, for how many introductions: the act itself is done, gate.standing is asked before and
-- after it, and it is undone, with its entry, its mails and the sign-ins it ended. Only counts come back, so nothing is recorded.

-- Of which introductions of a company something is open for a purpose now: 1 selection, 2 contact, 3 either.
create function gate.open_now(company uuid, purposes integer) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(standing.introduction_id), '{}') from gate.standing
    where standing.company_id = company
      and (purposes & @selection <> 0 and standing.selection_items <> 0 or purposes & @contact <> 0 and standing.contact_items <> 0)
$$;

-- How many of the one are not among the other.
create function gate.gone(before uuid[], later uuid[]) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select count(*) from (select unnest(before) except select unnest(later)) as missing
$$;

-- "act" is a state of a company, "country", "position_closed" or "position_open", and "about" the country or the position. One row; none when
-- the viewer may not do it, or nothing would be changed.
-- for: portal_web
create function gate.what_if(asked uuid, act text, about text default null)
returns table (introductions bigint, closes bigint, opens bigint, closes_selection bigint, opens_selection bigint, closes_contact bigint, opens_contact bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    was uuid[]; was_selection uuid[]; was_contact uuid[];
    later uuid[]; later_selection uuid[]; later_contact uuid[];
    done boolean;
begin
    if gate.refused_company(gate.viewer(), asked) is not null then
        return;
    end if;
    was := gate.open_now(asked, 3);
    was_selection := gate.open_now(asked, 1);
    was_contact := gate.open_now(asked, 2);
    begin
        if act in ('active', 'suspended', 'terminated') then
            done := gate.set_company_status(asked, act);
        elsif act in ('position_closed', 'position_open') then
            done := gate.set_opening_status(asked, about::uuid, substr(act, 10));
        elsif act = 'country' then
            update portal.company set country = about where id = asked and country is distinct from about;
            done := found;
        else
            raise exception 'gate.what_if: % is no act that it knows', act using errcode = 'invalid_parameter_value';
        end if;
        later := gate.open_now(asked, 3);
        later_selection := gate.open_now(asked, 1);
        later_contact := gate.open_now(asked, 2);
        raise exception 'undone' using errcode = 'UNDON';
    exception
        when sqlstate 'UNDON' then null;
        when sqlstate 'PT423' then return;  -- agreements or consents stand on who the company is
    end;
    if done then
        return query
        select (select count(*) from personal.introduction where introduction.company_id = asked),
               gate.gone(was, later), gate.gone(later, was), gate.gone(was_selection, later_selection), gate.gone(later_selection, was_selection),
               gate.gone(was_contact, later_contact), gate.gone(later_contact, was_contact);
    end if;
end
$$;
