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
