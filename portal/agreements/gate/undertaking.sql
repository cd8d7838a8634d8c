-- One recruiter's own promise under the agreement in force.
-- for: portal_web
create function gate.accept_undertaking(agreement uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    valid boolean := exists (
        select from portal.agreement as asked
        where asked.id = agreement and asked.company_id = viewer.company_id and gate.in_force(asked, now())
    );
begin
    perform gate.record(@'undertaking_accepted', viewer, case when not valid then @'no_such_record' end, agreement => agreement);
    if valid then
        insert into portal.undertaking (agreement_id, account_id, capacity) values (agreement, viewer.account_id, viewer.capacity)
        on conflict do nothing;
    end if;
    return valid;
end
$$;

-- Who accepted the undertaking under one of these agreements, of the people of companies whose records the viewer may read. What
-- somebody undertook before their account became something else does not count.
-- for: portal_web
create function gate.accepted_by(agreements uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.id
    from portal.undertaking join portal.account on account.id = undertaking.account_id and account.capacity = undertaking.capacity
    where undertaking.agreement_id = any (agreements) and account.company_id in (select gate.companies())
$$;
