-- What a company's record says. Its identity is what agreements and consents stand on: once one does, a change of it stops disclosure,
-- whoever writes (succession.sql). A country or number that was not known is filled in only as a signed agreement names it: the
-- country of a company opens data, and needs evidence.

create function gate.bound(company uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.agreement where agreement.company_id = bound.company and agreement.company_signed_at is not null)
        or exists (select from personal.consent where consent.company_id = bound.company)
$$;

-- Whether an agreement that the company signed, and that lacks nothing, names it with this country and this number.
create function gate.named_in_agreement(company uuid, country text, number text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.agreement
                   where agreement.company_id = company and agreement.company_signed_at is not null and agreement.lacks is null
                     and agreement.company_country = named_in_agreement.country
                     and agreement.company_corporate_number is not distinct from named_in_agreement.number)
$$;

create function gate.keep_identity() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if not gate.bound(old.id) then
        return new;
    end if;
    if (old.country is null and new.country is not null or old.corporate_number is null and new.corporate_number is not null)
       and not gate.named_in_agreement(old.id, new.country, new.corporate_number) then
        raise exception 'no signed agreement names the company so' using errcode = 'PT423';
    end if;
    if old.identity_changed_at is not null or gate.identity_changes(gate.identity(old), gate.identity(new)) <> '{}' then
        new.stood_as := coalesce(old.stood_as, gate.identity(old));
        new.identity_changed_at := coalesce(old.identity_changed_at, now());
        if gate.identity_changes(new.stood_as, gate.identity(new)) = '{}' then  -- it is again what it was
            new.stood_as := null;
            new.identity_changed_at := null;
        end if;
    end if;
    return new;
end
$$;
create trigger keep_identity before update of name, country, corporate_number, address, representative on portal.company
    for each row execute function gate.keep_identity();

-- for: portal_web
create function gate.is_bound(asked uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select asked in (select gate.companies()) and gate.bound(asked)
$$;

-- "seen" is the moment of the last change that its writer knew of. "stale": it was changed since. "suspends": it would stop
-- disclosure, and nobody "confirmed" that. "bound": no signed agreement names country and number so. "taken": another has the number. Null: it is not this viewer's.
-- for: portal_web
create function gate.change_company(asked uuid, seen timestamptz, number text, name text, name_latin text, address text,
                                    representative text, country text, industry text, confirmed boolean default false)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    found portal.company := gate.hold_company(@'company_changed', asked);
    changed jsonb;
    later portal.company;
    waits timestamptz;
begin
    if found.id is null then
        return null;
    end if;
    changed := jsonb_strip_nulls(jsonb_build_object(
        'name_changed', nullif((found.name, found.name_latin) is distinct from (name, name_latin), false),
        'number_changed', nullif(found.corporate_number is distinct from number, false),
        'country_changed', nullif(found.country is distinct from country, false),
        'address_changed', nullif(found.address is distinct from address, false),
        'representative_changed', nullif(found.representative is distinct from representative, false),
        'industry_changed', nullif(found.industry is distinct from industry, false)));
    if changed = '{}' then
        return 'unchanged';
    end if;
    if found.changed_at <> seen then
        return 'stale';
    end if;
    later := jsonb_populate_record(found, jsonb_build_object('name', name, 'corporate_number', number, 'country', country,
                                                            'address', address, 'representative', representative));
    if not confirmed and gate.identity_changes(gate.identity(found), gate.identity(later)) <> '{}' and gate.bound(asked) then
        return 'suspends';
    end if;
    update portal.company
    set corporate_number = number, name = change_company.name, name_latin = change_company.name_latin, address = change_company.address,
        representative = change_company.representative, country = change_company.country, industry = change_company.industry
    where company.id = asked returning company.identity_changed_at into waits;
    if waits is not null and found.identity_changed_at is null then
        changed := changed || '{"disclosure_stopped": true}';
        perform gate.put_mail('succession_waits', account.id) from portal.account where account.role = 'compliance' and account.status = 'active';
    end if;
    perform gate.record(@'company_changed', gate.viewer(), company => asked, subject => asked, facts => changed);
    return 'changed';
exception
    when unique_violation then return 'taken';
    when sqlstate 'PT423' then return 'bound';
end
$$;
