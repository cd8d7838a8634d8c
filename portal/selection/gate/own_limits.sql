grant select, insert on portal.download_limit to portal_gate;

-- What a company's administrators let its people save in a day, below what the agreement says. That holds as well, whatever is set here
-- (disclosure/gate/limits.sql): so no row of theirs opens anything.

-- Everybody first, then each who can sign in by name: what is set for them, what counts by the agreement of whoever asks, and what was saved today.
-- For the company's administrators.
-- for: portal_web
create function gate.download_limits()
returns table (account_id uuid, name text, daily integer, set_by text, set_at timestamptz, agreed integer, counts integer, saved integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select whose.account_id, whose.name, own.daily, setter.display_name, own.set_at, agreement.daily_downloads,
           gate.daily_downloads(agreement.id, viewer.company_id, whose.account_id, clock_timestamp()),
           case when whose.account_id is not null then gate.saved_today(whose.account_id) end
    from gate.viewer() as viewer
    left join portal.agreement on agreement.id = viewer.agreement_id
    cross join lateral (
        select null::uuid as account_id, null::text as name
        union all
        select account.id, account.display_name from portal.account
        where account.company_id = viewer.company_id and account.status = 'active') as whose
    left join lateral (
        select latest.* from portal.download_limit as latest
        where latest.company_id = viewer.company_id and latest.account_id is not distinct from whose.account_id
        order by latest.set_at desc limit 1) as own on true
    left join portal.account as setter on setter.id = own.set_by
    where viewer.session_id is not null and viewer.role = 'employer_admin'
    order by whose.account_id is not null, whose.name, whose.account_id
$$;

-- "set"; "unchanged"; "above", when it is more than the agreement says; or "refused". No account: for everybody. No number: what was set is lifted.
-- for: portal_web
create function gate.set_download_limit(account uuid, daily integer) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    stands integer;
    refusal text := gate.refused_unless(viewer, 'employer_admin');
begin
    if refusal is null and set_download_limit.account is not null and not exists (
        select from portal.account as whose where whose.id = set_download_limit.account and whose.company_id = viewer.company_id) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(@'download_limit_set', viewer, refusal);
        return 'refused';
    end if;
    if set_download_limit.daily not between 0 and 1000 then
        raise exception 'gate.set_download_limit: from 0 to 1,000' using errcode = 'invalid_parameter_value';
    end if;
    stands := (select own.daily from portal.download_limit as own
               where own.company_id = viewer.company_id and own.account_id is not distinct from set_download_limit.account
               order by own.set_at desc limit 1);
    if stands is not distinct from set_download_limit.daily then
        return 'unchanged';
    end if;
    if set_download_limit.daily > (select agreement.daily_downloads from portal.agreement where agreement.id = viewer.agreement_id) then
        refusal := @'above_agreement';
    else
        insert into portal.download_limit (company_id, account_id, daily, set_by)
        values (viewer.company_id, set_download_limit.account, set_download_limit.daily, viewer.account_id);
    end if;
    perform gate.record(@'download_limit_set', viewer, refusal, subject => set_download_limit.account, agreement => viewer.agreement_id,
                        facts => jsonb_build_object('former_limit', stands, 'daily_limit', set_download_limit.daily));
    return case when refusal is null then 'set' else 'above' end;
end
$$;
