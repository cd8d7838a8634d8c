-- Suspending accounts and taking that back. No company is left with somebody who cannot look after it: the same act hands it over.

-- Administrators take turns, so that of two who act at once the second sees what the first did: each of them might otherwise take
-- the last other one away. Nobody else can hold these rows.
create function gate.administrators_turn() returns gate.viewer_row
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform gate.require_administrator();
    perform from portal.account where role = 'administrator' and status = 'active' order by id for no key update;
    return gate.require_administrator();
end
$$;

create function gate.is_last_administrator(account portal.account) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select account.role = 'administrator' and account.status = 'active'
       and not exists (select from portal.account as other
                       where other.role = 'administrator' and other.status = 'active' and other.id <> account.id)
$$;

-- Hands over what an account manager looks after, to another active one, or to nobody for now when the heir is null. "shown" are
-- the companies that were shown to whoever decides: false, and nothing is done, when there are others by now.
create function gate.hand_over_companies(whose uuid, shown uuid[], heir uuid, viewer gate.viewer_row) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    left_behind uuid[] := (select coalesce(array_agg(locked.id order by locked.id), '{}') from (
        select company.id from portal.company where company.account_manager_id = whose for no key update
    ) as locked);
    handed_over uuid;
begin
    if left_behind = '{}' then
        return true;
    elsif left_behind is distinct from (select array_agg(distinct one order by one) from unnest(shown) as one) or (heir is not null and not exists (
        select from portal.account as next
        where next.id = heir and next.id <> whose and next.role = 'account_manager' and next.status = 'active'))
    then
        return false;
    end if;
    foreach handed_over in array left_behind loop
        update portal.company set account_manager_id = heir where company.id = handed_over;
        perform gate.record(@'company_handed_over', viewer, company => handed_over, subject => handed_over,
                            facts => jsonb_build_object('former_manager', whose, 'manager', heir));
    end loop;
    return true;
end
$$;

-- "suspended"; or "companies_left" or "last_administrator", and nothing is done; null for the own account and one that is not active.
-- for: portal_web, portal_owner
create function gate.suspend_account(id uuid, reason text, companies uuid[] default null, heir uuid default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_keeper((select company_id from portal.account where account.id = suspend_account.id));
    whose portal.account;
    ended integer;
begin
    if viewer.role in ('administrator', 'operator_program') then
        viewer := gate.administrators_turn();
    end if;
    select account.* into whose from portal.account
    where account.id = suspend_account.id and account.status = 'active' and account.id is distinct from viewer.account_id for no key update;
    if whose.id is null then
        return null;
    end if;
    viewer := gate.require_keeper(whose.company_id);  -- who waited for this row may have been suspended, and it may have moved
    if gate.is_last_administrator(whose) then
        return 'last_administrator';
    elsif not gate.hand_over_companies(whose.id, companies, heir, viewer) then
        return 'companies_left';
    end if;
    update portal.account
    set status = 'suspended', suspension_reason = reason, suspended_by_company = viewer.role = 'employer_admin'
    where account.id = whose.id;
    ended := gate.revoke(whose.id);
    perform gate.withdraw_links(whose.id);
    perform gate.record(@'account_suspended', viewer, company => whose.company_id, subject => whose.id, facts => jsonb_build_object('ended', ended));
    return 'suspended';
end
$$;

-- What the operator suspended, the company does not take back.
-- for: portal_web, portal_owner
create function gate.reactivate_account(id uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_keeper((select company_id from portal.account where account.id = reactivate_account.id));
    done boolean;
begin
    update portal.account set status = 'active', suspension_reason = null
    where account.id = reactivate_account.id and status = 'suspended' and (suspended_by_company or viewer.role <> 'employer_admin');
    done := found;
    if done then
        perform gate.record(@'account_reactivated', viewer, subject => reactivate_account.id);
    end if;
    return done;
end
$$;

-- Ends every sign-in of an account that goes on otherwise: for a lost telephone, or a desk left open. How many ended.
-- for: portal_web
create function gate.end_sign_ins(id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.require_keeper((select company_id from portal.account where account.id = end_sign_ins.id));
    ended integer := gate.revoke(end_sign_ins.id);
begin
    perform gate.record(@'account_signed_out', viewer, company => (select company_id from portal.account where account.id = end_sign_ins.id),
                        subject => end_sign_ins.id, facts => jsonb_build_object('ended', ended));
    return ended;
end
$$;
