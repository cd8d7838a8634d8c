grant insert, update, delete on portal.company_contact to portal_gate;

-- Whom the operator talks to at a company: kept by whoever looks after it, read by them and by compliance.

-- for: portal_web
create function gate.company_contacts(asked uuid)
returns table (id uuid, name text, "position" text, email text, telephone text, changed_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select contact.id, contact.name, contact."position", contact.email, contact.telephone, contact.changed_at
    from portal.company_contact as contact
    where contact.company_id = asked and gate.refused_company(gate.viewer(), asked) is null
    order by contact.name, contact.id
$$;

-- "made", "changed", "unchanged", or "stale" when it was changed after "seen". Null: it is not this viewer's.
-- for: portal_web
create function gate.save_contact(of_company uuid, asked uuid, seen timestamptz, name text, "position" text, email text, telephone text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    act text := case when asked is null then @'company_contact_added' else @'company_contact_changed' end;
    company portal.company := gate.hold_company(act, of_company);
    found portal.company_contact;
begin
    if company.id is null then
        return null;
    end if;
    if asked is null then
        insert into portal.company_contact (company_id, name, "position", email, telephone) values (of_company, name, "position", email, telephone);
        perform gate.record(act, gate.viewer(), company => of_company, subject => of_company);
        return 'made';
    end if;
    select contact.* into found from portal.company_contact as contact where contact.id = asked and contact.company_id = of_company;
    if found.id is null then
        perform gate.record(act, gate.viewer(), @'no_such_record');
        return null;
    elsif (found.name, found."position", found.email, found.telephone) is not distinct from (name, "position", email, telephone) then
        return 'unchanged';
    elsif found.changed_at <> seen then
        return 'stale';
    end if;
    update portal.company_contact as contact
    set name = save_contact.name, "position" = save_contact."position", email = save_contact.email, telephone = save_contact.telephone,
        changed_at = clock_timestamp()
    where contact.id = asked;
    perform gate.record(act, gate.viewer(), company => of_company, subject => of_company);
    return 'changed';
end
$$;

-- True when it is gone; false when there was none. Null: it is not this viewer's.
-- for: portal_web
create function gate.remove_contact(of_company uuid, asked uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    company portal.company := gate.hold_company(@'company_contact_removed', of_company);
begin
    if company.id is null then
        return null;
    end if;
    delete from portal.company_contact as contact where contact.id = asked and contact.company_id = of_company;
    if found then
        perform gate.record(@'company_contact_removed', gate.viewer(), company => of_company, subject => of_company);
    end if;
    return found;
end
$$;
