grant insert, delete on portal.company_network to portal_gate;

-- The networks that a company's people may come from: named by whoever looks after it, and asked for every request.

create function gate.networks_of(company uuid) returns cidr[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(named.range order by named.range), '{}') from portal.company_network as named where named.company_id = company
$$;

-- Whether this address is of a company's networks: true where it named none. Null: nobody knows the address.
create function gate.within_networks(company uuid, address inet) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when not exists (select from portal.company_network as named where named.company_id = company) then true
                when address is not null
                then exists (select from portal.company_network as named where named.company_id = company and named.range >>= address) end
$$;

create function gate.write_networks(company uuid, wanted cidr[], by uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    delete from portal.company_network as named where named.company_id = company and not named.range = any (wanted);
    insert into portal.company_network (company_id, range, added_by)
    select company, range, by from (select distinct unnest(wanted) as range) as listed on conflict do nothing;
$$;

-- "changed", "unchanged", or "stale" when they are no longer those that were "seen". Null: the company is not this viewer's.
-- for: portal_web, portal_owner
create function gate.set_networks(asked uuid, seen cidr[], wanted cidr[]) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found portal.company := gate.hold_company(@'company_networks_changed', asked);
    stood cidr[];
begin
    if found.id is null then
        return null;
    end if;
    stood := gate.networks_of(asked);
    if stood @> wanted and stood <@ wanted then
        return 'unchanged';
    elsif not (stood @> seen and stood <@ seen) then
        return 'stale';
    end if;
    perform gate.write_networks(asked, wanted, (gate.viewer()).account_id);
    perform gate.record(@'company_networks_changed', gate.viewer_or_program(), company => asked, subject => asked,
                        facts => jsonb_build_object('networks', cardinality(gate.networks_of(asked))));
    return 'changed';
end
$$;
