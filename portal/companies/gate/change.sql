-- What a company's record says. Its identity (name, number, country) is what agreements and consents stand on: once one does,
-- nobody changes any of it, whoever writes. What was not known is filled in only as a signed agreement names it: the country of a
-- company opens data, and needs evidence.

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
    if (old.name <> new.name
        or old.country is not null and old.country is distinct from new.country
        or old.corporate_number is not null and old.corporate_number is distinct from new.corporate_number)
       and gate.bound(old.id) then
        raise exception 'agreements or consents stand on who this company is' using errcode = 'PT423';
    end if;
    if (old.country, old.corporate_number) is distinct from (new.country, new.corporate_number) and gate.bound(old.id)
       and not gate.named_in_agreement(old.id, new.country, new.corporate_number) then
        raise exception 'no signed agreement names the company so' using errcode = 'PT423';
    end if;
    return new;
end
$$;
create trigger keep_identity before update of name, country, corporate_number on portal.company
    for each row execute function gate.keep_identity();

-- for: portal_web
create function gate.is_bound(asked uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select asked in (select gate.companies()) and gate.bound(asked)
$$;

-- "seen" is the moment of the last change that its writer knew of. "stale": it was changed since. "bound": identity was to change
-- and must not. "taken": another has the number. Null: it is not this viewer's.
-- for: portal_web
create function gate.change_company(asked uuid, seen timestamptz, number text, name text, name_latin text, address text,
                                    representative text, country text, industry text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    found portal.company := gate.hold_company(@'company_changed', asked);
    changed jsonb;
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
    if changed ?| array['name_changed', 'number_changed', 'country_changed'] and gate.bound(asked) then
        return 'bound';
    end if;
    update portal.company
    set corporate_number = number, name = change_company.name, name_latin = change_company.name_latin, address = change_company.address,
        representative = change_company.representative, country = change_company.country, industry = change_company.industry
    where company.id = asked;
    perform gate.record(@'company_changed', gate.viewer(), company => asked, subject => asked, facts => changed);
    return 'changed';
exception when unique_violation then
    return 'taken';
end
$$;
